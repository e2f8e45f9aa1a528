"""Every text that an action takes has an end, whichever way it came: pages, programs, lists and commands."""

import inspect

import pytest

import hatnhan.config.urls  # noqa: F401 - every action is known once every page is
from hatnhan.kernel import lengths
from hatnhan.kernel.action import ACTIONS
from hatnhan.kernel.actor import system
from hatnhan.kernel.refusal import Refused
from tests.units.ground import TODAY

# Codes of closed lists, which an action looks up anyway.
CODES = {"kind", "state"}


def texts(code: str) -> list[str]:
    """The keywords of an action that take a text."""
    asked = inspect.signature(ACTIONS[code]).parameters.items()
    return [name for name, one in asked if one.annotation in (str, "str", str | None)]


TAKING = [(code, name) for code in sorted(ACTIONS) for name in texts(code)]


@pytest.mark.parametrize(("code", "name"), TAKING)
def test_a_text_that_is_too_long_is_refused_with_field_and_limit_before_anything_is_done(code: str, name: str) -> None:
    most = lengths.limit(code, name, ACTIONS[code].of)  # type: ignore[attr-defined]
    with pytest.raises(Refused) as caught:
        ACTIONS[code](actor=system("tests", TODAY), **{name: "x" * (most + 1)})
    assert (caught.value.codes, caught.value.reasons[0].field) == (["too_long"], name)
    assert str(most) in str(caught.value)


@pytest.mark.parametrize(("code", "name"), TAKING)
def test_an_action_says_which_column_is_meant_where_they_differ(code: str, name: str) -> None:
    if name not in CODES:
        assert len(lengths.lengths_of(code, name, ACTIONS[code].of)) <= 1  # type: ignore[attr-defined]
