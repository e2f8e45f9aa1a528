"""What this module gives to the registries of the modules below it, and its own kinds of duties."""

from hatnhan.kernel.registries import participant

from .kinds import duty_kind
from .obligations.described import OBLIGATION
from .participant import Duties

participant(Duties())
duty_kind(OBLIGATION)
