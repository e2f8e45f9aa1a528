"""Rules of organisations: facts in, reasons out."""

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, sentence


def unknown_kind(kind: str) -> Reason:
    """The rulebook does not know such a kind on the day."""
    return Reason("kind", _("Không có loại hình tổ chức “%(kind)s” vào ngày này.") % {"kind": kind}, field="kind")


def parent_blockers(book: Book, kind: str, parent_kind: str | None) -> list[Reason]:
    """May a unit of `kind` hang under one of `parent_kind` (None: at the top)?"""
    known = book.kinds().get(kind)
    if known is None:
        return [unknown_kind(kind)]
    if parent_kind is None or parent_kind in known.parents:
        return []
    above = book.kinds().get(parent_kind)
    return [
        Reason(
            "parent",
            _("%(kind)s không thể trực thuộc %(parent)s.")
            % {"kind": known.label[:1].upper() + known.label[1:], "parent": above.label if above else parent_kind},
            field="parent",
            source=sentence(known.rule),
        )
    ]


def founding_blockers(book: Book, kind: str, parent_kind: str | None, name: str) -> list[Reason]:
    """Why an organisation cannot be founded so."""
    reasons = [] if name else [Reason("name", _("Hãy ghi tên tổ chức."), field="name")]
    return reasons + parent_blockers(book, kind, parent_kind)
