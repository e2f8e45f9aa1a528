"""Who may write: actions, and what lies below them."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import named, python_files, tree

# Whole files and folders whose business is writing, by a part of their path. A participant does a module's part of
# an action that belongs to another module (merging two units).
WRITERS = {"actions", "demo", "migrations", "models", "participant"}
# The log and the dated rows themselves; jobs and workers are no business data.
KERNEL = "hatnhan/kernel/"
EXCEPTIONS = {
    "hatnhan/config/backup/postgres.py": "a restore fills the tables of a schema that nobody uses yet",
    "hatnhan/config/jobs.py": "sessions that ran out and jobs that ended long ago are no business data",
}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "_raw_delete", "select_for_update"}
STATEMENT = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\b", re.IGNORECASE)


def may_write(path: Path) -> bool:
    name = named(path)
    parts = set(path.with_suffix("").parts)
    return name.startswith(KERNEL) or bool(WRITERS & parts) or name in EXCEPTIONS


def writes(node: ast.AST) -> bool:
    """
    A call that saves, creates, updates or deletes through a model, manager or queryset, or SQL that does. Calls that
    only look like it are told apart by their arguments: `dict.update(other)` and `workbook.save(path)` have
    positional ones, `set.update` too; the writers of Django take keywords only.
    """
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(STATEMENT.match(node.value))
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name, positional, keywords = node.func.attr, bool(node.args), bool(node.keywords)
    if name in ALWAYS:
        return True
    if name in {"save", "delete"}:
        return not positional
    return name in {"create", "update"} and keywords and not positional


def test_only_actions_and_what_lies_below_them_write() -> None:
    found = [
        f"{named(path)}:{getattr(node, 'lineno', 0)}"
        for path in python_files("hatnhan")
        if not may_write(path)
        for node in ast.walk(tree(path))
        if writes(node)
    ]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    idle = [
        named(path)
        for path in python_files("hatnhan")
        if named(path) in EXCEPTIONS and not any(writes(node) for node in ast.walk(tree(path)))
    ]
    assert idle == []


def test_the_walk_finds_what_writes_and_leaves_what_does_not() -> None:
    bad = ["x.save()", "X.objects.create(a=1)", "q.update(a=1)", "q.delete()", "m.bulk_create(r)", "'DELETE FROM t'"]
    good = ["d.update(other)", "book.save(path)", "d.update()", "Create(a=1)"]
    assert [text for text in bad if not any(writes(node) for node in ast.walk(ast.parse(text)))] == []
    assert [text for text in good if any(writes(node) for node in ast.walk(ast.parse(text)))] == []
