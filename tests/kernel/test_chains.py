"""Whoever changes the log behind its guards is found: what, in which chain, at which entry."""

import json
from contextlib import suppress
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.kernel import chains
from hatnhan.kernel.hashes import LINKED, link_hash
from hatnhan.kernel.models import Entry, Head, Payload, Subject
from hatnhan.kernel.undo import dated_models

from .logbook import CLI, behind_the_guards, edit, found, note, notes, strike_out, unit

pytestmark = pytest.mark.django_db
SECOND = "(SELECT id FROM kernel_entry WHERE number = 2)"


@pytest.mark.parametrize(
    ("sql", "where", "what"),
    [
        ("UPDATE kernel_entry SET actor = 'ai khác' WHERE number = 2", 2, "entry"),
        ("UPDATE kernel_entry SET unit_id = NULL WHERE number = 2", 2, "entry"),
        (f"UPDATE kernel_payload SET sentence = 'khác' WHERE entry_id = {SECOND}", 2, "payload"),
        (f"UPDATE kernel_payload SET lines = '[[\"thêm\", {{}}]]' WHERE entry_id = {SECOND}", 2, "payload"),
        (f"DELETE FROM kernel_payload WHERE entry_id = {SECOND}", 2, "payload"),
        (f"UPDATE kernel_subject SET kind = 'x' WHERE entry_id = {SECOND}", 2, "subjects"),
        (f"DELETE FROM kernel_subject WHERE entry_id = {SECOND}", 2, "subjects"),
        (f"INSERT INTO kernel_subject (entry_id, kind, key) VALUES ({SECOND}, 'access.account', 1)", 2, "subjects"),
        ("UPDATE kernel_head SET number = 9", 9, "cut"),
        ("UPDATE kernel_head SET hash = 'x'", 3, "head"),
        ("UPDATE kernel_head SET number = 2", 3, "head"),
        ("DELETE FROM kernel_head", 3, "headless"),
        ("UPDATE kernel_entry SET number = 5 WHERE number = 3", 5, "gap"),
    ],
)
def test_an_edit_behind_the_guards_is_found_at_its_place(sql: str, where: int, what: str) -> None:
    notes(3)
    edit(sql)
    assert (7, where, what) in found()


def test_two_entries_that_changed_places_are_found() -> None:
    notes(4)
    edit(*(f"UPDATE kernel_entry SET number = {new} WHERE number = {old}" for old, new in ((2, 99), (3, 2), (99, 3))))
    assert {what for _chain, _number, what in found()} >= {"order", "entry"}


def test_a_removed_entry_is_found_as_a_gap_and_the_command_says_where() -> None:
    edit(*strike_out(notes(4)[1]))
    assert found() == [(7, 3, "gap")]
    with pytest.raises(CommandError, match="1"):
        call_command("audit", "verify")


def test_a_value_that_no_program_could_read_is_named_and_the_walk_goes_on() -> None:
    notes(3)
    edit(f"UPDATE kernel_payload SET links = '7' WHERE entry_id = {SECOND}")
    if connection.vendor == "sqlite":
        edit("UPDATE kernel_entry SET at = 'hôm qua' WHERE number = 3")
    assert found() == [(7, 2, "payload"), (7, 3, "entry")][: 2 if connection.vendor == "sqlite" else 1]


def test_rows_that_belong_to_no_entry_are_counted() -> None:
    notes(2)
    with pytest.raises(Exception, match="rolled back on purpose"), transaction.atomic():  # noqa: PT012
        edit("INSERT INTO kernel_subject (entry_id, kind, key) VALUES (5, 'x', 1)")
        assert [chains.told(flaw) for flaw in chains.flaws()] == [
            "Bảng kernel_subject có 1 dòng không thuộc mục nhật ký nào."
        ]
        raise RuntimeError("rolled back on purpose")


# --- references ---------------------------------------------------------------------------------------------------


def two_sided() -> int:
    """An act in chain 7 with a reference in chain 9, between other acts."""
    here, there = unit(7), unit(9)
    note(actor=CLI, units=[there], text="trước")
    main = note(actor=CLI, units=[here, there], text="hai phía")
    note(actor=CLI, units=[here], text="sau")
    return main


def test_a_reference_whose_entry_is_gone_points_nowhere() -> None:
    main = two_sided()
    edit(*strike_out(main))
    assert (9, 2, "nowhere") in found()


def test_a_reference_to_a_changed_entry_is_found_even_when_the_entry_was_hashed_anew() -> None:
    main = two_sided()
    rewrite(7, lambda entry: entry.pk == main, actor="ai khác")
    assert found() == [(9, 2, "target")]


def test_a_reference_cut_off_with_its_head_is_missed_by_its_entry() -> None:
    two_sided()
    reference, before = Entry.objects.get(chain=9, number=2), Entry.objects.get(chain=9, number=1)
    edit(*strike_out(reference.pk), f"UPDATE kernel_head SET number = 1, hash = '{before.hash}' WHERE chain = 9")
    assert found() == [(7, 1, "lost")]


def test_an_invented_reference_is_known_as_a_stray() -> None:
    main = Entry.objects.get(pk=two_sided())
    fake = Entry(
        id=17, chain=9, number=3, code="test.note", unit=main.unit, actor="ai", at=main.at, refers_to=main.pk,
        payload_hash=main.hash, subjects_hash=Entry.objects.get(chain=9, number=2).subjects_hash,
        previous=Head.objects.get(chain=9).hash,
    )  # fmt: skip
    fake.hash = link_hash([getattr(fake, name) for name in LINKED])
    fake.save(force_insert=True)
    edit(f"UPDATE kernel_head SET number = 3, hash = '{fake.hash}' WHERE chain = 9")
    assert found() == [(9, 3, "stray")]


def rewrite(chain: int, which: Any, **changes: Any) -> None:
    """What somebody does who knows the program: change an entry, and hash the whole chain after it anew."""
    previous = ""
    with behind_the_guards() as cursor:
        for entry in Entry.objects.filter(chain=chain).order_by("number"):
            for name, value in changes.items() if which(entry) else ():
                setattr(entry, name, value)
            entry.previous = previous
            entry.hash = previous = link_hash([getattr(entry, name) for name in LINKED])
            entry.save()
        cursor.execute("UPDATE kernel_head SET hash = %s WHERE chain = %s", [previous, chain])


# --- any edit -----------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NUMBER = st.integers(1, 2**40)
HASH = st.text("0123456789abcdef", min_size=64, max_size=64)
OBJECT = st.dictionaries(TEXT, TEXT | st.integers(-9, 9), max_size=2)
EDITS: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("entry", "chain"): NUMBER, ("entry", "number"): NUMBER, ("entry", "code"): TEXT, ("entry", "actor"): TEXT,
    ("entry", "account"): NUMBER, ("entry", "reason"): TEXT, ("entry", "request_id"): TEXT,
    ("entry", "refers_to"): NUMBER, ("entry", "payload_hash"): HASH, ("entry", "subjects_hash"): HASH,
    ("entry", "previous"): HASH, ("entry", "hash"): HASH,
    ("entry", "at"): st.datetimes().map(str),
    ("payload", "sentence"): TEXT, ("payload", "values"): OBJECT.map(json.dumps),
    ("payload", "lines"): st.lists(st.tuples(TEXT, OBJECT), max_size=2).map(json.dumps),
    ("payload", "links"): st.lists(NUMBER, min_size=1, max_size=2).map(json.dumps),
    ("subject", "kind"): TEXT, ("subject", "key"): NUMBER,
    ("head", "number"): NUMBER, ("head", "hash"): HASH, ("head", "chain"): NUMBER,
}  # fmt: skip
KEYS = {"entry": "id", "payload": "entry_id", "subject": "id", "head": "chain"}
MODELS: dict[str, Any] = {"entry": Entry, "payload": Payload, "subject": Subject, "head": Head}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_edit_of_any_column_is_found(data: st.DataObject) -> None:
    """Whatever row, whatever column, whatever value: if a row then says something else, the walk finds it."""
    with transaction.atomic():
        here, there = unit(7), unit(9)
        for number in range(data.draw(st.integers(1, 4))):
            both = data.draw(st.sampled_from(([here], [there], [here, there], [there, here])))
            note(actor=CLI, units=both, text=str(number), reason="lý do")
        assert found() == []
        table, column = data.draw(st.sampled_from(sorted(EDITS)))
        pk = data.draw(st.sampled_from(sorted(MODELS[table].objects.values_list("pk", flat=True))))
        value = data.draw(EDITS[table, column])
        before = state()
        name = connection.ops.quote_name(column)
        cast = "::jsonb" if connection.vendor == "postgresql" and column in {"values", "lines", "links"} else ""
        with suppress(IntegrityError):  # a number or a chain twice is refused by the database itself
            edit(f"UPDATE kernel_{table} SET {name} = %s{cast} WHERE {KEYS[table]} = %s", values=[value, pk])
        if state() != before:
            assert found(), (table, column, value)
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_entries_taken_out_are_found(data: st.DataObject) -> None:
    with transaction.atomic():
        here, there = unit(7), unit(9)
        for number in range(5):
            both = data.draw(st.sampled_from(([here], [there], [here, there])))
            note(actor=CLI, units=both, text=str(number))
        every = sorted(Entry.objects.values_list("pk", flat=True))
        gone = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True))
        edit(*(statement for pk in gone for statement in strike_out(pk)))
        assert found()
        transaction.set_rollback(True)


def state() -> list[Any]:
    """Everything the log says, as models read it."""
    return [sorted(map(repr, model.objects.values_list())) for model in MODELS.values()]


# --- in words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what",
    ["gap", "order", "entry", "payload", "subjects", "nowhere", "target", "stray", "lost", "headless", "head", "cut",
     "rewritten", "gone", "orphan", "unlogged"],
)  # fmt: skip
def test_every_flaw_has_a_sentence_in_both_languages(what: str) -> None:
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append(chains.told(chains.Flaw(7, 2, what, "kernel_x" if what in {"orphan", "unlogged"} else 3)))
    assert said[0] != said[1]
    assert "2" in said[0] or what == "gone"


def test_a_large_log_is_read_in_few_statements(django_assert_max_num_queries: Any) -> None:
    notes(60, 7, 9, 11)
    with django_assert_max_num_queries(2 * len(dated_models()) + 10):
        assert found() == []
