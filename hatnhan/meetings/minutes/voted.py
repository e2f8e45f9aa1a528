"""A vote in words: its majority with the rule behind it, and what else was counted."""

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.ui.text import num, pct
from hatnhan.meetings.choices import MAJORITY_WORDS, MATTERS, METHODS


def majority_sentence(rule: rulebook.Rule, in_favour: int, base: int, needed: int) -> str:
    """How many were for it out of whom, and how many it takes by which rule."""
    told = {
        "votes": num(in_favour), "base": num(base), "share": pct(in_favour / base if base else None),
        "needed": num(needed), "majority": MAJORITY_WORDS[rule.value], "rule": rulebook.sentence(rule),
        "mark": rule.mark,
    }  # fmt: skip
    return _(
        "Tán thành %(votes)s/%(base)s, đạt %(share)s. Cần %(needed)s: %(majority)s số đảng viên chính thức được "
        "biểu quyết (%(rule)s [%(mark)s])."
    ) % told  # fmt: skip


def small_print(rule: str, method: str, against: int, abstained: int, reserved: int) -> str:
    """The matter, the way of voting, and the votes that were not in favour."""
    others = [
        (against, _("không tán thành %(n)s")), (abstained, _("ý kiến khác %(n)s")),
        (reserved, _("ý kiến bảo lưu %(n)s")),
    ]  # fmt: skip
    parts = [str(MATTERS[rule]), str(METHODS[method]).lower()]
    return " · ".join(parts + [text % {"n": num(count)} for count, text in others if count])


def verdict(carried: bool) -> tuple[str, str]:
    """(word, colour) of a result."""
    return (_("Đạt"), "ok") if carried else (_("Không đạt"), "bad")
