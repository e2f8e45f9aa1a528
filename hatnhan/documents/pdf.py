"""PDF by Typst: a layout of ours, data as plain text, letters of our own font only."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from .content import OfficialPaper

HERE = Path(__file__).resolve().parent
LAYOUTS = HERE / "typst"
FONTS = HERE / "fonts"
FACE = "Tinos"
SHARED = frozenset({"paper", "official_parts"})
_FONT_NAME = re.compile(rb"/FontName\s*/(?:[A-Z]{6}\+)?([^/\s<>\[\]()]+)")


class PaperError(Exception):
    """A paper could not be set: unknown layout, or data that the layout does not understand."""


class MissingFontError(PaperError):
    """The PDF lacks our font. Typst says nothing by itself and sets blank pages or another face."""


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a layout in `typst/`, filled with `data` (JSON values; texts are shown as they are, never as markup).

    Raises MissingFontError if anything but Tinos, or nothing, was embedded, PaperError for all else."""
    if template not in layouts():
        raise PaperError(template)
    try:
        pdf = typst.compile(
            LAYOUTS / f"{template}.typ",
            root=LAYOUTS,
            font_paths=_fonts(FONTS),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
        )
    except typst.TypstError as error:
        raise PaperError(f"{template}: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise PaperError(template)
    faces = embedded_faces(pdf)
    if not faces or any(face.partition("-")[0] != FACE for face in faces):
        raise MissingFontError(f"{template}: {sorted(faces)}")
    return pdf


def official(paper: OfficialPaper) -> bytes:
    """An official paper as PDF."""
    return render("official", paper.data())


def letters(papers: Sequence[OfficialPaper], title: str) -> bytes:
    """Many official papers as one PDF, each from a page of its own. ValueError for none."""
    if not papers:
        raise ValueError(title)
    return render("letters", {"title": title, "papers": [paper.data() for paper in papers]})


def layouts() -> list[str]:
    """Layouts that can be rendered; those of `SHARED` are what they are made of."""
    return sorted(path.stem for path in LAYOUTS.glob("*.typ") if path.stem not in SHARED)


def embedded_faces(pdf: bytes) -> set[str]:
    """Names of the faces embedded in a PDF, without the prefix of the subset."""
    return {name.decode("latin-1") for name in _FONT_NAME.findall(pdf)}


@lru_cache(maxsize=2)
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
