"""What shows by itself that an obligation was met. An upper module registers it: a meeting that was recorded."""

from collections.abc import Callable, Iterable
from datetime import date

Proof = Callable[[Iterable[int], date, date], set[int]]
"""Of units (ids), those that met it within the days `[first, end)`; in one query."""

PROOFS: dict[str, Proof] = {}


def proves(code: str, met: Proof) -> None:
    """Register what shows that the rulebook's obligation `code` was met."""
    if code in PROOFS:
        raise RuntimeError(f"two proofs of {code}")
    PROOFS[code] = met
