"""Rules of admission by table: the worked examples, and where each rule begins and ends."""

from datetime import date

import pytest

from hatnhan import rulebook
from hatnhan.admissions import rules
from hatnhan.admissions.rules import Bounds, Introduced, ReviewFacts, Vote
from hatnhan.kernel.known import Known
from hatnhan.rulebook.votes import Roll, required_votes

NOW = date(2025, 12, 1)  # a day on which 294-QĐ/TW is in force: its rules refuse
LATER = date(2026, 8, 19)


def codes(found: rules.Found) -> tuple[list[str], list[str]]:
    return [one.code for one in found.strict], [one.code for one in found.soft]


@pytest.mark.parametrize(
    ("roll", "base", "needed"),
    [
        (Roll(14, away=1, exempt=1), 12, 8),
        (Roll(9), 9, 6),  # one of them on business, excused: counted all the same
        (Roll(15, barred=2), 13, 9),
    ],
)  # fmt: skip
def test_two_thirds_of_the_base(roll: Roll, base: int, needed: int) -> None:
    assert (roll.base, required_votes(roll.base, "two_thirds")) == (base, needed)


@pytest.mark.parametrize(
    ("vote", "fails", "found"),
    [
        (Vote(12, 8), False, []),
        (Vote(12, 7), False, ["votes"]),
        (Vote(12, 7), True, []),
        (Vote(12, 8), True, ["votes"]),
        (Vote(12, 13), False, ["above_base"]),
        (Vote(12, 8, 5), False, ["above_base"]),
        (Vote(0, 0), False, ["base"]),
        (Vote(15, 12), False, ["base"]),  # the list of the day has 12 to 14
        (Vote(11, 11), False, ["base"]),
    ],
)
def test_a_vote_that_cannot_be(vote: Vote, fails: bool, found: list[str]) -> None:
    rule = rulebook.at(NOW)["vote.admission.propose"]
    assert codes(rules.vote_blockers(vote, rule, fails, Bounds(12, 14)))[0] == found


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(1966, 8, 20), date(2026, 8, 19), "within"),
        (date(1966, 8, 20), date(2026, 8, 20), "within"),
        (date(1966, 8, 20), date(2026, 8, 21), "over"),
        (date(1966, 8, 20), date(2026, 9, 20), "over"),
        (date(2008, 8, 20), date(2026, 8, 19), "under"),
        (date(2008, 8, 20), date(2026, 8, 20), "within"),
    ],
)
def test_ages_are_counted_in_months_and_strictly_above(birth: date, on: date, age: str) -> None:
    assert rules.age_of(birth, on, rulebook.at(on)) == age


def test_who_is_past_the_age_needs_written_consent() -> None:
    book, birth, on = rulebook.at(NOW), Known("1960-01-01"), NOW
    assert codes(rules.age_blockers(birth, on, False, book)) == (["over_age"], [])
    assert codes(rules.age_blockers(birth, on, True, book)) == ([], [])
    assert codes(rules.age_blockers(Known("1990"), on, False, book)) == (["birth"], [])


def test_a_rule_that_was_not_checked_against_its_text_only_warns() -> None:
    young = Known("2009-01-01")
    assert codes(rules.age_blockers(young, NOW, False, rulebook.at(NOW))) == (["under_age"], [])
    assert codes(rules.age_blockers(young, LATER, False, rulebook.at(LATER))) == ([], ["under_age"])


@pytest.mark.parametrize(
    ("issued", "found"), [(date(2020, 12, 1), []), (date(2020, 11, 30), ["certificate"]), (None, ["certificate"])]
)
def test_a_certificate_is_good_for_sixty_months(issued: date | None, found: list[str]) -> None:
    assert codes(rules.certificate_blockers(issued, NOW, rulebook.at(NOW)))[0] == found


def test_a_dossier_grows_stale_after_twelve_months() -> None:
    book = rulebook.at(NOW)
    assert codes(rules.stale_blockers(date(2024, 12, 1), NOW, book)) == ([], [])
    assert codes(rules.stale_blockers(date(2024, 11, 30), NOW, book))[0] == ["stale"]


LONG = Introduced("member", together_since=date(2024, 1, 1))
SHORT = Introduced("member", together_since=date(2025, 6, 1))


@pytest.mark.parametrize(
    ("introduced", "found"),
    [
        ([LONG, LONG], []),
        ([LONG, Introduced("youth_union")], []),
        ([LONG], ["introducers"]),
        ([Introduced("youth_union"), Introduced("trade_union")], ["introducers"]),
        ([LONG, SHORT], ["introducer_months"]),
        ([LONG, Introduced("member", replacement=True)], []),
        ([LONG, Introduced("member", full=False, together_since=date(2024, 1, 1))], ["introducer_full"]),
    ],
)
def test_introducers(introduced: list[Introduced], found: list[str]) -> None:
    strict, soft = codes(rules.introducer_blockers(introduced, NOW, rulebook.at(NOW)))
    assert strict + soft == found


@pytest.mark.parametrize(
    ("how", "left", "consent", "before", "found"),
    [
        ("struck_off", date(2022, 12, 1), True, False, []),
        ("struck_off", date(2022, 12, 2), True, False, ["too_soon"]),
        ("minor_crime", date(2022, 12, 1), True, False, ["too_soon"]),
        ("minor_crime", date(2020, 12, 1), True, False, []),
        ("struck_off", date(2020, 1, 1), False, False, ["consent"]),
        ("struck_off", date(2020, 1, 1), True, True, ["once"]),
        ("corruption", date(2000, 1, 1), True, False, ["never"]),
        ("abandoned", date(2000, 1, 1), True, False, ["never"]),
    ],
)  # fmt: skip
def test_readmission(how: str, left: date, consent: bool, before: bool, found: list[str]) -> None:
    facts = ReviewFacts(NOW, None, None, None, again=True, left_how=how, left_on=left, consent=consent,
                        readmitted_before=before)  # fmt: skip
    assert codes(rules.again_blockers(facts, rulebook.at(NOW)))[0] == found


def test_dates_that_would_make_party_age_negative() -> None:
    assert [one.code for one in rules.dates_blockers(None, date(2026, 2, 1), date(2026, 1, 31))] == ["order"]
    born = Known("2026-03-01")
    assert [one.code for one in rules.dates_blockers(born, date(2026, 2, 1), date(2026, 2, 2))] == ["birth"]


@pytest.mark.parametrize(
    ("on", "n", "document"),
    [
        (date(2024, 12, 2), 60, "24-QĐ/TW"),
        (date(2025, 6, 30), 60, "232-QĐ/TW"),
        (date(2025, 7, 1), 45, "294-QĐ/TW"),
        (date(2026, 3, 2), 45, "294-QĐ/TW"),
    ],
)
def test_the_time_to_decide_is_that_of_the_regulation_of_the_cells_resolution(on: date, n: int, document: str) -> None:
    limit = rulebook.at(on).deadline("admission_decide")
    assert (limit.n, limit.counted, limit.rule.document.number) == (n, "working", document)
    extended = rulebook.at(on).get("deadline.admission_decide_extended")
    assert (extended is not None) == (on >= date(2025, 7, 1))


def test_the_ceremony_counts_from_receipt_and_since_26_july_2026_from_issue() -> None:
    key = "admission.ceremony.counted_from"
    assert rulebook.at(date(2026, 7, 25))[key].value == "received"
    assert rulebook.at(date(2026, 7, 26))[key].value == "issued"
    assert not rulebook.at(date(2026, 7, 26))[key].verified


@pytest.mark.parametrize(
    ("state", "decided", "late", "same", "point"),
    [
        ("opinions", None, False, True, "considered"),
        ("cell_resolved", None, False, False, "at_competent"),
        ("base_resolved", None, False, False, "base_resolved"),
        ("decided", NOW, False, True, "decided_same"),
        ("decided", NOW, False, False, "decided_soon"),
        ("decided", NOW, True, False, "decided_late"),
    ],
)
def test_how_far_a_case_is_when_its_applicant_moves(
    state: str, decided: date | None, late: bool, same: bool, point: str
) -> None:
    assert rules.move_point(state, decided, late, same) == point
    assert rulebook.at(NOW)[f"admission.move.{point}"].value["does_vi"]
