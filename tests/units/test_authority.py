"""Who decides what, in the three regimes (members.md, section 1.6)."""

from datetime import date

import pytest

from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.rulebook import RuleMissingError
from hatnhan.units import actions
from hatnhan.units.authority import authority
from tests.units.ground import boss, found

pytestmark = pytest.mark.django_db

OLD, TWO_TIER, THREE = date(2025, 3, 1), date(2025, 10, 1), date(2026, 9, 1)
LAW = date(2025, 7, 1)


@pytest.fixture
def line() -> dict[str, Unit]:
    """One commune through three regimes: under a district, under the province, with the three levels of 208."""
    first = date(2020, 1, 1)
    province = found("Đảng bộ tỉnh Sơn Vân", "province", None, first)
    district = found("Đảng bộ huyện Mây Nước", "district", province, first)
    old = found("Đảng bộ xã Lim", "base_committee", district, first)
    section = found("Đảng bộ bộ phận Bắc", "base_section", old, first)
    cell = found("Chi bộ Đội Một", "sub_cell", section, first)
    village = found("Chi bộ thôn Đông", "village_cell", old, first)
    commune = found("Đảng bộ xã Lim Thượng", "commune", province, LAW)
    school = found("Đảng bộ Trường Lim", "base_committee", commune, LAW)
    teachers = found("Chi bộ Tổ Toán", "sub_cell", school, LAW)
    post = found("Chi bộ Trạm Y tế", "base_cell", commune, LAW)
    factory = found("Đảng bộ Nhà máy Gang", "base_delegated", province, LAW)
    shift = found("Chi bộ Ca Một", "sub_cell", factory, LAW)
    actions.move(actor=boss(), unit=village, to=commune, on=LAW)
    actions.add_body(actor=boss(), unit=commune, kind="standing_board", name="Ban Thường vụ Đảng ủy xã", on=LAW)
    actions.switch_regime(actor=boss(), unit=commune, regime="three_level_208", on=date(2026, 8, 1))
    return {
        "province": province, "district": district, "old": old, "section": section, "cell": cell, "village": village,
        "commune": commune, "school": school, "teachers": teachers, "post": post, "factory": factory, "shift": shift,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("act", "unit", "on", "holder", "body"),
    [
        ("admission_decide", "cell", OLD, "district", "standing_board"),
        ("admission_decide", "village", OLD, "district", "standing_board"),
        ("resolution_appraise", "cell", OLD, "section", "committee"),
        ("card_decide", "cell", OLD, "district", "standing_board"),
        ("dossier_keep", "cell", OLD, "old", "committee"),
        ("sheet_keep", "cell", OLD, "district", "committee"),
        ("badge_award", "cell", OLD, "province", "standing_board"),
        ("cell_found", "cell", OLD, "old", "committee"),
        ("admission_decide", "teachers", TWO_TIER, "commune", "standing_board"),
        ("admission_decide", "village", TWO_TIER, "commune", "standing_board"),
        ("admission_decide", "post", TWO_TIER, "commune", "standing_board"),
        ("admission_decide", "shift", TWO_TIER, "factory", "standing_board"),
        ("dossier_keep", "teachers", TWO_TIER, "school", "committee"),
        ("dossier_keep", "village", TWO_TIER, "commune", "committee"),
        ("readmission_consent", "teachers", TWO_TIER, "province", "standing_board"),
        ("badge_award", "village", TWO_TIER, "province", "standing_board"),
        ("strike_off_decide", "teachers", TWO_TIER, "commune", "standing_board"),
        ("admission_decide", "teachers", THREE, "commune", "standing_board"),
        ("admission_decide", "village", THREE, "commune", "standing_board"),
        ("dossier_keep", "teachers", THREE, "commune", "committee"),
        ("card_decide", "village", THREE, "province", "standing_board"),
        ("badge_award", "village", THREE, "province", "standing_board"),
        ("admission_decide", "shift", THREE, "factory", "standing_board"),
    ],
)
def test_the_competent_body_follows_the_regime_of_the_day(
    line: dict[str, Unit], act: str, unit: str, on: date, holder: str, body: str
) -> None:
    found_body = authority(act, line[unit], on)
    names = {one.pk: name for name, one in line.items()}
    assert (names[found_body.unit_id], found_body.body) == (holder, body)


def test_a_unit_calls_its_own_body_by_its_own_name(line: dict[str, Unit]) -> None:
    assert authority("admission_decide", line["village"], TWO_TIER).body_label == "Ban Thường vụ Đảng ủy xã"
    assert authority("dossier_keep", line["teachers"], TWO_TIER).body_label == "đảng ủy"
    assert authority("badge_award", line["village"], TWO_TIER).body_label == "ban thường vụ"


def test_an_answer_from_a_rule_not_checked_against_its_text_says_so(line: dict[str, Unit]) -> None:
    sure, unsure = (authority("admission_decide", line["village"], day) for day in (TWO_TIER, THREE))
    assert (sure.regime, sure.unsure) == ("two_tier", False)
    assert (unsure.regime, unsure.unsure) == ("three_level_208", True)
    assert "chưa đối chiếu với văn bản gốc" in unsure.source
    assert sure.source.startswith("Quy định 294-QĐ/TW")


def test_of_a_unit_that_has_ended_the_one_that_answers_for_it_decides(line: dict[str, Unit]) -> None:
    actions.merge(
        actor=boss(),
        units=[line["teachers"]],
        into=found("Chi bộ Tổ Văn", "sub_cell", line["school"], LAW),
        on=LAW.replace(month=9),
    )
    assert authority("dossier_keep", line["teachers"], TWO_TIER).unit_id == line["school"].pk


def test_where_nobody_is_competent_the_answer_is_a_reason(line: dict[str, Unit]) -> None:
    with pytest.raises(Refused) as refused:
        authority("resolution_appraise", line["village"], TWO_TIER)
    assert refused.value.codes == ["no_authority"]
    with pytest.raises(Refused) as refused:
        authority("badge_award", line["post"], OLD)
    assert refused.value.codes == ["not_standing"]
    with pytest.raises(RuleMissingError):
        authority("no_such_act", line["village"], TWO_TIER)
