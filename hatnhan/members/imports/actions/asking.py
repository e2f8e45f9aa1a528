"""Questions that an import leaves to people, and their answers.

A question within one scope stays there. One about somebody elsewhere goes to the unit that stands above both, and tells
neither side who the other is."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import seal, unseal
from hatnhan.members import permissions, queries
from hatnhan.members.actions import change, set_number, transfer
from hatnhan.members.imports.line import Line
from hatnhan.members.imports.questions import ANSWERS, ELSEWHERE
from hatnhan.members.models import Membership, Person, Question


def open_questions(unit: Unit, lines: list[Line], on: date) -> int:
    """Open the questions of rows that are not open yet, inside the running act. Returns how many."""
    fresh = [_question(unit, line, on) for line in unasked(unit, lines)]
    Question.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def unasked(unit: Unit, lines: list[Line]) -> list[Line]:
    """Those of the rows whose question is not open yet, each question once."""
    rows = Question.objects.filter(asked_by=unit, closed_at__isnull=True)
    known: set[tuple[Any, ...]] = set(rows.values_list("kind", "person", "values__key"))
    fresh = []
    for line in lines:
        same = (line.question["kind"], line.question.get("person"), line.question.get("key", ""))
        if same not in known:
            known.add(same)
            fresh.append(line)
    return fresh


def _question(unit: Unit, line: Line, on: date) -> Question:
    asked, person_id = line.question, line.question.get("person")
    where = unit
    if asked["kind"] == ELSEWHERE and person_id is not None:
        where = common_superior(unit, person_id, on)
    values: dict[str, Any] = {"row": line.row, "name": line.name, "birth": line.birth, "key": asked.get("key", "")}
    if line.unit_id is not None:
        values["unit"] = line.unit_id
    if "birth" in asked:
        values["new_birth"] = asked["birth"]
    if "number" in asked:
        kind, digits = asked["number"]
        values |= {"number_kind": kind, "number": seal(digits), "tail": f"…{digits[-3:]}"}
    return Question(
        kind=asked["kind"], unit=where, person_id=person_id, asked_by=unit, act=act().id, opened_at=act().at,
        values=values,
    )  # fmt: skip


def common_superior(unit: Unit, person_id: int, on: date) -> Unit:
    """The lowest unit under which both the asking unit and the person's home hang; the person's highest when there is
    none."""
    home = Membership.objects.unvoided().filter(person=person_id, kind="home").order_by("-valid_from").first()
    if home is None:
        return unit
    mine, theirs = _line(unit.pk, on), _line(home.unit_id, on)
    shared = [one for one, other in zip(mine, theirs, strict=False) if one == other]
    return Unit.objects.get(pk=unit_of((shared or theirs[:1])[-1])) if shared or theirs else home.unit


def _line(unit: int, on: date) -> list[str]:
    path = Placement.objects.path_of(unit, on)
    if path is None:
        rows = Placement.objects.unvoided().filter(unit=unit).order_by("valid_from")
        path = rows.values_list("path", flat=True).first()
    return segments(path or "")


@action("members.answer")
def answer(*, actor: Actor, question: Question, how: str, on: date, reason: str = "") -> None:
    """Answer a question and do what the answer says: transfer somebody, take the list's number or birth date, or only
    remember the answer, so that the same row is not asked about again."""
    actor.require(permissions.ANSWER, at=question.unit)
    held = Question.objects.select_for_update().get(pk=question.pk)
    if held.closed_at is not None:
        refuse("answered", _("Câu hỏi này đã được trả lời."))
    if how not in ANSWERS.get(held.kind, {}):
        refuse("how", _("Hãy chọn câu trả lời."), field="how")
    person = Person.objects.filter(pk=held.person_id or 0, voided_at__isnull=True).first()
    if person is None:
        refuse("gone", _("Hồ sơ được hỏi đến không còn nữa."))
    if person is not None:
        _do(actor, held, how, person, on)
    held.closed_at, held.closed_in, held.answer = act().at, act().id, how
    held.save(update_fields=["closed_at", "closed_in", "answer"])
    act().tell(
        gettext_noop("Trả lời câu hỏi về dòng %(row)s của danh sách: %(answer)s."), units=[held.unit],
        about=[person] if person else [], row=held.values.get("row", ""), answer=ANSWERS[held.kind][how],
    )  # fmt: skip


def _do(actor: Actor, held: Question, how: str, person: Person, on: date) -> None:
    values = held.values
    if how == "moved":
        to = Unit.objects.filter(pk=values.get("unit")).first()
        if to is None:
            refuse("unit", _("Danh sách không ghi rõ chi bộ mới; hãy chuyển sinh hoạt ở hồ sơ của đồng chí đó."))
        home = queries.last_home(person)
        if home is None or home.unit_id != values.get("unit"):
            transfer(actor=actor, person=person, to=to, on=on)
    elif how == "list" and held.kind == "number_differs":
        set_number(actor=actor, person=person, kind=values["number_kind"], digits=unseal(values["number"]), on=on)
    elif how == "list" and held.kind == "birth":
        change(actor=actor, person=person, on=on, birth=Known(values["new_birth"]))
