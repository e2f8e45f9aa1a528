"""Why something cannot be done: reasons instead of booleans."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Reason:
    """One reason: a code for programs, a sentence in the reader's language, and where it applies.

    `field` is the form field or column, `row` the row of the user's sheet, `source` the rule's document, `rule` its key
    and version, by which pages lead to it."""

    code: str
    message: str
    field: str | None = None
    row: int | None = None
    source: str | None = None
    rule: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


class Refused(Exception):
    """An action was refused; nothing was changed."""

    def __init__(self, reasons: Iterable[Reason] | Reason | str, code: str = "refused") -> None:
        if isinstance(reasons, str):
            reasons = [Reason(code, reasons)]
        elif isinstance(reasons, Reason):
            reasons = [reasons]
        self.reasons: list[Reason] = list(reasons)
        super().__init__(" ".join(str(reason.message) for reason in self.reasons))

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]


def refuse(code: str, message: str, **where: Any) -> NoReturn:
    """Raise with one reason."""
    raise Refused(Reason(code, message, **where))
