"""Typed values: what a kind, an act or an authority may say."""

from dataclasses import replace
from datetime import date

import pytest

from hatnhan import rulebook
from hatnhan.rulebook.book import Shelf, shelf
from hatnhan.rulebook.checks import problems
from hatnhan.rulebook.errors import RuleFileError
from hatnhan.rulebook.loader import Library
from hatnhan.rulebook.shapes import Authority, Kind, allowed_fields, shaped

DAY = date(2025, 8, 1)


def with_rule(key: str, **changes: object) -> Shelf:
    """The shipped rules with some fields of one rule's table changed; None takes a field away."""
    rules = dict(shelf().library.rules)
    rules[key] = tuple(
        replace(rule, value={name: value for name, value in (rule.value | changes).items() if value is not None})
        for rule in rules[key]
    )
    return Shelf(Library(rules, shelf().library.documents, shelf().library.families))


def test_the_shipped_files_agree_with_each_other() -> None:
    assert rulebook.problems() == []


@pytest.mark.parametrize(
    ("key", "changes", "said"),
    [
        ("kind.commune", {"colour": "red"}, "không có mục “colour”"),
        ("kind.commune", {"level": None}, "thiếu mục “level”"),
        ("kind.commune", {"label_en": None}, "thiếu mục “label_en”"),
        ("kind.commune", {"level": "hai"}, "mục “level” ghi sai kiểu. Cho phép: int"),
        ("kind.commune", {"seal": 1}, "mục “seal” ghi sai kiểu. Cho phép: bool"),
        ("kind.commune", {"seats": ["throne"]}, "mục “seats” không nhận “throne”. Cho phép: cell, section"),
        ("kind.commune", {"committee": "never"}, "mục “committee” không nhận “never”. Cho phép: always, by_number"),
        ("kind.commune", {"parents": ["moon"]}, "kind.commune.parents: moon is not known"),
        ("body.office", {"kinds": ["moon"]}, "body.office.kinds: moon is not known"),
        ("regime.two_tier", {"becomes": {"commune": 3}}, "mục “becomes” ghi sai kiểu"),
        ("regime.two_tier", {"by_switch": True}, "regimes without switch: []"),
        ("authority.two_tier.cell_found", {"body": "moon"}, "authority.two_tier.cell_found.body: moon is not known"),
        ("office.secretary", {"bodies": ["moon"]}, "office.secretary.bodies: moon is not known"),
    ],
)
def test_a_table_that_says_nonsense_is_found(key: str, changes: dict[str, object], said: str) -> None:
    found = problems(with_rule(key, **changes))
    assert any(said in line for line in found), found


def test_a_plain_value_where_a_table_is_needed_is_refused() -> None:
    rule = replace(rulebook.at(DAY)["kind.commune"], value=3)
    with pytest.raises(RuleFileError, match="giá trị phải là một bảng"):
        shaped(Kind, rule)


def test_the_fields_of_a_table_are_told_by_its_shape() -> None:
    assert allowed_fields(Authority) == ["seat", "body"]
    assert "committee_vi" in allowed_fields(Kind)
