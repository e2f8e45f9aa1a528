"""What this module gives to the kernel's registries."""

from hatnhan.kernel.registries import participant
from hatnhan.kernel.undo import undoes

from .actions.merging import codes_taken, events_undone
from .participant import Parts

participant(Parts())
undoes(codes_taken, events_undone)
