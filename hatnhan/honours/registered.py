"""What this module gives to the registries of the modules below it."""

from django.utils.translation import gettext_lazy as _

from hatnhan.duties.kinds import Kind, duty_kind
from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.members.leaving import when_left
from hatnhan.members.slots import CARDS, COPY
from hatnhan.units.slots import COMING, OPEN

from . import at_units
from .badges import slots
from .badges.actions.death import look_after_death
from .badges.choices import CASE_DUTY, DEATH_DUTY
from .models import BadgeCase
from .participant import Honours
from .permissions import VIEW

participant(Honours())
leads(BadgeCase._meta.label_lower, "honours.badge_case")
slot(
    Slot(CARDS, "badges", slots.cards),
    Slot(COPY, "badges", slots.copy),
    Slot(COMING, "badges", at_units.coming, VIEW),
    Slot(OPEN, "badges", at_units.unfinished, VIEW),
)
duty_kind(
    Kind(CASE_DUTY, _("Đề nghị tặng Huy hiệu Đảng"), slots.describe),
    Kind(DEATH_DUTY, _("Xét truy tặng Huy hiệu Đảng"), slots.describe_after_death),
)
when_left(look_after_death)
