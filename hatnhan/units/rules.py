"""Rules of organisations: facts in, reasons out. A verified rule refuses; an unsure one only warns, and is recorded."""

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence


def unknown_kind(kind: str) -> Reason:
    """The rulebook does not know such a kind on the day."""
    return Reason("kind", _("Không có loại hình tổ chức “%(kind)s” vào ngày này.") % {"kind": kind}, field="kind")


def parent_blockers(book: Book, kind: str, parent_kind: str | None, regime: str | None = None) -> list[Reason]:
    """Why a unit of `kind` cannot hang under one of `parent_kind` (None: at the top)."""
    return _placing(book, kind, parent_kind, regime)[0]


def parent_warnings(book: Book, kind: str, parent_kind: str | None, regime: str | None = None) -> list[Reason]:
    """What speaks against it in a rule that was not checked against its text."""
    return _placing(book, kind, parent_kind, regime)[1]


def founding_blockers(
    book: Book, kind: str, parent_kind: str | None, name: str, regime: str | None = None
) -> list[Reason]:
    """Why an organisation cannot be founded so."""
    reasons = [] if name else [Reason("name", _("Hãy ghi tên tổ chức."), field="name")]
    return reasons + parent_blockers(book, kind, parent_kind, regime)


def kind_blockers(book: Book, kind: str, below: set[str]) -> list[Reason]:
    """Why a unit with units of the kinds `below` directly under it cannot become of a kind."""
    known = book.kinds().get(kind)
    if known is None:
        return [unknown_kind(kind)]
    if below and known.cell:
        return [Reason("units_below", _("Chi bộ không có tổ chức trực thuộc. Hãy chuyển các tổ chức đó trước."))]
    return []


def regime_warnings(book: Book, regime: str, below: set[str]) -> list[Reason]:
    """Kinds of units under the one that switches which the regime does not have and does not turn into another."""
    model = book.regime(regime)
    strange = [
        book.kinds()[kind] for kind in sorted(below - set(model.kinds) - set(model.becomes)) if kind in book.kinds()
    ]
    return [
        Reason(
            "regime",
            _("Mô hình “%(regime)s” không có loại hình %(kind)s. Hãy sắp xếp các tổ chức đó trước.")
            % {"regime": model.label, "kind": kind.label},
            field="regime",
            source=sentence(model.rule),
            rule=model.rule.reference,
        )
        for kind in strange
    ]


def _placing(book: Book, kind: str, parent_kind: str | None, regime: str | None) -> tuple[list[Reason], list[Reason]]:
    known = book.kinds(regime).get(kind)
    if known is None:
        elsewhere = book.kinds().get(kind)
        if regime is None or elsewhere is None:
            return [unknown_kind(kind)], []
        text = _("Mô hình “%(regime)s” không có loại hình %(kind)s.")
        model = book.regime(regime)
        return _weighed(model.rule, "kind", text % {"regime": model.label, "kind": elsewhere.label})
    if parent_kind is None or parent_kind in known.parents:
        return [], []
    above = book.kinds(regime).get(parent_kind) or book.kinds().get(parent_kind)
    if above is not None and above.cell:
        return [Reason("parent", _("Chi bộ không có tổ chức trực thuộc."), field="parent")], []
    text = _("%(kind)s không thể trực thuộc %(parent)s.") % {
        "kind": capital(str(known.label)),
        "parent": above.label if above else parent_kind,
    }
    return _weighed(known.rule, "parent", text)


def _weighed(rule: Rule, field: str, text: str) -> tuple[list[Reason], list[Reason]]:
    reasons = [Reason(field, text, field=field, source=sentence(rule), rule=rule.reference)]
    return (reasons, []) if rule.refuses else ([], reasons)


def capital(text: str) -> str:
    """The text with a capital at its beginning, for a label that begins a sentence."""
    return text[:1].upper() + text[1:]
