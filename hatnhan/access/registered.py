"""What this module gives to the kernel's registries."""

from hatnhan.kernel.registries import participant
from hatnhan.kernel.undo import undoes

from .actions import open_again
from .participant import Access

participant(Access())
undoes(lambda _act_id: [], open_again)
