"""Sizes, names and imports of source files."""

import ast

from tests.architecture.sources import PACKAGE, functions, named, python_files, templates, tree

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 500, 60, 200
# Longer ones, with their size; the list only shrinks.
LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}
LONG_TEMPLATES: dict[str, int] = {}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "shared", "lib"}
OURS = ("hatnhan", "scripts", "tests")


def test_no_source_file_is_longer_than_500_lines() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*OURS)}
    assert {name: size for name, size in sizes.items() if size > LONG_FILES.get(name, FILE_LINES)} == {}
    assert {name for name in LONG_FILES if sizes.get(name, 0) <= FILE_LINES} == set()


def test_no_function_is_longer_than_60_lines() -> None:
    sizes = {
        f"{named(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files("hatnhan", "scripts")
        for function in functions(tree(path))
    }
    assert {name: size for name, size in sizes.items() if size > LONG_FUNCTIONS.get(name, FUNCTION_LINES)} == {}
    assert {name for name in LONG_FUNCTIONS if sizes.get(name, 0) <= FUNCTION_LINES} == set()


def test_no_template_is_longer_than_200_lines() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in templates()}
    assert {name: size for name, size in sizes.items() if size > LONG_TEMPLATES.get(name, TEMPLATE_LINES)} == {}
    assert {name for name in LONG_TEMPLATES if sizes.get(name, 0) <= TEMPLATE_LINES} == set()


def test_no_file_is_a_drawer() -> None:
    every = [path.with_suffix("").relative_to(PACKAGE) for path in python_files("hatnhan")]
    assert [path.as_posix() for path in every if DRAWERS & set(path.parts)] == []


def test_every_import_stands_at_the_top_of_its_file() -> None:
    inside = [
        f"{named(path)}:{node.lineno} in {function.name}"
        for path in python_files(*OURS)
        for function in functions(tree(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_nothing_is_imported_by_a_star() -> None:
    stars = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*OURS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert stars == []


def test_no_sentence_hides_within_another_text() -> None:
    """The tool that gathers sentences for translation does not look into f-strings."""
    hidden = [
        f"{named(path)}:{call.lineno}"
        for path in python_files("hatnhan")
        for text in ast.walk(tree(path))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext")
    ]
    assert hidden == []
