"""What this module gives to the registries of the modules below it."""

from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _

from hatnhan.access.actors import find_person_by
from hatnhan.duties.kinds import Kind, duty_kind
from hatnhan.kernel.registries import Slot, looks, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.units.slots import CARDS, COMING, COUNTS, GROUPS, TILES

from . import at_units, permissions
from .coming import coming
from .corrections.flows import ACKNOWLEDGE, ANSWER
from .corrections.queries import describe
from .models import Person
from .participant import Members

participant(Members())
leads(Person._meta.label_lower, "members.profile")
looks(
    "members.look", "members.look_list", "members.show_numbers", "members.number_search", "members.print_summary",
    "members.own_export", "members.export", "members.fetch_export", "members.print_sheets",
)  # fmt: skip
find_person_by(lambda account: Subquery(Person.objects.filter(account=account).values("pk")[:1]))
slot(
    Slot(CARDS, "officers", at_units.officers),
    Slot(CARDS, "quality", at_units.quality, permissions.QUALITY),
    Slot(COMING, "members", coming, permissions.VIEW),
    Slot(COUNTS, "members", at_units.counts, permissions.FIGURES),
    Slot(TILES, "members", at_units.tiles, permissions.FIGURES),
    Slot(GROUPS, "members", at_units.groups, permissions.FIGURES),
)
duty_kind(
    Kind(ACKNOWLEDGE, _("Báo đã nhận đề nghị điều chỉnh"), describe),
    Kind(ANSWER, _("Trả lời đề nghị điều chỉnh"), describe),
)
