"""Figures of members: stocks over home memberships, flows over their first and last days.

Whoever leaves the Party loses the home membership that day, so home memberships alone are the members (probationary
and full). Sex, birth and Party age are those known now; ages count from the earliest day that a vague date allows."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.days import back_years
from hatnhan.kernel.facts import Held, Rows, Sheet, keep
from hatnhan.kernel.figures import Distinct, Figure, Ratio, Source, register
from hatnhan.kernel.known import Known
from hatnhan.members.choices import LEFT_STANDINGS
from hatnhan.members.models import (
    MemberFacts,
    Membership,
    MemberSums,
    Participation,
    Person,
    Standing,
    Tenure,
    UnitFacts,
    UnitSums,
)
from hatnhan.units.figures import standing


def _homes() -> QuerySet[Membership]:
    return Membership.objects.filter(kind="home")


homes = Source(
    "homes", _homes, held={"standing": "person__standings", "participation": "person__participations"}
)  # fmt: skip
arrivals = Source("arrivals", _homes, day="valid_from", other="origin")
departures = Source("departures", _homes, day="valid_to", other="destination")

Condition = Callable[[date, datetime | None], Q]

_MEMBERS, _PERSONS, _TIMES = _("đảng viên"), _("người"), _("lượt")


def _here(code: str, label: Any, meaning: Any, where: Q | Condition | None = None, *uses: str) -> Figure:
    return Figure(code, label, meaning, _MEMBERS, homes, Q() if where is None else where, uses=uses)


# --- standing and sex ---------------------------------------------------------------------------------------------

register(
    _here("members", _("Đảng viên"), _("Đảng viên chính thức và dự bị có nơi sinh hoạt chính thức tại đây.")),
    _here(
        "members.full", _("Đảng viên chính thức"), _("Đảng viên tại đây đã được công nhận chính thức."),
        Q(standing__kind="full"), "standing",
    ),
    _here(
        "members.probationary", _("Đảng viên dự bị"), _("Đảng viên tại đây còn trong kỳ dự bị."),
        Q(standing__kind="probationary"), "standing",
    ),
    _here("members.women", _("Đảng viên nữ"), _("Đảng viên tại đây là nữ."), Q(person__sex="f")),
    _here("members.men", _("Đảng viên nam"), _("Đảng viên tại đây là nam."), Q(person__sex="m")),
    _here("members.sex_unknown", _("Chưa ghi giới tính"), _("Chưa ghi là nam hay nữ."), Q(person__sex="")),
    Ratio(
        "members.women_share", _("Tỷ lệ đảng viên nữ"), _("Số đảng viên nữ chia cho số đảng viên."),
        "members.women", "members",
    ),
)  # fmt: skip


# --- age ----------------------------------------------------------------------------------------------------------

# Completed years of age, both included; None is open.
AGES: dict[str, tuple[int | None, int | None, Any]] = {
    "18_30": (None, 30, _("Đến 30 tuổi")),
    "31_35": (31, 35, _("31–35 tuổi")),
    "36_40": (36, 40, _("36–40 tuổi")),
    "41_45": (41, 45, _("41–45 tuổi")),
    "46_50": (46, 50, _("46–50 tuổi")),
    "51_55": (51, 55, _("51–55 tuổi")),
    "56_60": (56, 60, _("56–60 tuổi")),
    "over_60": (61, None, _("Trên 60 tuổi")),
}


def aged(low: int | None, high: int | None, sex: str = "") -> Condition:
    """Completed years of age on the day, of one sex or all. The stored text of a vague date ("1957") sorts before
    every day in it, so comparing texts takes it as its first day."""

    def on(day: date, _known_at: datetime | None) -> Q:
        found = Q(person__sex=sex) if sex else Q()
        if low is not None:
            found &= Q(person__birth__lte=Known.of(back_years(day, low)))
        if high is not None:
            found &= Q(person__birth__gt=Known.of(back_years(day, high + 1)))
        return found

    return on


_AGED = _("Đảng viên tại đây ở độ tuổi này, tính tròn tuổi; chỉ biết năm sinh thì coi như sinh ngày đầu năm.")
_WOMEN, _MEN = _("nữ"), pgettext_lazy("sex", "nam")
_AGED_WOMEN = _("Đảng viên nữ tại đây ở độ tuổi này, tính tròn tuổi.")
_AGED_MEN = _("Đảng viên nam tại đây ở độ tuổi này, tính tròn tuổi.")

for _code, (_low, _high, _label) in AGES.items():
    register(
        _here(f"members.age.{_code}", _label, _AGED, aged(_low, _high)),
        _here(f"members.age.{_code}.women", format_lazy("{}, {}", _label, _WOMEN), _AGED_WOMEN, aged(_low, _high, "f")),
        _here(f"members.age.{_code}.men", format_lazy("{}, {}", _label, _MEN), _AGED_MEN, aged(_low, _high, "m")),
    )
register(
    _here(
        "members.age.unknown", _("Chưa ghi ngày sinh"), _("Đảng viên tại đây chưa ghi ngày sinh."),
        Q(person__birth__isnull=True),
    )
)  # fmt: skip


# --- Party age ----------------------------------------------------------------------------------------------------

# Completed years of Party age: from the first, to before the second.
PARTY_AGES: dict[str, tuple[int | None, int | None, Any]] = {
    "under_5": (None, 5, _("Dưới 5 năm")),
    "5_10": (5, 10, _("5–9 năm")),
    "10_20": (10, 20, _("10–19 năm")),
    "20_30": (20, 30, _("20–29 năm")),
    "30_40": (30, 40, _("30–39 năm")),
    "40_50": (40, 50, _("40–49 năm")),
    "50_up": (50, None, _("Từ 50 năm")),
}


def party_aged(low: int | None, below: int | None) -> Condition:
    """Completed years since the day from which Party age counts, gaps taken out (294-QĐ/TW, item 4.5)."""

    def on(day: date, _known_at: datetime | None) -> Q:
        found = Q()
        if low is not None:
            found &= Q(person__party_base__lte=back_years(day, low))
        if below is not None:
            found &= Q(person__party_base__gt=back_years(day, below))
        return found

    return on


_PARTY_AGED = _("Đảng viên tại đây có tuổi đảng như vậy, tính tròn năm, đã trừ thời gian không tính tuổi đảng.")

for _code, (_low, _below, _label) in PARTY_AGES.items():
    register(_here(f"members.party_age.{_code}", _label, _PARTY_AGED, party_aged(_low, _below)))
register(
    _here(
        "members.party_age.unknown", _("Chưa rõ tuổi đảng"),
        _("Đảng viên tại đây chưa ghi ngày quyết định kết nạp và ngày vào Đảng."), Q(person__party_base__isnull=True),
    )
)  # fmt: skip


# --- participation ------------------------------------------------------------------------------------------------


def _deviating(code: str, label: Any, meaning: Any, *kinds: str) -> Figure:
    return _here(code, label, meaning, Q(participation__kind__in=kinds), "participation")


register(
    _here(
        "members.active", _("Đang sinh hoạt"),
        _("Đảng viên tại đây không miễn, không bị đình chỉ, không sinh hoạt tạm thời hay đang chuyển đi nơi khác."),
        Q(participation__isnull=True), "participation",
    ),
    _deviating(
        "members.exempt", _("Miễn sinh hoạt"), _("Đảng viên tại đây được miễn hoặc tạm miễn sinh hoạt."),
        "exempt", "exempt_for_time",
    ),
    _deviating(
        "members.temp_out", _("Sinh hoạt tạm thời nơi khác"), _("Đảng viên tại đây đang tạm thời ở nơi khác."),
        "temporary_out",
    ),
    _deviating(
        "members.in_transit", _("Đã cấp giấy giới thiệu, chưa đến nơi"),
        _("Đảng viên tại đây đã được cấp giấy giới thiệu chuyển đi, nơi đến chưa tiếp nhận."), "in_transit",
    ),
    _deviating(
        "members.suspended", _("Đình chỉ sinh hoạt"), _("Đảng viên tại đây đang bị đình chỉ sinh hoạt."), "suspended",
    ),
    _deviating("members.abroad", _("Đang ở nước ngoài"), _("Đảng viên tại đây đang ở nước ngoài."), "abroad"),
)  # fmt: skip


# --- what somebody should look at ---------------------------------------------------------------------------------


def _probation_over(day: date, _known_at: datetime | None) -> Q:
    """Probation lasts twelve months from the ceremony (Charter, Art. 5)."""
    return Q(standing__kind="probationary", standing__valid_from__lte=back_years(day, 1))


def _unled(day: date, known_at: datetime | None) -> Q:
    kinds = [kind.code for kind in rulebook.at(day).kinds().values() if kind.cell]
    leading = Tenure.objects.on(day, known_at=known_at).filter(unit=OuterRef("unit_id"), office="secretary")
    return Q(kind__in=kinds) & ~Q(Exists(leading))


register(
    _here(
        "members.probation_over", _("Dự bị đã đủ 12 tháng"),
        _("Đảng viên tại đây đã đủ 12 tháng dự bị mà chưa ghi là được công nhận chính thức."), _probation_over,
        "standing",
    ),
    _here(
        "members.provisional", _("Tuổi đảng còn tạm tính"),
        _("Đảng viên tại đây chưa ghi đủ ngày quyết định kết nạp, nên tuổi đảng mới tính tạm theo ngày vào Đảng."),
        Q(person__party_base_provisional=True),
    ),
    Figure(
        "units.cells_unled", _("Chi bộ chưa có bí thư"),
        _("Chi bộ đang hoạt động mà vào ngày này chưa ghi ai là bí thư."), _("chi bộ"), standing, where=_unled,
    ),
)  # fmt: skip


# --- flows --------------------------------------------------------------------------------------------------------


def _came(code: str, how: str, label: Any, meaning: Any, *, border: bool = False) -> Figure:
    return Figure(code, label, meaning, _TIMES if border else _MEMBERS, arrivals, Q(came=how), border=border)


def _went(code: str, how: tuple[str, ...], label: Any, meaning: Any, *, border: bool = False) -> Figure:
    return Figure(code, label, meaning, _TIMES if border else _MEMBERS, departures, Q(went__in=how), border=border)


register(
    _came(
        "members.loaded", "loaded", _("Có trong danh sách ban đầu"),
        _("Đảng viên ghi vào khi lập danh sách ban đầu, tính vào ngày bắt đầu ghi trong danh sách."),
    ),
    _came("members.admitted", "admitted", _("Kết nạp"), _("Đảng viên được kết nạp tại đây trong thời gian này.")),
    _came(
        "members.restored", "restored", _("Phục hồi đảng tịch"),
        _("Đảng viên được phục hồi đảng tịch tại đây trong thời gian này."),
    ),
    _came(
        "members.in", "transferred", _("Chuyển đến"),
        _("Lượt chuyển sinh hoạt từ nơi khác đến, không tính giữa các tổ chức bên trong."), border=True,
    ),
    _came(
        "members.reorganised_in", "reorganised", _("Đến do sắp xếp tổ chức"),
        _("Lượt đến theo quyết định sáp nhập, chia tách, không tính giữa các tổ chức bên trong."), border=True,
    ),
    Figure(
        "members.in_persons", _("Người chuyển đến"), _("Số người chuyển đến từ nơi khác, mỗi người chỉ tính một lần."),
        _PERSONS, arrivals, Q(came="transferred"), Distinct("person"), border=True,
    ),
    _went(
        "members.out", ("transferred",), _("Chuyển đi"),
        _("Lượt chuyển sinh hoạt đi nơi khác, không tính giữa các tổ chức bên trong."), border=True,
    ),
    _went(
        "members.reorganised_out", ("reorganised",), _("Đi do sắp xếp tổ chức"),
        _("Lượt đi theo quyết định sáp nhập, chia tách, không tính giữa các tổ chức bên trong."), border=True,
    ),
    _went(
        "members.left", tuple(LEFT_STANDINGS), _("Từ trần, ra khỏi Đảng"),
        _("Đảng viên từ trần, bị khai trừ, bị xóa tên, được ra khỏi Đảng hoặc bị hủy quyết định kết nạp."),
    ),
    *(
        _went(f"members.left.{how}", (how,), label, _("Đảng viên không còn trong danh sách vì lý do này."))
        for how, label in LEFT_STANDINGS.items()
    ),
)  # fmt: skip

# Opening + these = closing, for every unit in a fixed frame. In the frame `THEN` units themselves come and go with
# their members.
BALANCE = {
    "members.loaded": 1, "members.admitted": 1, "members.restored": 1, "members.in": 1, "members.reorganised_in": 1,
    "members.out": -1, "members.reorganised_out": -1, "members.left": -1,
}  # fmt: skip


# --- what is kept -------------------------------------------------------------------------------------------------

keep(
    Sheet(
        "members", MemberFacts, MemberSums, (homes, arrivals, departures),
        counted=Rows(_homes, same=("person_id",), begins=("came", "origin_id"), ends=("went", "destination_id")),
        held=(Held(Standing, same=("kind", "valid_from")), Held(Participation, same=("kind",))), attributes=Person,
    )
)  # fmt: skip
keep(
    Sheet(
        "units", UnitFacts, UnitSums, (standing,), counted=Rows(standing.rows, same=("kind",)),
        held=(Held(Tenure, same=("office",), through="unit"),),
    )
)  # fmt: skip
