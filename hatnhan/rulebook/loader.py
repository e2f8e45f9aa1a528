"""Reads the rule files and refuses what they must not say: unknown fields, no evidence, holes and overlaps in time."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.days import FAR
from hatnhan.rulebook.errors import RuleFileError
from hatnhan.rulebook.rule import MARKS, VERIFIED, Document, Local, Rule, Window
from hatnhan.rulebook.seats import SEATS
from hatnhan.rulebook.words import Words

HERE = Path(__file__).resolve().parent

FAMILY_FIELDS = ("family", "prefixes", "title_vi", "title_en", "rule")
RULE_FIELDS = ("key", "value", "document", "article", "source", "mark", "from", "to", "note_vi", "note_en", "local")
LOCAL_FIELDS = ("by", "at_least", "at_most")
RULE_NEEDS = ("key", "value", "document", "source", "mark", "note_vi", "note_en")
DOCUMENT_FIELDS = ("number", "kind_vi", "kind_en", "part_vi", "part_en", "from", "to", "replaced_by")
DOCUMENT_NEEDS = ("number", "kind_vi", "kind_en")
SOURCE_FIELDS = ("code", "seen_vi", "seen_en")

Table = dict[str, Any]
History = Mapping[str, tuple[Rule, ...]]


@dataclass(frozen=True)
class Family:
    """One rule file: the keys that begin with its prefixes live there and nowhere else."""

    code: str
    title: Words
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Everything the rule files say: the windows of each key in order of time, and the documents behind them."""

    rules: History
    documents: Mapping[str, Document]
    families: Mapping[str, Family]


def load(families: Path = HERE / "families", documents: Path = HERE / "documents.toml") -> Library:
    """Read and check all rule files. Raises RuleFileError with the file, the key and what is allowed."""
    known, sources = _documents(documents)
    rules: dict[str, list[Rule]] = {}
    found: dict[str, Family] = {}
    for path in sorted(families.glob("*.toml")):
        family, tables = _family(path)
        found[family.code] = family
        for table in tables:
            for rule in _rules(path.name, family, table, known, sources):
                rules.setdefault(rule.key, []).append(rule)
    for key, windows in rules.items():
        windows.sort(key=lambda rule: rule.window)
        _check_windows(f"{windows[0].family}.toml", key, windows)
    return Library({key: tuple(windows) for key, windows in rules.items()}, known, found)


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleFileError(path.name, "", _("không đọc được: %(error)s") % {"error": error}) from error


def _check_fields(file: str, key: str, table: Table, allowed: tuple[str, ...], needed: tuple[str, ...]) -> None:
    for field in table:
        if field not in allowed:
            raise RuleFileError(file, key, _("không có mục “%(field)s”.") % {"field": field}, allowed)
    for field in needed:
        if table.get(field) in (None, ""):
            raise RuleFileError(file, key, _("thiếu mục “%(field)s”.") % {"field": field}, needed)


def _window(file: str, key: str, table: Table) -> Window:
    start, end = table.get("from", date.min), table.get("to", FAR)
    for field, day in (("from", start), ("to", end)):
        if type(day) is not date:
            raise RuleFileError(file, key, _("mục “%(field)s” không phải là ngày.") % {"field": field}, "2025-07-01")
    if start >= end:
        raise RuleFileError(file, key, _("ngày bắt đầu không trước ngày kết thúc."), "from < to")
    return Window(start, end)


def _documents(path: Path) -> tuple[dict[str, Document], dict[str, Words]]:
    data = _read(path)
    _check_fields(path.name, "", data, ("document", "source"), ("document", "source"))
    documents: dict[str, Document] = {}
    for table in data["document"]:
        number = str(table.get("number", ""))
        _check_fields(path.name, number, table, DOCUMENT_FIELDS, DOCUMENT_NEEDS)
        documents[number] = Document(
            number=number,
            kind=Words(table["kind_vi"], table["kind_en"]),
            part=Words(table.get("part_vi", ""), table.get("part_en", "")),
            window=_window(path.name, number, table),
            replaced_by=table.get("replaced_by", ""),
        )
    sources: dict[str, Words] = {}
    for table in data["source"]:
        _check_fields(path.name, str(table.get("code", "")), table, SOURCE_FIELDS, SOURCE_FIELDS)
        sources[table["code"]] = Words(table["seen_vi"], table["seen_en"])
    return documents, sources


def _family(path: Path) -> tuple[Family, list[Table]]:
    data = _read(path)
    _check_fields(path.name, "", data, FAMILY_FIELDS, FAMILY_FIELDS)
    if data["family"] != path.stem:
        raise RuleFileError(path.name, "", _("mục “family” phải là tên tệp."), path.stem)
    return Family(path.stem, Words(data["title_vi"], data["title_en"]), tuple(data["prefixes"])), data["rule"]


def _rules(
    file: str, family: Family, table: Table, documents: Mapping[str, Document], sources: Mapping[str, Words]
) -> list[Rule]:
    key = str(table.get("key", ""))
    _check_fields(file, key, table, RULE_FIELDS, RULE_NEEDS)
    if not key.startswith(family.prefixes):
        raise RuleFileError(file, key, _("tên quy định không thuộc tệp này."), family.prefixes)
    if table["document"] not in documents:
        raise RuleFileError(file, key, _("chưa khai văn bản “%(n)s”.") % {"n": table["document"]}, documents)
    if table["source"] not in sources:
        raise RuleFileError(file, key, _("chưa khai nguồn “%(n)s”.") % {"n": table["source"]}, sources)
    if table["mark"] not in MARKS or len(table["mark"]) != 1:
        raise RuleFileError(file, key, _("dấu nguồn “%(mark)s” không có.") % {"mark": table["mark"]}, MARKS)
    rule = Rule(
        key=key,
        value=_frozen(table["value"]),
        document=documents[table["document"]],
        article=table.get("article", ""),
        source=sources[table["source"]],
        mark=table["mark"],
        window=_window(file, key, table),
        note=Words(table["note_vi"], table["note_en"]),
        family=family.code,
        local=_local(file, key, table),
    )
    return _carried(rule)


def _local(file: str, key: str, table: Table) -> Local | None:
    """Who may set another value, and within which bounds; the rule's own value lies between them."""
    given = table.get("local")
    if given is None:
        return None
    _check_fields(file, key, given, LOCAL_FIELDS, LOCAL_FIELDS)
    for seat in given["by"]:
        if seat not in SEATS:
            raise RuleFileError(file, key, _("không có cấp “%(seat)s”.") % {"seat": seat}, SEATS)
    if type(table["value"]) is not int or not given["at_least"] <= table["value"] <= given["at_most"]:
        raise RuleFileError(
            file, key, _("giá trị phải là số nguyên nằm giữa hai giới hạn."), "at_least ≤ value ≤ at_most"
        )
    return Local(tuple(given["by"]), given["at_least"], given["at_most"])


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _carried(rule: Rule) -> list[Rule]:
    """Cut the rule where its document begins and ends: beyond that it is taken over, and no longer verified."""
    start, end = rule.window
    inside = Window(max(start, rule.document.window.start), min(end, rule.document.window.end))
    loose = replace(rule, carried=True, mark="I" if rule.mark in VERIFIED else rule.mark)
    if inside.start >= inside.end:
        return [loose]
    parts = [replace(rule, window=inside)]
    if start < inside.start:
        parts.insert(0, replace(loose, window=Window(start, inside.start)))
    if inside.end < end:
        parts.append(replace(loose, window=Window(inside.end, end)))
    return parts


def _check_windows(file: str, key: str, rules: list[Rule]) -> None:
    for before, after in pairwise(rules):
        days = {"a": before.window.end.isoformat(), "b": after.window.start.isoformat()}
        if before.family != after.family:
            raise RuleFileError(file, key, _("quy định nằm ở hai tệp."), f"{before.family}.toml")
        if before.window.end > after.window.start:
            raise RuleFileError(file, key, _("hai thời kỳ chồng nhau: đến %(a)s và từ %(b)s.") % days, "to = from")
        if before.window.end < after.window.start:
            raise RuleFileError(file, key, _("hở thời gian giữa %(a)s và %(b)s.") % days, "to = from")
