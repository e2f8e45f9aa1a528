"""Rules of temporary transfers: facts in, reasons out."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.movements.transfers.rules import months_after
from hatnhan.rulebook import Book, Rule, sentence


def stay_blockers(why: str, starts: date, until: date, book: Book, *, despite: bool) -> list[Reason]:
    """Why a stay of this length is no temporary transfer: shorter than three months, twelve or longer, for studies over
    twenty-four (294-QĐ/TW, item 6.3.2). Where the rule was not checked it falls away once somebody goes on `despite`
    it."""
    least = book["temporary.least_months"]
    most = book["temporary.most_months_study" if why == "study" else "temporary.most_months"]
    found: list[tuple[Rule, str]] = []
    if until < months_after(starts, least.value):
        found.append((least, _("Thời gian dưới %(n)s tháng thì không chuyển sinh hoạt tạm thời.") % {"n": least.value}))
    longest = months_after(starts, most.value)
    if until > longest or (until == longest and why != "study"):
        text = _("Thời gian từ %(n)s tháng trở lên thì chuyển sinh hoạt chính thức.")
        found.append((most, text % {"n": most.value}))
    return [
        Reason("length", text, field="last", source=sentence(rule), rule=rule.reference)
        for rule, text in found
        if rule.refuses or not despite
    ]
