"""The way to the log from the pages of organisations."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import Slot, slot
from hatnhan.kernel.ui.text import num
from hatnhan.members.seen import LINKS
from hatnhan.members.takings import Taking, taking
from hatnhan.units.slots import CARDS, Shown

from .permissions import EXPORT, VIEW


def links(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """For each unit at which the reader reads the log, the log of it and of what hangs under it."""
    where = reverse("audit.list")
    return {pk: Shown(links=((_("Nhật ký"), f"{where}?unit={pk}", "history"),)) for pk in ids if actor.can(VIEW, at=pk)}


slot(Slot(CARDS, "audit", links, VIEW))


def of_person(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """The whole log about a person, looks and what was done elsewhere included, as far as the reader reads it."""
    where = reverse("audit.list")
    return {pk: [(_("Mọi mục nhật ký về đồng chí này"), f"{where}?person={pk}")] for pk in ids}


slot(Slot(LINKS, "audit", of_person, VIEW))


def counted(count: int) -> str:
    """How many entries of the log."""
    return ngettext("%(n)s mục nhật ký", "%(n)s mục nhật ký", count) % {"n": num(count)}


AUDIT = "audit"
taking(
    Taking(
        AUDIT, EXPORT, ("csv",), counted,
        asked=gettext_noop("Yêu cầu lấy %(count)s mục nhật ký của %(unit)s, yêu cầu số %(number)s."),
        approved=gettext_noop("Duyệt yêu cầu số %(number)s: lấy %(count)s mục nhật ký của %(unit)s."),
        refused=gettext_noop("Không duyệt yêu cầu số %(number)s: lấy %(count)s mục nhật ký của %(unit)s."),
        fetched=gettext_noop("Lấy %(count)s mục nhật ký của %(unit)s ra tệp %(form)s, yêu cầu số %(number)s."),
    )
)  # fmt: skip
