"""What other pages show of dues: a card on the profile, a word beside each name of the roll, the member's own copy, and
why a transfer must wait. Amounts stand in the own copy only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.refusal import Reason
from hatnhan.members.slots import Card
from hatnhan.rulebook import sentence

from . import roster
from .choices import CHANNELS
from .models import Exemption, Payment
from .payers.story import Year, status
from .payments.queries import paid_to
from .permissions import COLLECT
from .places import seen_by
from .roster import Line
from .rules import in_words, month_name


def cards(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Card]]:
    """How the dues of each person stand, for the person and for who collects in the own cell."""
    seen = list(seen_by(actor, ids, on))
    month = first_of(on)
    said = _said(roster.of_people(seen, month, on), month, on) if seen else {}
    found = {}
    for person in seen:
        own = person == actor.person_id
        href = reverse("dues.own") if own else reverse("dues.member", args=[person])
        lead = _("Xem mức đóng và phiếu thu") if own else _("Xem, thu, xếp loại")
        words = said.get(person) or status(None, None, [], on)[0]
        found[person] = [Card(_("Đảng phí"), lines=((words, lead, href),))]
    return found


def _said(lines: dict[int, Line], month: date, on: date) -> dict[int, str]:
    """What is said of each person's month."""
    paid = paid_to(lines)
    books = {unit: rulebook.at(month, unit) for unit in {line.unit for line in lines.values()}}
    found = {}
    for person, line in lines.items():
        due = line.due(books[line.unit], month)
        open_months = [month] if line.payment is None and due.obliged and due.amount != 0 else []
        found[person] = status(due, paid.get(person), open_months, on)[0]
    return found


def beside_the_roll(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Any]:
    """Beside each name when the roll is called, for who collects there: what is said of the month, and the way to
    collect it. Two queries and one for the rules of the cell."""
    if not actor.can(COLLECT):
        return {}
    month = first_of(on)
    lines = roster.of_people(ids, month, on)
    here = {
        person: line for person, line in lines.items()
        if line.facts.where == "here" and (actor.everything or actor.scope(COLLECT).covers(line.path))
    }  # fmt: skip
    found = {}
    for person, words in _said(here, month, on).items():
        href = f"{reverse('dues.grid')}?unit={here[person].unit}&month={month:%Y-%m}#who-{person}"
        found[person] = format_html('<a class="link small" href="{}">{}</a>', href, words)
    return found


def copy(actor: Actor, ids: Iterable[int], on: date) -> dict[int, dict[str, Any]]:
    """Every payment and exemption of the member who asks."""
    own = [pk for pk in ids if actor.everything or pk == actor.person_id]
    rows = Payment.objects.filter(person__in=own).order_by("recorded_at", "pk")
    spared = Exemption.objects.unvoided().filter(person__in=own).order_by("valid_from")
    found: dict[int, dict[str, Any]] = {pk: {"payments": [], "exemptions": []} for pk in own}
    for row in rows:
        found[row.person_id]["payments"].append({
            "month": f"{row.month:%Y-%m}", "amount": row.amount, "day": row.paid_on.isoformat(),
            "channel": str(CHANNELS[row.channel]), "receipt": row.receipt, "reversed": row.reversed_in is not None,
        })  # fmt: skip
    for one in spared:
        found[one.person_id]["exemptions"].append({
            "kind": one.kind, "from": one.valid_from.isoformat(), "to": one.valid_to.isoformat(),
        })  # fmt: skip
    return found


def unpaid_before_leaving(person: Any, on: date) -> list[Reason]:
    """Why a transfer must wait: dues are paid through the month in which the letter is issued (38-HD/BTCTW II.4). Only
    months of the year of which it is known that something was due; no amounts."""
    year = Year(person, on.year, on)
    months = year.open
    if not months:
        return []
    rule = rulebook.at(on)["dues.transfer_paid_through"]
    text = _("Chưa đóng đảng phí tháng %(months)s; chuyển sinh hoạt thì đóng hết tháng %(month)s.")
    told = {"months": in_words(months), "month": month_name(first_of(on))}
    return [Reason("dues_unpaid", text % told, source=sentence(rule), rule=rule.reference)]
