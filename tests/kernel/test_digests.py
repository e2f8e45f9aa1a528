"""What lies outside the database finds what was cut off inside it."""

import io
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hatnhan.config.jobs import digest as daily
from hatnhan.kernel import digests, guards
from hatnhan.kernel.jobs import KINDS, JobContext
from hatnhan.kernel.models import Entry, Head, Unit
from hatnhan.units import actions as units
from tests.databases import RealDatabase

from .logbook import CLI, behind_the_guards, edit, found, in_layout_before, note, notes, strike_out, two_notes, unit
from .test_chains import rewrite

pytestmark = pytest.mark.django_db


def command(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def cut(chain: int, number: int) -> None:
    """Remove a chain's tail from a number on and set its head back, so that inside the database nothing shows."""
    gone = Entry.objects.filter(chain=chain, number__gte=number).values_list("pk", flat=True)
    edit(*(statement for pk in gone for statement in strike_out(pk)))
    last = Entry.objects.filter(chain=chain).order_by("number").last()
    if last is None:
        edit(f"DELETE FROM kernel_head WHERE chain = {chain}")
    else:
        edit(f"UPDATE kernel_head SET number = {last.number}, hash = '{last.hash}' WHERE chain = {chain}")


def test_the_command_writes_a_digest_for_its_owner_alone_with_one_line_a_chain() -> None:
    notes(5, 7, 9)
    assert "2 chuỗi" in command("audit", "digest")
    (path,) = digests.files()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = {row.chain: row for row in Head.objects.all()}
    assert [line.split("\t")[:3] for line in lines[1:-1]] == [
        ["7", "3", heads[7].hash], ["9", "2", heads[9].hash]
    ]  # fmt: skip
    assert digests.read(path).heads == {7: (3, heads[7].hash), 9: (2, heads[9].hash)}
    assert "Khớp với bản niêm" in command("audit", "verify")


def test_a_digest_goes_elsewhere_or_is_printed(tmp_path: Path) -> None:
    notes(1)
    command("audit", "digest", "--to", str(tmp_path / "usb.txt"))
    assert digests.read(tmp_path / "usb.txt").heads.keys() == {7}
    assert command("audit", "digest", "--to", "-") == digests.files()[-1].read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="nowhere"):
        command("audit", "digest", "--to", str(tmp_path / "nowhere" / "x"))


def test_a_tail_cut_with_its_head_set_back_is_found_by_the_digest_alone(tmp_path: Path) -> None:
    notes(5)
    command("audit", "digest", "--to", str(tmp_path / "usb.txt"))
    cut(7, 4)
    assert found() == []
    assert found(sealed=digests.read(tmp_path / "usb.txt").heads) == [(7, 5, "cut")]
    with pytest.raises(CommandError):
        command("audit", "verify", "--digest", str(tmp_path / "usb.txt"))


def test_a_tail_that_was_cut_and_grew_again_is_found_as_rewritten() -> None:
    notes(5)
    command("audit", "digest")
    cut(7, 4)
    notes(4)
    latest = digests.last()
    assert latest
    assert found(sealed=latest.heads) == [(7, 5, "rewritten")]


def test_a_chain_hashed_anew_from_its_beginning_is_found() -> None:
    notes(4)
    command("audit", "digest")
    rewrite(7, lambda entry: entry.number == 1, reason="lý do khác")
    assert found() == []
    latest = digests.last()
    assert latest
    assert found(sealed=latest.heads) == [(7, 4, "rewritten")]


def test_a_chain_taken_out_whole_is_found() -> None:
    notes(4, 7, 9)
    command("audit", "digest")
    cut(9, 1)
    latest = digests.last()
    assert latest
    assert found(sealed=latest.heads) == [(9, 0, "gone")]


def test_a_cut_after_the_last_digest_is_found_by_the_rows_that_the_act_left() -> None:
    """The digest cannot know of it; what the act recorded names an act that the log does not have."""
    command("audit", "digest")
    units.found(actor=CLI, name="Đảng bộ tỉnh Thử", kind="province", parent=None, on=CLI.on, code="T")
    cut(0, 1)
    latest = digests.last()
    assert latest
    assert {what for _chain, _number, what in found(sealed=latest.heads)} == {"unlogged"}
    with pytest.raises(CommandError):
        command("audit", "verify")


def test_what_was_written_after_the_digest_is_no_flaw() -> None:
    notes(3)
    command("audit", "digest")
    notes(3, 7, 11)
    assert "6 mục" in command("audit", "verify")


# --- the digests themselves ---------------------------------------------------------------------------------------


def test_digests_are_chained_and_one_that_was_taken_away_or_changed_is_missed() -> None:
    notes(1)
    for _day in range(4):
        digests.draw_up()
    assert digests.broken() == []
    first, second, third, _fourth = digests.files()
    second.unlink()
    assert digests.broken() == [f"Bản niêm {third.name} không nối với bản trước nó."]
    first.write_text(first.read_text(encoding="utf-8").replace("\t1\t", "\t2\t"), encoding="utf-8")
    assert any(str(first) in line for line in digests.broken())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "không phải là bản niêm"),
        ("danh sách\t1\n", "không phải là bản niêm"),
        ("hatnhan-digest\t1\t2026-11-27T02:00:00+07:00\t-\n7\t3\t" + "a" * 64, "đã bị sửa hoặc bị cắt"),
        ("hatnhan-digest\t1\t2026-11-27T02:00:00+07:00\t-\nseal\tabc\n", "đã bị sửa hoặc bị cắt"),
    ],
)
def test_a_file_that_is_no_whole_digest_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=says):
        command("audit", "verify", "--digest", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="Không đọc được"):
        command("audit", "verify", "--digest", str(tmp_path / "none"))


def test_every_day_a_job_looks_the_log_through_and_writes_the_digest(caplog: pytest.LogCaptureFixture) -> None:
    kind = KINDS["config.digest"]
    assert kind.every
    assert kind.every.days == 1
    context = JobContext(1, None, "w", 1)
    notes(3)
    assert daily(context)["flaws"] == 0
    cut(7, 2)
    assert daily(context)["flaws"] == 1
    assert "audit verify" in caplog.text
    assert len(digests.files()) == 2


# --- from the layout before ---------------------------------------------------------------------------------------


def test_a_log_in_the_layout_before_is_linked_anew_and_an_edited_one_is_refused(real_db: RealDatabase) -> None:
    before = [("kernel", "0002_facts")]
    here, there = unit(7), unit(9)
    for both in ([here], [there, here], [here, there], [there]):
        two_notes(actor=CLI, units=both)
    ids = set(Entry.objects.values_list("pk", flat=True))
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    old = executor.migrate(before).apps.get_model("kernel", "Entry")
    with behind_the_guards() as cursor:
        in_layout_before(cursor)
    edit_one = old.objects.filter(chain=7, number=2)
    kept = edit_one.get().actor
    with behind_the_guards():
        edit_one.update(actor="ai khác")
    with pytest.raises(RuntimeError, match="chuỗi 7, mục 2"):
        MigrationExecutor(connection).migrate(leaves)
    with behind_the_guards():
        edit_one.update(actor=kept)
    MigrationExecutor(connection).migrate(leaves)
    guards.install()
    assert set(Entry.objects.values_list("pk", flat=True)) == ids
    assert found() == []
    note(actor=CLI, units=[Unit.objects.get(pk=here.pk)], text="sau khi nâng cấp")
    assert found() == []
