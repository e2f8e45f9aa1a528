"""What this module gives to the registries of the modules below it."""

from hatnhan.kernel.registries import Slot, looks, slot
from hatnhan.units.slots import COMING, OPEN

from . import at_units
from .permissions import VIEW

looks("documents.export")
slot(Slot(COMING, "terms", at_units.coming), Slot(OPEN, "papers", at_units.unfinished, VIEW))
