"""The source files that the architecture tests look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "hatnhan"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Every Python file of ours in the folders; generated migrations are not ours."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def templates() -> tuple[Path, ...]:
    """Every template, of Jinja2 and of Django."""
    folders = [path for name in ("jinja2", "templates") for path in PACKAGE.rglob(name) if path.is_dir()]
    return tuple(sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()))


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """The path as a reader knows it."""
    return path.relative_to(ROOT).as_posix()


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
