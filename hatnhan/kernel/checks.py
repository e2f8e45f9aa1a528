"""What `hatnhan check` asks of the data: each module registers its own questions, and tells what mends what it finds.

    @check("numbers", _("Số thẻ, số định danh"))
    def numbers() -> Iterator[Finding]: …

The kernel's own questions stand below: the log and its guards, periods, the tree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import digests, facts, guards
from .chains import flaws, told
from .figures import snapshot
from .models import Placement
from .paths import WIDTH, segment
from .period import Dated, NoOverlap


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and the act that mends it; both are sentences in the reader's language."""

    what: str
    mend: str


Ask = Callable[[], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A registered question. It may read everything and writes nothing. Those `at_start` are quick and asked before the
    installation is served: what they find would let work go wrong."""

    code: str
    label: Any
    ask: Ask
    at_start: bool = False


CHECKS: dict[str, Check] = {}


def check(code: str, label: Any, *, at_start: bool = False) -> Callable[[Ask], Ask]:
    """Register a question under a code."""

    def register(ask: Ask) -> Ask:
        if code in CHECKS and CHECKS[code].ask is not ask:
            raise RuntimeError(f"two checks are called {code}")
        CHECKS[code] = Check(code, label, ask, at_start)
        return ask

    return register


def findings(codes: Iterable[str] | None = None) -> Iterator[tuple[Check, Finding]]:
    """Everything that the checks, or those named, find wrong. Raises LookupError for a code that nobody registered."""
    for code in CHECKS if codes is None else codes:
        yield from ((CHECKS[code], one) for one in CHECKS[code].ask())


def dated_tables() -> list[type[Dated]]:
    """Every dated table of the installation."""
    return [model for model in apps.get_models() if issubclass(model, Dated)]


# --- the log ------------------------------------------------------------------------------------------------------


@check("log", gettext_lazy("Nhật ký"))
def log() -> Iterator[Finding]:
    """Edits, gaps and cuts, also against the newest digest."""
    mend = _("Giữ nguyên máy chủ, báo người phụ trách an toàn; so với bản sao lưu gần nhất còn nguyên vẹn.")
    latest = digests.last()
    yield from (Finding(told(flaw), mend) for flaw in flaws(sealed=latest.heads if latest else None))
    yield from (Finding(line, _("Lấy lại bản niêm đã lưu ở nơi khác.")) for line in digests.broken())


@check("guards", gettext_lazy("Chốt bảo vệ trong cơ sở dữ liệu"))
def guarding() -> Iterator[Finding]:
    """Triggers and constraints that the database must have."""
    for name in guards.missing():
        yield Finding(
            _("Thiếu chốt %(name)s, hoặc chốt ấy đã bị đổi.") % {"name": name},
            _("Chạy “hatnhan init”: lệnh này đặt lại chốt."),
        )


# --- periods ------------------------------------------------------------------------------------------------------


@check("periods", gettext_lazy("Khoảng thời gian"))
def periods() -> Iterator[Finding]:
    """Unvoided rows run forward, and where a table says so they do not overlap; what is voided says in which act."""
    mend = _("Mở trang của đối tượng, đính chính dòng ghi nhầm (gạch bỏ và ghi lại).")
    for model in dated_tables():
        name = str(model._meta.verbose_name)
        for pk in _column(f"SELECT id FROM {model._meta.db_table} WHERE valid_from >= valid_to"):
            yield Finding(_("%(table)s, dòng %(row)s: ngày hết không sau ngày đầu.") % {"table": name, "row": pk}, mend)
        for pk in _column(
            f"SELECT id FROM {model._meta.db_table} WHERE (voided_at IS NULL) <> (voided_in IS NULL)"
        ):  # fmt: skip
            yield Finding(_("%(table)s, dòng %(row)s: bị gạch bỏ mà không ghi việc nào.") % {"table": name, "row": pk},
                          mend)  # fmt: skip
        for rule in model._meta.constraints:
            if isinstance(rule, NoOverlap):
                for pk in _column(_overlapping(model, rule)):
                    yield Finding(_("%(table)s, dòng %(row)s: trùng thời gian với dòng sau.")
                                  % {"table": name, "row": pk}, mend)  # fmt: skip


def _overlapping(model: type[Dated], rule: NoOverlap) -> str:
    """Rows that end after the next one of the same fields begins."""
    columns = ", ".join(str(model._meta.get_field(name).column) for name in rule.fields)  # type: ignore[union-attr]
    only = f" AND {rule.only[0]} = '{rule.only[1]}'" if rule.only else ""
    return (
        f"SELECT id FROM (SELECT id, valid_to, LEAD(valid_from) OVER (PARTITION BY {columns} ORDER BY valid_from, id) "
        f"AS next FROM {model._meta.db_table} WHERE voided_at IS NULL{only}) o WHERE next < valid_to"
    )


# --- the tree -----------------------------------------------------------------------------------------------------

# Where a unit hangs against where its parent hangs: a unit that stands adds its own segment, an ended one does not.
_CROOKED = f"""
SELECT DISTINCT c.unit_id FROM kernel_placement c
JOIN kernel_placement p ON p.unit_id = c.parent_id AND p.voided_at IS NULL
 AND p.valid_from < c.valid_to AND p.valid_to > c.valid_from
WHERE c.voided_at IS NULL
 AND p.path <> CASE WHEN c.stands THEN SUBSTR(c.path, 1, LENGTH(c.path) - {WIDTH}) ELSE c.path END
"""
# A unit hangs somewhere on every day since its founding, and so does its parent.
_TORN = """
SELECT DISTINCT unit_id FROM (
 SELECT unit_id, valid_to, LEAD(valid_from) OVER (PARTITION BY unit_id ORDER BY valid_from) AS next
 FROM kernel_placement WHERE voided_at IS NULL) o
WHERE valid_to < '9999-12-31' AND (next IS NULL OR next > valid_to)
"""
_HANGING_ON_NOTHING = """
SELECT DISTINCT c.unit_id FROM kernel_placement c WHERE c.voided_at IS NULL AND c.parent_id IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM kernel_placement p WHERE p.unit_id = c.parent_id AND p.voided_at IS NULL
 AND p.valid_from <= c.valid_from AND p.valid_to > c.valid_from)
"""


@check("tree", gettext_lazy("Cây tổ chức"))
def tree() -> Iterator[Finding]:
    """Every path says what the parents say, on every day."""
    mend = _("Mở trang của tổ chức, xem lịch sử và ghi lại việc chuyển; nếu không được, dùng bản sao lưu gần nhất.")
    for pk in dict.fromkeys([*_column(_CROOKED), *_wrong_ends()]):
        yield Finding(_("Tổ chức %(unit)s: đường dẫn không khớp với cấp trên.") % {"unit": pk}, mend)
    for pk in _column(_TORN):
        yield Finding(_("Tổ chức %(unit)s: có ngày không nằm ở đâu trong cây.") % {"unit": pk}, mend)
    for pk in _column(_HANGING_ON_NOTHING):
        yield Finding(_("Tổ chức %(unit)s: trực thuộc một tổ chức chưa có vào ngày đó.") % {"unit": pk}, mend)


def _wrong_ends() -> Iterator[int]:
    """Units that stand at a path that does not end with their own segment, or at no top without a parent."""
    rows = Placement.objects.unvoided().filter(stands=True).values_list("unit_id", "parent_id", "path")
    for unit, parent, path in rows.iterator(chunk_size=2000):
        if not path.endswith(segment(unit)) or (parent is None) != (len(path) == WIDTH):
            yield unit


# --- kept figures -------------------------------------------------------------------------------------------------


@check("facts", gettext_lazy("Số liệu gộp theo tháng"))
def kept_figures() -> Iterator[Finding]:
    """Facts and sums are what counting gives, where nothing is marked to be counted again."""
    mend = _("Chạy “hatnhan facts rebuild”: lệnh này đếm lại mọi tháng.")
    with snapshot():
        for flaw in facts.flaws():
            text = _("%(sheet)s, tháng %(month)s, %(where)s, %(column)s: đang giữ %(kept)s, đếm lại %(true)s.")
            yield Finding(text % {**flaw.__dict__, "month": f"{flaw.month:%m/%Y}"}, mend)


def _column(statement: str) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for row in cursor.fetchall():
            yield row[0]
