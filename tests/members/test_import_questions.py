"""Questions that imports open, to whom they show, and what an answer does."""

from pathlib import Path

import pytest

from hatnhan.kernel.actor import NotFound
from hatnhan.members.imports import actions
from hatnhan.members.imports.questions import open_in_scope
from hatnhan.members.models import Membership, PersonNumber, Question
from tests.fixtures.lists import Cell
from tests.members.lists import import_members, listed
from tests.units.ground import TODAY
from tests.world import CARD, World, boss, refused

pytestmark = pytest.mark.django_db

HEAD: list[Cell] = ["Họ và tên", "Ngày sinh", "Số thẻ", "Chi bộ"]
FAR_AN: list[Cell] = ["Nguyễn Văn An", "3/5/1957", CARD["far_an"], "thôn Ba"]


def asked(world: World, tmp_path: Path, *rows: list[Cell], unit: str = "91.001") -> Question:
    """Import rows and give the one question that is open then."""
    import_members(listed(tmp_path, *rows, head=HEAD), unit)
    return Question.objects.get(closed_at__isnull=True)


def test_a_card_held_elsewhere_is_refused_without_a_name(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, FAR_AN, head=HEAD))
    assert (done.code, done.counts) == (1, (0, 0, 0, 0, 1))
    assert "ở tổ chức khác" in done.problems(2)
    assert "Chè" not in done.text
    assert "Khánh" not in done.text


def test_its_question_goes_to_the_common_superior_alone(world: World, tmp_path: Path) -> None:
    question = asked(world, tmp_path, FAR_AN)
    assert (question.kind, question.unit, question.asked_by) == (
        "number_elsewhere", world.land.province, world.land.lim,
    )  # fmt: skip
    assert list(open_in_scope(world.actor("dung"))) == [question]
    assert not open_in_scope(world.actor("ha")).exists()
    assert not open_in_scope(world.actor("khoa")).exists()


def test_a_dry_run_asks_nobody(world: World, tmp_path: Path) -> None:
    import_members(listed(tmp_path, FAR_AN, head=HEAD), "91.001", "--dry-run")
    assert not Question.objects.exists()


def test_the_same_question_is_asked_once(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, FAR_AN, head=HEAD)
    import_members(path)
    import_members(path)
    assert Question.objects.count() == 1


def test_answering_that_somebody_has_moved_transfers_and_the_list_goes_in(world: World, tmp_path: Path) -> None:
    question = asked(world, tmp_path, FAR_AN)
    actions.answer(actor=world.actor("dung"), question=question, how="moved", on=TODAY)
    assert Membership.objects.on(TODAY).get(person=world.person("far_an")).unit == world.land.three
    question.refresh_from_db()
    assert (question.answer, question.closed_at is not None) == ("moved", True)
    assert import_members(listed(tmp_path, FAR_AN, head=HEAD)).counts == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("how", ["wrong", "different"])
def test_an_answer_that_the_number_is_wrong_stays_with_the_row(world: World, tmp_path: Path, how: str) -> None:
    question = asked(world, tmp_path, FAR_AN)
    actions.answer(actor=world.actor("dung"), question=question, how=how, on=TODAY)
    again = import_members(listed(tmp_path, FAR_AN, head=HEAD))
    assert again.counts == (0, 0, 0, 0, 1)
    assert "xác nhận là của một đồng chí khác" in again.problems(2)
    assert not Question.objects.filter(closed_at__isnull=True).exists()


def test_the_asking_side_cannot_answer(world: World, tmp_path: Path) -> None:
    question = asked(world, tmp_path, FAR_AN)
    with pytest.raises(NotFound):
        actions.answer(actor=world.actor("ha"), question=question, how="moved", on=TODAY)


def test_a_question_is_answered_once_and_only_with_its_own_answers(world: World, tmp_path: Path) -> None:
    question = asked(world, tmp_path, FAR_AN)
    with refused("how"):
        actions.answer(actor=world.actor("dung"), question=question, how="list", on=TODAY)
    actions.answer(actor=world.actor("dung"), question=question, how="wrong", on=TODAY)
    with refused("answered"):
        actions.answer(actor=world.actor("dung"), question=question, how="wrong", on=TODAY)


def test_another_cell_answered_as_wrong_is_not_asked_again(world: World, tmp_path: Path) -> None:
    row: list[Cell] = ["Hoàng Thị Chi", "19/8/1988", "", "thôn Ba"]
    question = asked(world, tmp_path, row)
    assert question.kind == "moved"
    actions.answer(actor=world.actor("ha"), question=question, how="keep", on=TODAY)
    assert import_members(listed(tmp_path, row, head=HEAD)).counts == (0, 0, 1, 0, 0)


def test_two_people_of_one_name_become_two_after_the_answer(world: World, tmp_path: Path) -> None:
    row: list[Cell] = ["Lê Thị Thủy", "", "", "thôn Một"]
    question = asked(world, tmp_path, row)
    assert question.kind == "same_name"
    actions.answer(actor=world.actor("ha"), question=question, how="different", on=TODAY)
    assert import_members(listed(tmp_path, row, head=HEAD)).counts == (1, 0, 0, 0, 0)


def test_one_person_stays_one_after_the_answer(world: World, tmp_path: Path) -> None:
    row: list[Cell] = ["Lê Thị Thủy", "", "", "thôn Một"]
    actions.answer(actor=world.actor("ha"), question=asked(world, tmp_path, row), how="same", on=TODAY)
    assert import_members(listed(tmp_path, row, head=HEAD)).counts == (0, 0, 1, 0, 0)


def test_the_lists_birth_date_or_number_is_taken_over_by_the_answer(world: World, tmp_path: Path) -> None:
    row: list[Cell] = ["Nguyễn Văn An", "3/5/1958", CARD["an"], "thôn Một"]
    actions.answer(actor=world.actor("ha"), question=asked(world, tmp_path, row), how="list", on=TODAY)
    assert str(world.person("an").birth) == "3/5/1958"
    row = ["Nguyễn Văn An", "3/5/1958", "091057000490", "thôn Một"]
    question = asked(world, tmp_path, row)
    assert "091057000490" not in str(question.values)
    actions.answer(actor=world.actor("ha"), question=question, how="list", on=TODAY)
    assert PersonNumber.objects.on(TODAY).get(person=world.person("an"), kind="card").tail == "…490"
    assert import_members(listed(tmp_path, row, head=HEAD)).counts == (0, 0, 1, 0, 0)


def test_the_records_birth_date_stays_by_the_answer(world: World, tmp_path: Path) -> None:
    row: list[Cell] = ["Nguyễn Văn An", "3/5/1958", CARD["an"], "thôn Một"]
    actions.answer(actor=boss(), question=asked(world, tmp_path, row), how="keep", on=TODAY)
    assert import_members(listed(tmp_path, row, head=HEAD)).counts == (0, 0, 1, 0, 0)
    assert str(world.person("an").birth) == "3/5/1957"
