"""What residence links give to the registries of the modules below."""

from hatnhan.kernel.registries import Slot, slot
from hatnhan.kernel.spoken import leads
from hatnhan.members.slots import ACTS, CARDS
from hatnhan.movements.permissions import GUESTS, INTRODUCE

from .cards import residence_acts, residence_cards
from .models import ResidenceLink

leads(ResidenceLink._meta.label_lower, "movements.residence_link")
slot(Slot(CARDS, "residence", residence_cards, GUESTS), Slot(ACTS, "residence", residence_acts, INTRODUCE))
