"""What this module gives to the kernel's registries."""

from hatnhan.kernel.models import Unit
from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.kernel.undo import undoes
from hatnhan.rulebook.shown import UNIT_NAMES

from .actions.merging import codes_taken, events_undone
from .participant import Parts
from .queries import names

participant(Parts())
slot(Slot(UNIT_NAMES, "names", lambda _actor, ids, on: names(ids, on)))
undoes(codes_taken, events_undone)
leads(Unit._meta.label_lower, "units.unit")
