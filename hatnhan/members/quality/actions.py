"""Numbers that were written before what they say of their bearer was kept are read once, a few at a time."""

from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.secrets import unseal
from hatnhan.members.models import PersonNumber
from hatnhan.members.rules import number_says


@action("members.read_numbers")
def read_numbers(*, actor: Actor, most: int, reason: str = "") -> int:
    """Keep year of birth and sex of at most `most` numbers beside them. The program's own work: nobody sees one.
    Returns how many were read."""
    if not actor.everything:
        raise Forbidden("members.read_numbers")
    rows = list(PersonNumber.objects.filter(says__isnull=True).order_by("pk")[:most])
    for row in rows:
        row.says = number_says(unseal(row.sealed))
    PersonNumber.objects.bulk_update(rows, ["says"], batch_size=500)
    act().tell(gettext_noop("Chương trình đối chiếu %(count)s số định danh với ngày sinh đã ghi."), count=len(rows))
    return len(rows)
