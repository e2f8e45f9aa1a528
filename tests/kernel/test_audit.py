"""The log: one entry an act, chained, refused to change by the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from hatnhan.kernel import audit, guards
from hatnhan.kernel.models import Entry, Payload, Subject, Unit

from .logbook import CLI, found, note, silent, two_notes, unit

pytestmark = pytest.mark.django_db


def test_an_act_writes_one_entry_with_its_sentence_and_subjects() -> None:
    cell = unit(7)
    entry = Entry.objects.get(pk=note(actor=CLI, units=[cell], text="xin chào", reason="thử"))
    assert (entry.chain, entry.code, entry.actor, entry.reason) == (7, "test.note", "system:cli", "thử")
    assert audit.in_words(entry) == ["Ghi chú: xin chào."]
    assert list(Subject.objects.filter(entry=entry).values_list("kind", "key")) == [("kernel.unit", cell.pk)]


def test_inner_acts_are_lines_of_the_outer_entry() -> None:
    two_notes(actor=CLI, units=[unit(7)])
    entry = Entry.objects.get()
    assert audit.in_words(entry) == ["Hai ghi chú.", "Ghi chú: một.", "Ghi chú: hai."]
    assert entry.chain == 7


def test_a_two_sided_act_leaves_a_reference_in_the_other_chain() -> None:
    main = note(actor=CLI, units=[unit(7), unit(9)], text="hai phía")
    reference = Entry.objects.get(chain=9)
    assert reference.refers_to == main
    assert reference.payload_hash == Entry.objects.get(pk=main).hash
    assert found() == []


def test_organisations_that_share_a_chain_get_a_reference_each() -> None:
    one, two, three = unit(), unit(), unit(7)
    main = note(actor=CLI, units=[one, two, three], text="ba phía")
    assert {(e.chain, e.unit_id) for e in Entry.objects.filter(refers_to=main)} == {(0, two.pk), (7, three.pk)}
    assert found() == []


def test_an_action_that_tells_nothing_is_undone() -> None:
    with pytest.raises(RuntimeError, match="told the log nothing"):
        silent(actor=CLI)
    assert not Unit.objects.exists()


def test_the_chain_holds_over_many_acts() -> None:
    for number in range(12):
        note(actor=CLI, units=[unit(number % 3)], text=str(number))
    assert found() == []
    assert [e.number for e in Entry.objects.filter(chain=1).order_by("number")] == [1, 2, 3, 4]


@pytest.mark.parametrize("table", guards.GUARDED)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_log(table: str, verb: str) -> None:
    note(actor=CLI, units=[unit(7)], text="giữ nguyên")
    column = {"kernel_entry": "code", "kernel_payload": "sentence", "kernel_subject": "kind"}[table]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table, column, column))


def test_truncate_is_refused_too() -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE kernel_subject")
    assert guards.missing() == []


def test_a_missing_guard_is_noticed() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER kernel_entry_keep ON kernel_entry")
            expected = ["kernel_entry_keep"]
        else:
            cursor.execute("DROP TRIGGER kernel_entry_keep_update")
            expected = ["kernel_entry_keep_update"]
    assert guards.missing() == expected
    guards.install()
    assert guards.missing() == []


def test_a_payload_keeps_no_value_that_is_not_plain() -> None:
    note(actor=CLI, units=[unit(7)], text="chữ")
    assert Payload.objects.get().values == {"text": "chữ"}


@pytest.mark.parametrize("value", [2.5, 1e16, float("nan")])
def test_a_fraction_in_a_payload_is_kept_as_every_database_gives_it_back(value: float) -> None:
    note(actor=CLI, units=[unit(7)], text=value)  # type: ignore[arg-type]
    assert found() == []
    assert Payload.objects.get().values == {"text": str(value)}
