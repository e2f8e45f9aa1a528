"""The questions that are asked of the records: each finds home memberships of a day, and names the act that mends.

A check is a condition in SQL within the scope; nothing is decrypted. What a number says of its bearer was kept when it
was written (`PersonNumber.says`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from hatnhan.members import permissions
from hatnhan.members.choices import LEFT_STANDINGS, MEMBER_STANDINGS
from hatnhan.members.models import GroupPlace, Membership, Participation, PersonNumber, Standing

Rows = QuerySet[Membership]
Condition = Callable[[Any], Any]
"""From a namespace with the day `on`, or its mark in a prepared query: a condition on memberships."""

FULL_DATE = 10  # characters of a date whose day is known


@dataclass(frozen=True)
class Check:
    """One question. `finds` narrows the home memberships in scope; with `strays` it is asked of the last homes that
    ended instead. `says` are parts with sentences of their own: which of them hold is told beside each row.
    `act` is the page that mends, `label_of_act` what its link says, `right` who may."""

    code: str
    label: Any
    meaning: Any
    finds: Condition
    act: str
    label_of_act: Any
    right: str = permissions.CHANGE
    strays: bool = False
    says: Mapping[str, tuple[Any, Condition]] = field(default_factory=dict)


def _of(rows: QuerySet[Any]) -> Q:
    """Memberships of the persons of other rows."""
    return Q(Exists(rows.filter(person=OuterRef("person_id"))))


def _full(at: Any) -> Q:
    return _of(Standing.objects.on(at.on).filter(kind="full"))


# --- numbers ------------------------------------------------------------------------------------------------------


def _no_number(at: Any) -> Q:
    return _full(at) & ~_of(PersonNumber.objects.on(at.on).filter(kind__in=("card", "national_id")))


def _other_year(at: Any) -> Q:
    said = PersonNumber.objects.on(at.on).filter(says__gt="", person__birth__isnull=False)
    born = Substr(Cast("person__birth", TextField()), 1, 4)
    return _of(said.annotate(year=Substr("says", 1, 4), born=born).exclude(year=F("born")))


def _other_sex(at: Any) -> Q:
    said = PersonNumber.objects.on(at.on).filter(says__gt="").exclude(person__sex="")
    return _of(said.annotate(sex=Substr("says", 5, 1)).exclude(sex=F("person__sex")))


# --- persons recorded twice, persons nowhere ------------------------------------------------------------------------


def twins(rows: Rows) -> Rows:
    """Rows of persons with the name and the birth of another person among them."""
    both = Concat("person__name_key", Value("|"), Cast("person__birth", TextField()), output_field=TextField())
    known = rows.filter(person__birth__isnull=False).annotate(both=both)
    several = known.order_by().values("both").annotate(n=Count("person", distinct=True)).filter(n__gt=1)
    return known.filter(both__in=several.values("both"))


def _nowhere(at: Any) -> Q:
    later = Membership.objects.unvoided().filter(
        person=OuterRef("person_id"), kind="home", valid_to__gt=OuterRef("valid_to")
    )
    member = _of(Standing.objects.on(at.on).filter(kind__in=tuple(MEMBER_STANDINGS)))
    return Q(went__in=("", "reorganised")) & ~Q(Exists(later)) & member


# --- periods that contradict ----------------------------------------------------------------------------------------


def _without_standing(at: Any) -> Q:
    return ~_of(Standing.objects.on(at.on))


def _left_but_here(at: Any) -> Q:
    return _of(Standing.objects.on(at.on).filter(kind__in=tuple(LEFT_STANDINGS)))


def _full_on_another_day(at: Any) -> Q:
    """The official day of the record is not the day on which the full standing begins."""
    begins = Standing.objects.on(at.on).filter(_known_to_the_day("person__official_date"), kind="full")
    begins = begins.annotate(first=Cast("valid_from", TextField()), official=Cast("person__official_date", TextField()))
    return _of(begins.exclude(first=F("official")))


def _official_too_early(_at: Any) -> Q:
    """Both days are known, and the official one is not after the ceremony."""
    both = _known_to_the_day("person__official_date") & _known_to_the_day("person__ceremony_date")
    return both & Q(person__official_date__lte=F("person__ceremony_date"))


def _group_elsewhere(at: Any) -> Q:
    held = GroupPlace.objects.on(at.on)
    elsewhere = held.filter(person=OuterRef("person_id")).exclude(group__unit=OuterRef("unit_id"))
    return Q(person__in=held.values("person")) & Q(Exists(elsewhere))


def _away_after_leaving(at: Any) -> Q:
    return _left_but_here(at) & _of(Participation.objects.on(at.on))


def _known_to_the_day(path: str) -> Q:
    return Q(Exact(Length(Cast(path, TextField())), Value(FULL_DATE)))


CONTRADICTIONS: dict[str, tuple[Any, Condition]] = {
    "no_standing": (_("chưa ghi là đảng viên dự bị hay chính thức"), _without_standing),
    "left": (_("đã từ trần hoặc ra khỏi Đảng nhưng vẫn còn trong danh sách"), _left_but_here),
    "official": (_("ngày chính thức khác với ngày bắt đầu là đảng viên chính thức"), _full_on_another_day),
    "early": (_("ngày chính thức không sau ngày vào Đảng"), _official_too_early),
    "group": (_("xếp vào tổ đảng của chi bộ khác"), _group_elsewhere),
    "away": (_("còn ghi miễn, tạm vắng sau khi đã ra khỏi Đảng"), _away_after_leaving),
}
NUMBER_SAYS: dict[str, tuple[Any, Condition]] = {
    "year": (_("năm sinh trong số định danh khác ngày sinh đã ghi"), _other_year),
    "sex": (_("giới tính trong số định danh khác giới tính đã ghi"), _other_sex),
}


def _any_of(parts: Mapping[str, tuple[Any, Condition]]) -> Condition:
    def either(at: Any) -> Any:
        found = Q(pk__in=[])
        for _sentence, condition in parts.values():
            found |= condition(at)
        return found

    return either


CHECKS: dict[str, Check] = {
    one.code: one
    for one in (
        Check(
            "no_number", _("Chưa có số thẻ, số định danh"), _("Đảng viên chính thức chưa ghi số nào."), _no_number,
            "members.set_number", _("Ghi số"), permissions.NUMBERS,
        ),
        Check(
            "no_birth", _("Chưa có ngày sinh"), _("Không tính được tuổi đời, không lên danh sách theo lứa tuổi."),
            lambda _at: Q(person__birth__isnull=True), "members.change", _("Ghi ngày sinh"),
        ),
        Check(
            "no_ceremony", _("Chưa có ngày vào Đảng"), _("Không tính được thời gian dự bị và tuổi đảng."),
            lambda _at: Q(person__ceremony_date__isnull=True), "members.change", _("Ghi ngày vào Đảng"),
        ),
        Check(
            "no_official", _("Đảng viên chính thức chưa có ngày chính thức"), _("Lấy ở quyết định công nhận."),
            lambda at: Q(person__official_date__isnull=True) & _full(at), "members.change",
            _("Ghi ngày chính thức"),
        ),
        Check(
            "no_decision", _("Tuổi đảng tạm tính, chưa có ngày quyết định kết nạp"),
            _("Tuổi đảng tính từ ngày quyết định kết nạp; chưa có thì tạm tính từ ngày vào Đảng."),
            lambda _at: Q(person__decision_date__isnull=True), "members.change", _("Ghi ngày quyết định"),
        ),
        Check(
            "number", _("Số định danh không khớp ngày sinh, giới tính"),
            _("Chữ số thứ tư cho thế kỷ và giới tính, hai chữ số sau cho năm sinh."), _any_of(NUMBER_SAYS),
            "members.change", _("Điều chỉnh"), says=NUMBER_SAYS,
        ),
        Check(
            "twins", _("Có thể một người ghi hai lần"), _("Trùng họ tên và ngày sinh trong cùng đơn vị này."),
            lambda _at: Q(), "members.merge", _("So và gộp"), permissions.MERGE,
        ),
        Check(
            "nowhere", _("Chưa thuộc chi bộ nào"),
            _("Vẫn là đảng viên nhưng nơi sinh hoạt cuối cùng đã kết thúc mà không ghi đi đâu."), _nowhere,
            "members.history", _("Xem quá trình"), strays=True,
        ),
        Check(
            "contradict", _("Thời gian, tình trạng mâu thuẫn"), _("Những điều không thể cùng đúng một lúc."),
            _any_of(CONTRADICTIONS), "members.history", _("Sửa chỗ ghi nhầm"), says=CONTRADICTIONS,
        ),
        Check(
            "ended_unit", _("Còn ở tổ chức đã kết thúc"), _("Tổ chức đã sáp nhập, giải thể mà đảng viên chưa chuyển."),
            lambda _at: Q(unit__placements__stands=False), "members.transfer", _("Chuyển sinh hoạt"),
            permissions.TRANSFER,
        ),
    )
}  # fmt: skip
