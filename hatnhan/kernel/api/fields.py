"""What may stand in a request: ids, days, texts, dates as known; each as narrow as the tables behind it."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..known import Known

LARGEST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1930, 2100
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Body(BaseModel):
    """What a request sends: only what is named, in its own type; "7" is no number and 7 no text."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _day(value: Any) -> date:
    """A full date of a year that a person of today can mean."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise PydanticCustomError("day", "not a day")


def _known(value: Any) -> Known | None:
    """A date as known, or an empty text for nothing."""
    if value == "":
        return None
    try:
        found = Known(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or not 1850 <= found.year <= LAST_YEAR:
        raise PydanticCustomError("known", "not a date as known")
    return found


def _moment(value: Any) -> datetime:
    """A moment with its offset from UTC, so that nobody has to guess a time zone."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise PydanticCustomError("moment", "not a moment")
    return found


def _clock(value: Any) -> time:
    """An hour of the day, as a watch shows it."""
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    raise PydanticCustomError("clock", "not an hour")


Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "examples": ["19:30"]})]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
KnownDate = Annotated[
    Known | None,
    BeforeValidator(_known),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", "examples": ["1957-05-03", "1957"]}),
]


def Text(most: int, least: int = 0) -> Any:  # noqa: N802 - used as a type
    """A text of at most so many characters."""
    return Annotated[str, Field(min_length=least, max_length=most)]


def one_of(codes: Any, most: int = 30) -> Any:
    """A code of a list that the description names; the action itself refuses another one, in its own words. `codes` may
    be a function."""
    return Annotated[Text(most), described("", enum=codes)]


def described(label: Any, alias: str | None = None, **more: Any) -> Any:
    """A field that says what it is in the language of whoever reads the description; `enum` may be a function. `alias`
    is its name in the request, where that is no name in Python."""

    def extend(schema: dict[str, Any]) -> None:
        schema.pop("title", None)
        if str(label):
            schema["description"] = str(label)
        for name, value in more.items():
            schema[name] = value() if callable(value) else value

    return Field(alias=alias, json_schema_extra=extend)
