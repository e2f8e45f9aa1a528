"""A case told like a story: its steps, where it stands, and the gift money that goes with the badge."""

from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.ui.text import day, num
from hatnhan.rulebook import sentence

from ..models import BadgeCase, BadgeStep
from .flows import BADGE, STEPS
from .levels import Line
from .rules import gift

KINDS = {"decide": "main", "award": "award"}


def of_case(case: BadgeCase) -> list[dict[str, str]]:
    """What happened, as the kit's timeline wants it, the latest first."""
    found = []
    for step in BadgeStep.objects.filter(case=case).order_by("-on", "-pk"):
        vote = ""
        if step.base:
            vote = _("%(n)s/%(base)s tán thành") % {"n": step.in_favour, "base": step.base}
        text = " · ".join(part for part in (step.paper, vote, step.note, step.by) if part)
        found.append({"day": day(step.on), "title": _title(step.verb), "text": text, "kind": KINDS.get(step.verb, "")})
    return found


def _title(verb: str) -> str:
    if verb == "declare":
        return _("Nhận tờ khai")
    return str(next(one.label for one in BADGE.transitions if one.verb == verb))


def track(case: BadgeCase, line: Line) -> list[Any]:
    """The steps that this case goes through, in order, by the levels that exist there."""
    steps = ["review", *(["adopt"] if line.adopts else []), *(["propose"] if line.proposes else []), "decide", "award"]
    return [_("Nhận tờ khai"), *(STEPS[step] for step in steps)]


def position(case: BadgeCase, line: Line) -> int:
    """At which of them it is, from one on."""
    done = {"declared": 1, "returned": 1, "postponed": 1, "reviewed": 2, "adopted": 3}
    last = len(track(case, line))
    later = {"proposed": last - 2, "decided": last - 1, "awarded": last}
    return done.get(case.state) or later.get(case.state, 1)


def gift_of(case: BadgeCase) -> tuple[str, str]:
    """(the money in words, where it comes from): a coefficient that the rulebook has not is said, never nought."""
    on = case.decided_on or case.batch_day or case.declared_on
    found = gift(case.level, rulebook.at(on))
    source = "; ".join(sentence(rule) for rule in found.rules)
    if found.amount is None:
        return _("chưa có quy định trong hệ thống"), source
    return _("%(n)s đồng") % {"n": num(found.amount)}, source
