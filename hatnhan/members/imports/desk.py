"""The way of an upload from its file to its effects: looked at, planned, written, as often as its reader wants."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.members.models import ImportRun

from .actions import runs
from .comparing import Comparison, compare
from .preview import Recorder
from .reading import Opened, missing_column, opened, opened_together
from .running import AnyPlan, Order, carry_out, fingerprint, lines_of, planned
from .storage import path_of, remove

COMPARE = "compare"
ROWS_AT_ONCE = 1500
"""A list up to this many rows is planned within the request; a longer one by a job."""

Say = Callable[[int, str], None]
"""How many per cent are done, and what is being done."""


def kind_of(run: ImportRun) -> str:
    """What kind of list lies in the file: a comparison reads a list of members."""
    return "members" if run.kind == COMPARE else run.kind


def receive(
    *, actor: Actor, kind: str, unit: Unit | None, on: date, file_name: str, stored: str
) -> tuple[ImportRun, Opened]:
    """Look at the columns of a stored upload and keep it. Raises `Unreadable`; then nothing of it is kept."""
    try:
        of = opened(path_of(stored), file_name, "members" if kind == COMPARE else kind)
        of = remembered(of, kind, unit)
        run = runs.begin(
            actor=actor, kind=kind, unit=unit, on=on, file_name=file_name, stored=stored, mapping=written(of)
        )
    except BaseException:
        remove(stored)
        raise
    return run, of


def written(of: Opened) -> dict[str, Any]:
    """A mapping as it is kept, with what it was recognised for."""
    sheets = {"sheets": list(of.together)} if of.together else {}
    return {**of.mapping.to_json(), "key": of.heading_key, "sheet": of.sheet.name, **sheets}


def remembered(of: Opened, kind: str, unit: Unit | None) -> Opened:
    """The columns as they were last chosen for a list with the same headings at this unit."""
    kinds = ("members", COMPARE) if kind in ("members", COMPARE) else (kind,)
    rows = ImportRun.objects.filter(kind__in=kinds, unit=unit, mapping__key=of.heading_key, mapping__chosen=True)
    last = rows.order_by("-pk").first()
    if last is None or last.mapping is None:
        return of
    fields = {name: tuple(columns) for name, columns in last.mapping["fields"].items()}
    return of.with_mapping(Mapping(**{**vars(of.mapping), "fields": fields}))


def reopened(run: ImportRun) -> Opened:
    """The upload with the columns as they stand."""
    kept = run.mapping or {}
    if kept.get("sheets"):
        of = opened_together(path_of(run.stored), run.file_name, kind_of(run), kept["sheets"])
    else:
        of = opened(path_of(run.stored), run.file_name, kind_of(run), str(kept.get("sheet", "")))
    return of.with_mapping(Mapping.from_json(run.mapping)) if run.mapping else of


def turn_to(run: ImportRun, sheet: str) -> None:
    """Read another sheet of the upload, with its columns as recognised. Raises `Unreadable`."""
    of = opened(path_of(run.stored), run.file_name, kind_of(run), sheet)
    runs.keep_mapping(run, written(remembered(of, run.kind, run.unit)))


def turn_to_all(run: ImportRun, sheets: Sequence[str]) -> None:
    """Read several sheets of the upload as one list. Raises `Unreadable`."""
    of = opened_together(path_of(run.stored), run.file_name, kind_of(run), sheets)
    runs.keep_mapping(run, written(remembered(of, run.kind, run.unit)))


def remember(run: ImportRun, of: Opened) -> None:
    """Keep the columns as they were chosen, for this list and the next one with the same headings."""
    runs.keep_mapping(run, {**written(of), "chosen": True})


def order_of(run: ImportRun, actor: Actor, of: Opened | None = None) -> Order:
    """What a run is to do."""
    skip = bool((run.result or {}).get("skip_refused"))
    return Order(of or reopened(run), actor, run.unit, run.on, skip)


def make_preview(run: ImportRun, actor: Actor, say: Say = lambda percent, text: None, of: Opened | None = None) -> None:
    """Plan the upload and keep its preview; afterwards the run is ready, or says why it cannot be."""
    try:
        order = order_of(run, actor, of)
        total = max(len(order.of.sheet.rows), 1)
        plan = _recorded(run, order, lambda done: say(min(99, done * 100 // total), reading_text(done)))
    except (Unreadable, Refused) as error:
        runs.tell(run, problem=str(error), counts=None)
        runs.step(run, runs.UPLOADED, since=(runs.PLANNING,))
        return
    asks = sum(bool(getattr(line, "question", None)) for line in lines_of(plan) if line.outcome == "refused")
    told = {"counts": plan.counts(), "rows": len(plan.lines), "asks": asks, "fingerprint": fingerprint(plan)}
    runs.tell(run, problem="", **told)
    runs.step(run, runs.READY, since=(runs.PLANNING,))


def reading_text(done: int) -> str:
    """What is said while a long list is looked through."""
    return _("Đã xem %(count)s dòng") % {"count": f"{done:,}".replace(",", ".")}


def _recorded(run: ImportRun, order: Order, progress: Callable[[int], None]) -> AnyPlan:
    recorder = Recorder(run.stored)
    try:
        plan = planned(order, tell=recorder.tell, progress=progress)
    except BaseException:
        recorder.words.close()
        raise
    recorder.finish(plan)
    return plan


def write(
    run: ImportRun, actor: Actor, *, say: Say = lambda percent, text: None,
    done: Callable[[dict[str, Any]], None] = lambda result: None,
) -> None:  # fmt: skip
    """Write what was previewed. When the records have changed since, nothing is written and a new preview is made.
    `done` is called in the transaction that writes."""
    expected = (run.result or {}).get("fingerprint")

    def check(plan: AnyPlan) -> None:
        if fingerprint(plan) != expected:
            raise Refused(Reason("changed", changed_since()))

    def note(plan: AnyPlan, act: int) -> None:
        runs.applied(run, plan, act)
        done({"run": run.pk, **plan.counts()})

    try:
        order = order_of(run, actor)
        total = max(len(order.of.sheet.rows), 1)
        carry_out(
            order, expected=check, written=note,
            planning=lambda count: say(min(60, count * 60 // total), reading_text(count)),
            progress=lambda count, of: say(60 + count * 39 // max(of, 1), writing_text(count)),
        )  # fmt: skip
    except (Refused, Unreadable) as error:
        run.refresh_from_db()
        told = (
            list(dict.fromkeys(reason.message for reason in error.reasons))
            if isinstance(error, Refused)
            else [str(error)]
        )
        runs.step(run, runs.PLANNING, since=(runs.APPLYING,))
        make_preview(run, actor)
        runs.tell(run, problem=" ".join(told[:5]), stopped=True)


def changed_since() -> str:
    """The preview no longer holds."""
    return _("Từ lúc xem trước, dữ liệu đã thay đổi nên chưa ghi gì. Đây là bản xem trước mới.")


def writing_text(done: int) -> str:
    """What is said while rows are written."""
    return _("Đã ghi %(count)s dòng") % {"count": f"{done:,}".replace(",", ".")}


def comparison(run: ImportRun, actor: Actor) -> Comparison:
    """Hold an uploaded list against the members of its unit."""
    of = reopened(run)
    if of.lacks:
        raise missing_column(of)
    if run.unit is None:
        raise Refused(Reason("unit", _("Hãy chọn tổ chức."), field="unit"))
    return compare(of.entries(run.on), actor=actor, unit=run.unit, on=run.on, source=run.file_name)
