"""The rulebook: dated rules with their source. `at(day)["cell.committee.min_full"].value`."""

from hatnhan.rulebook.book import Book, at, history
from hatnhan.rulebook.checks import problems
from hatnhan.rulebook.errors import RuleFileError, RuleMissingError
from hatnhan.rulebook.rule import Force, Rule
from hatnhan.rulebook.sources import sentence, sourced

__all__ = [
    "Book", "Force", "Rule", "RuleFileError", "RuleMissingError", "at", "history", "problems", "sentence", "sourced",
]  # fmt: skip
