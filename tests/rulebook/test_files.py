"""What the loader refuses, and how it says so."""

from datetime import date
from pathlib import Path

import pytest

from hatnhan.kernel.days import FAR
from hatnhan.rulebook.errors import RuleFileError
from hatnhan.rulebook.loader import Library, load
from hatnhan.rulebook.rule import Force

DOCUMENTS = """
[[document]]
number = "1-QĐ"
kind_vi = "Quy định"
kind_en = "Regulation"
part_vi = "mục"
part_en = "item"
from = 2020-01-01
to = 2025-01-01
replaced_by = "2-QĐ"

[[source]]
code = "READ"
seen_vi = "đọc toàn văn"
seen_en = "read in full"
"""
HEAD = """
family = "cells"
prefixes = ["cell."]
title_vi = "Chi bộ"
title_en = "Cells"
"""
RULE = {
    "key": '"cell.min"',
    "value": "9",
    "from": "2020-01-01",
    "to": "2025-01-01",
    "document": '"1-QĐ"',
    "article": '"3"',
    "source": '"READ"',
    "mark": '"P"',
    "note_vi": '"Từ chín."',
    "note_en": '"From nine."',
}


def rule(**changes: str | None) -> str:
    """The sound rule with fields changed; None leaves a field out."""
    fields = {**RULE, **{name.rstrip("_"): value for name, value in changes.items()}}
    return "\n[[rule]]\n" + "\n".join(f"{name} = {value}" for name, value in fields.items() if value is not None)


def library(tmp_path: Path, text: str, name: str = "cells.toml") -> Library:
    folder = tmp_path / "families"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    documents = tmp_path / "documents.toml"
    documents.write_text(DOCUMENTS, encoding="utf-8")
    return load(folder, documents)


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(RuleFileError) as caught:
        library(tmp_path, text)
    return str(caught.value)


def test_a_sound_rule_is_read_with_its_evidence(tmp_path: Path) -> None:
    (read,) = library(tmp_path, HEAD + rule()).rules["cell.min"]
    assert (read.value, read.mark, read.verified, read.force) == (9, "P", True, Force.REFUSE)
    assert (read.document.number, read.article, str(read.note)) == ("1-QĐ", "3", "Từ chín.")
    assert read.window == (date(2020, 1, 1), date(2025, 1, 1))


def test_an_unknown_field_is_refused_and_the_known_ones_are_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + rule(valeu="8"))
    assert said.startswith("Tệp cells.toml, quy định cell.min: không có mục “valeu”. Cho phép: key, value, document")


@pytest.mark.parametrize("field", ["value", "document", "source", "mark", "note_vi", "note_en"])
def test_a_rule_without_its_evidence_is_refused(tmp_path: Path, field: str) -> None:
    assert f"cell.min: thiếu mục “{field}”" in refusal(tmp_path, HEAD + rule(**{field: None}))


def test_an_empty_source_is_no_source(tmp_path: Path) -> None:
    assert "thiếu mục “source”" in refusal(tmp_path, HEAD + rule(source='""'))


def test_an_unknown_mark_is_refused_and_the_marks_are_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + rule(mark='"X"'))
    assert "dấu nguồn “X” không có" in said
    assert "PLSQMIVGD" in said


def test_a_document_and_a_source_must_be_declared(tmp_path: Path) -> None:
    assert "chưa khai văn bản “9-QĐ”" in refusal(tmp_path, HEAD + rule(document='"9-QĐ"'))
    assert "chưa khai nguồn “HEARD”. Cho phép: READ." in refusal(tmp_path, HEAD + rule(source='"HEARD"'))


def test_a_hole_between_two_windows_is_refused(tmp_path: Path) -> None:
    later = rule(from_="2022-01-01")
    said = refusal(tmp_path, HEAD + rule(to="2021-01-01") + later)
    assert said == "Tệp cells.toml, quy định cell.min: hở thời gian giữa 2021-01-01 và 2022-01-01. Cho phép: to = from."


def test_two_windows_that_overlap_are_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + rule(to="2023-01-01") + rule(from_="2022-01-01"))
    assert "hai thời kỳ chồng nhau: đến 2023-01-01 và từ 2022-01-01" in said


def test_windows_may_be_written_in_any_order(tmp_path: Path) -> None:
    read = library(tmp_path, HEAD + rule(from_="2022-01-01", value="7") + rule(to="2022-01-01"))
    assert [one.value for one in read.rules["cell.min"]] == [9, 7]


def test_a_window_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    assert "ngày bắt đầu không trước ngày kết thúc" in refusal(tmp_path, HEAD + rule(to="2019-01-01"))


def test_a_window_needs_days_not_words_or_times(tmp_path: Path) -> None:
    assert "mục “from” không phải là ngày" in refusal(tmp_path, HEAD + rule(from_='"1/1/2020"'))
    assert "mục “to” không phải là ngày" in refusal(tmp_path, HEAD + rule(to="2024-01-01T10:00:00"))


def test_a_key_belongs_to_the_file_of_its_prefix(tmp_path: Path) -> None:
    said = refusal(tmp_path, HEAD + rule(key='"dues.rate"'))
    assert "quy định dues.rate: tên quy định không thuộc tệp này. Cho phép: cell.." in said


def test_a_key_may_not_live_in_two_files(tmp_path: Path) -> None:
    library(tmp_path, HEAD + rule(to="2022-01-01"))
    said_twice = HEAD.replace('"cells"', '"zone"') + rule(from_="2022-01-01")
    with pytest.raises(RuleFileError, match="quy định nằm ở hai tệp"):
        library(tmp_path, said_twice, "zone.toml")


def test_a_family_bears_the_name_of_its_file(tmp_path: Path) -> None:
    assert "mục “family” phải là tên tệp" in refusal(tmp_path, HEAD.replace('"cells"', '"units"') + rule())


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "family = ").startswith("Tệp cells.toml: không đọc được")


def test_a_rule_beyond_its_document_is_carried_over_and_only_warns(tmp_path: Path) -> None:
    before, inside, after = library(tmp_path, HEAD + rule(from_=None, to=None)).rules["cell.min"]
    assert [one.force for one in (before, inside, after)] == [Force.WARN, Force.REFUSE, Force.WARN]
    assert [one.mark for one in (before, inside, after)] == ["I", "P", "I"]
    assert [one.carried for one in (before, inside, after)] == [True, False, True]
    assert (before.window.start, after.window.end) == (date.min, FAR)
    assert before.window.end == inside.window.start
    assert inside.window.end == after.window.start


def test_who_may_set_a_rule_and_within_which_bounds_is_read(tmp_path: Path) -> None:
    local = '{ by = ["province"], at_least = 3, at_most = 20 }'
    found = library(tmp_path, HEAD + rule(local=local)).rules["cell.min"][0]
    assert found.local is not None
    assert (found.local.by, found.local.at_least, found.local.at_most) == (("province",), 3, 20)
    assert found.reference == "cell.min@2020-01-01"


@pytest.mark.parametrize(
    "local",
    [
        '{ by = ["province"], at_least = 10, at_most = 20 }', '{ by = ["somebody"], at_least = 1, at_most = 20 }',
        '{ by = ["province"], at_least = 1 }', '{ by = ["province"], at_least = 1, at_most = 20, why = "so" }',
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(tmp_path: Path, local: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        library(tmp_path, HEAD + rule(local=local))
    assert (caught.value.file, caught.value.key) == ("cells.toml", "cell.min")
    assert caught.value.allowed
