"""Two or three facts in one cell, and one fact on several lines: which piece belongs to which field."""

import re

from hatnhan.kernel.sheets.book import Value
from hatnhan.members.recognise.columns import DATE_IN_TEXT, SEALED, looks_like_date
from hatnhan.members.recognise.values import is_sex
from hatnhan.members.recognise.vocabulary import DATES

Facts = dict[str, list[Value]]

_NUMBERS = frozenset({"card_no", "old_card_no", "national_id"})
_SEX = re.compile(r"(?:^|(?<=[,;/(\s–-]))(nam|nữ|nu|Nam|Nữ|NAM|NỮ|NU)(?=$|[,;/)\s–-])")
_DIGITS = re.compile(r"\d[\d .]{6,}\d|[*…•.]{3,}\d*")
_WORDS = re.compile(r"[^\W\d]{2,}")
_FOLLOWING = {"name": "birth", "ceremony_date": "official_date"}
"""The date that may stand under a name or another date."""
_EDGES = " ,;/–-\n\t"
_SAID = {
    "residence": re.compile(
        r"(?:nơi ở|chỗ ở|nơi cư trú|trú quán|thường trú|địa chỉ)(?: hiện nay| hiện tại)?\s*:\s*", re.I
    ),
    "hometown": re.compile(r"(?:quê|quê quán|nguyên quán)\s*:\s*", re.I),
}
"""Places that say themselves what they are: "Nơi ở: thôn Bờ Tre"."""


def share(names: tuple[str, ...], pieces: list[Value], mapped: frozenset[str]) -> tuple[Facts, bool]:
    """The pieces of one column (one for each line of the entry, None where empty) by field.

    `mapped` are the fields that some column holds: only others may be found where the heading does not name them.
    The second value says whether something was left over.
    """
    filled: list[Value] = [piece for piece in pieces if piece is not None]
    if not filled:
        return {}, False
    if len(names) == 1:
        facts, left = _one(names[0], filled, mapped)
    else:
        facts, left = _several(names, _parts(pieces))
    return (_places(facts, mapped) if _SAID.keys() & facts.keys() else facts), left


def _places(facts: Facts, mapped: frozenset[str]) -> Facts:
    """Lines that name themselves go where they say, unless that has a column of its own; the label goes."""
    sorted_out: Facts = {name: list(found) for name, found in facts.items() if name not in _SAID}
    for name in [name for name in facts if name in _SAID]:
        at = name
        for piece in facts[name]:
            for said, label in _SAID.items():
                told = label.match(piece) if isinstance(piece, str) else None
                if told and (said == name or said in facts or said not in mapped):
                    piece, at = str(piece)[told.end() :] or None, said
            if piece is not None:
                sorted_out.setdefault(at, []).append(piece)
    return sorted_out


def speaks_of_sex(cell: Value) -> bool:
    """Whether a text has a word for a sex: "Nam, Kinh"."""
    return isinstance(cell, str) and bool(_SEX.search(cell))


def _parts(pieces: list[Value]) -> list[Value]:
    """One piece of text is cut at line breaks and semicolons; empty places stay, they are places too."""
    if len([piece for piece in pieces if piece is not None]) == 1:
        only = next(piece for piece in pieces if piece is not None)
        if isinstance(only, str) and re.search(r"[;\n]", only) and len(pieces) == 1:
            return [part.strip() or None for part in re.split(r"[;\n]", only)]
    return pieces


def _one(name: str, filled: list[Value], mapped: frozenset[str]) -> tuple[Facts, bool]:
    """One field: its further lines may be facts that the heading kept silent about."""
    if name in DATES:
        lines = [line for piece in filled for line in _dates_apart(piece)]
        first = next((line for line in lines if looks_like_date(line)), lines[0])
        return _beside(name, {name: [first]}, [line for line in lines if line is not first], mapped)
    if name == "name":
        return _beside(name, {name: filled[:1]}, filled[1:], mapped)
    if name == "sex" and SEALED not in mapped and any(isinstance(one, str) and _SEX.search(one) for one in filled):
        return _several((name, SEALED), filled)
    if name in _NUMBERS or name in ("sex", "standing", "participation", "phone", "cv_number"):
        return {name: filled[:1]}, len(filled) > 1
    return {name: filled}, False


def _dates_apart(piece: Value) -> list[Value]:
    """The lines of a cell under a date; two dates side by side are two."""
    if not isinstance(piece, str):
        return [piece]
    lines: list[Value] = []
    for line in (part.strip() for part in re.split(r"[;\n]", piece)):
        dates = DATE_IN_TEXT.findall(line)
        lines += dates if len(dates) > 1 and not _WORDS.search(line) else [line] if line else []
    return lines or [piece]


def _beside(owner: str, facts: Facts, rest: list[Value], mapped: frozenset[str]) -> tuple[Facts, bool]:
    """Lines under a name or a date: the sex and what goes with it, a further date, another name."""
    left = False
    for line in rest:
        free = _FOLLOWING.get(owner, "")
        found = _SEX.search(line) if isinstance(line, str) else None
        if found and isinstance(line, str) and "sex" not in mapped and "sex" not in facts:
            facts["sex"] = [found[1]]
            other = (line[: found.start()] + line[found.end() :]).strip(_EDGES)
            if other and SEALED not in mapped:
                facts[SEALED] = [other]
        elif looks_like_date(line):
            left |= free in mapped or not free or _give(line, [free], facts)
        else:
            left |= owner != "name" or "other_name" in mapped or _give(line, ["other_name"], facts)
    return facts, left


def _several(names: tuple[str, ...], parts: list[Value]) -> tuple[Facts, bool]:
    """As many parts as fields, each of its kind: in order. Otherwise by what each part looks like."""
    if len(parts) == len(names) and all(_suits(name, part) for name, part in zip(names, parts, strict=True)):
        return {name: [part] for name, part in zip(names, parts, strict=True) if part is not None}, False
    facts: Facts = {}
    left = False
    for part in parts:
        if isinstance(part, str):
            left |= _read(part, names, facts)
        elif part is not None:
            left |= _give(part, [name for name in names if _suits(name, part)], facts)
    return facts, left


def _suits(name: str, part: Value) -> bool:
    if part is None:
        return True
    if name in DATES:
        return looks_like_date(part) and not (isinstance(part, str) and len(DATE_IN_TEXT.findall(part)) > 1)
    if name == "sex":
        return is_sex(part)
    if name in _NUMBERS:
        return not isinstance(part, str) or bool(_DIGITS.search(part))
    return isinstance(part, str) and not is_sex(part)


def _give(part: Value, names: list[str], facts: Facts) -> bool:
    """Give a part to the first of these fields that is still open; whether nobody took it."""
    for name in names:
        if name not in facts:
            facts[name] = [part]
            return False
    return True


def _read(part: str, names: tuple[str, ...], facts: Facts) -> bool:
    """Take dates, a sex and long numbers out of a text in their order; what remains goes to the text fields."""
    left = False
    dates = [name for name in names if name in DATES]
    if dates:
        for found in DATE_IN_TEXT.findall(part):
            left |= _give(found, dates, facts)
        part = DATE_IN_TEXT.sub(" ", part)
    numbers = [name for name in names if name in _NUMBERS]
    if numbers:
        for found in _DIGITS.findall(part):
            left |= _give(found.strip(), numbers, facts)
        part = _DIGITS.sub(" ", part)
    if "sex" in names and (word := _SEX.search(part)):
        left |= _give(word[1], ["sex"], facts)
        part = part[: word.start()] + " " + part[word.end() :]
    rest = part.strip(_EDGES)
    texts = [name for name in names if name not in DATES and name not in _NUMBERS and name != "sex"]
    if not rest or not any(map(str.isalnum, rest)):
        return left
    if not texts:
        return True
    if _give(rest, texts, facts):
        facts[texts[-1]].append(rest)
    return left
