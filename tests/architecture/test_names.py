"""The demo, the tests and the documents are about invented people and places only."""

import hashlib
import re

from tests.architecture.sources import ROOT

# Digests of real names that were read while the field was studied: the names themselves need not lie here.
READ = frozenset(
    """
0341e87e0410 0ad3bd37d5d7 0bc427c68911 10343fbc1ce7 1f43acef5268 1f5f006fd925 2a6f05910597 40ff76afaf38
4e264d98c06d 4fff1c374ec6 582c48415403 58b0fbf95bad 5fbf40bb3d79 62f086399e6f 6afdeb56bbd7 6fee483e196b
7220412f50ac 77296c35b946 7b2cce12e927 8f71febea419 91c2e6c86371 9a33bb6c298d 9db1ad782797 9f6ffb8c7d03
a04aeabb2b0e a675203fe728 a87e06fa1570 bb6b7048ba55 c588b5af282b c8d88805ca37 d5d1e04f6300 db0d8c6db11f
ecbf7bf98259
""".split()  # noqa: SIM905 - a table reads better than a list
)
LETTERS = re.compile(r"[^\W\d_]+")
TEXT = {".py", ".html", ".toml", ".md", ".po", ".csv", ".txt", ".json", ".typ", ".js", ".css"}
FOLDERS = ("hatnhan", "tests", "docs", "scripts")


def digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).casefold().encode()).hexdigest()[:12]


def test_no_name_from_what_was_read_appears_here() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in TEXT]
    found = set()
    for path in [*files, *ROOT.glob("*.md")]:
        words = LETTERS.findall(path.read_text(encoding="utf-8"))
        titled = [word if word[0].isupper() else "" for word in words]
        for length in (2, 3):
            for at in range(len(titled) - length + 1):
                group = titled[at : at + length]
                if all(group) and digest(group) in READ:
                    found.add(f"{path.relative_to(ROOT)}: {' '.join(group)}")
    assert sorted(found) == []
