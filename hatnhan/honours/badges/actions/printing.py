"""Asking for the letters of a batch."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.job_models import Job
from hatnhan.kernel.jobs import enqueue
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.units.queries import name_of

from ...permissions import AWARD
from .. import queries


@action("honours.print_letters")
def print_letters(*, actor: Actor, unit: Unit, batch: date, form: str = "pdf", reason: str = "") -> Job:
    """Let the worker set a letter for everybody of a batch at and below the unit who was decided; the log keeps how
    many. Refuses where nobody was decided, and another form than pdf and docx."""
    actor.require(AWARD, at=unit)
    if form not in ("pdf", "docx"):
        refuse("form", _("Hãy chọn PDF hoặc DOCX."), field="form")
    count = queries.decided(actor, unit, batch).count()
    if not count:
        refuse("none", _("Đợt này chưa có ai có quyết định tặng."))
    payload = {"unit": unit.pk, "batch": batch.isoformat(), "form": form}
    key = f"honours.letters:{unit.pk}:{batch}:{form}:{actor.account_id}"
    made = enqueue("honours.letters", payload, actor.account_id, key=key)
    act().tell(
        gettext_noop("Làm %(n)s thư báo tặng Huy hiệu đợt %(batch)s của %(unit)s."), about=[unit], units=[unit],
        n=count, batch=Known.of(batch), unit=name_of(unit, actor.on),
    )  # fmt: skip
    return made
