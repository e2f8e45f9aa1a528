"""Introducing, registering, commenting in bulk, ending; and the gathering of guests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain, sort_key
from hatnhan.members.actions.people import require_at_home
from hatnhan.members.models import Person
from hatnhan.movements.permissions import COMMENT, INTRODUCE
from hatnhan.units.queries import by_code, name_of

from . import queries
from .choices import ENDED, GROUPS
from .models import ResidenceComment, ResidenceGathering, ResidenceLink

MOST_ASKED = 5000


@dataclass(frozen=True)
class Line:
    """What the desk says of one guest: the link's key, a grade, words, and how often the guest came."""

    link: int
    level: str
    text: str
    attended: int | None = None


@action("movements.introduce", of=ResidenceLink)
def introduce(
    *, actor: Actor, person: Person, on: date, to: Unit | None = None, to_code: str = "", place: str = "",
    group: str = "", letter: str = "", reason: str = "",
) -> ResidenceLink:  # fmt: skip
    """Introduce an own member to the cell where he or she lives, here or outside (06-HD/TW, item 10.3đ). Refuses the
    own cell, a group that is not introduced (33-HD/BTCTW, 1.2), and a second introduction."""
    home = require_at_home(actor, INTRODUCE, person)
    if to_code:
        to = by_code(to_code.strip(), actor.on) or to
    if to is not None:
        must_stand(to, on, FAR)
        if to.pk == home.unit_id:
            refuse("already_there", _("Đồng chí này sinh hoạt chính thức ở chi bộ đó rồi."), field="to")
    _of_group(group, on)
    if ResidenceLink.objects.on(on).filter(person=person).exists():
        refuse("twice", _("Đồng chí này đã được giới thiệu về nơi cư trú; hãy kết thúc lần trước rồi ghi lần mới."))
    link = _begin(
        person=person, name=person.name, born=person.birth.year if person.birth else None, unit=to,
        place="" if to is not None else place, workplace=home.unit, workplace_text="", group=group, letter=letter,
        on=on, actor=actor,
    )  # fmt: skip
    act().tell(
        gettext_noop("Giới thiệu đồng chí %(name)s giữ mối liên hệ với %(where)s."), about=[person, link],
        units=[home.unit, *([to] if to else [])], name=person.name, where=name_of(to, on) if to else link.place,
    )  # fmt: skip
    return link


@action("movements.register_guest", of=ResidenceLink)
def register_guest(
    *, actor: Actor, unit: Unit, name: str, workplace_text: str, on: date, born: int | None = None, address: str = "",
    phone: str = "", group: str = "", letter: str = "", reason: str = "",
) -> ResidenceLink:  # fmt: skip
    """Register a working member of another place who lives here. Only what is needed is kept. Refuses a second entry of
    the same name and year of birth in the cell."""
    actor.require(COMMENT, at=unit)
    must_stand(unit, on, FAR)
    for field, text, said in (
        ("name", name, _("Hãy ghi họ và tên.")), ("workplace_text", workplace_text, _("Hãy ghi nơi công tác.")),
    ):  # fmt: skip
        if not nfc(text):
            refuse(field, said, field=field)
    if born is not None and not 1900 <= born <= on.year - 16:
        refuse("born", _("Năm sinh chưa đúng."), field="born")
    _of_group(group, on)
    same = ResidenceLink.objects.on(on).filter(unit=unit, name_key=plain(name), born=born)
    if same.exists():
        refuse("twice", _("Chi bộ đã ghi một đồng chí cùng tên, cùng năm sinh."), field="name")
    link = _begin(
        person=None, name=name, born=born, unit=unit, place="", workplace=None, workplace_text=workplace_text,
        group=group, letter=letter, on=on, actor=actor, address=address, phone=phone,
    )  # fmt: skip
    act().tell(
        gettext_noop("Ghi đồng chí %(name)s, công tác ở %(where)s, giữ mối liên hệ với %(unit)s."), about=[link],
        units=[unit], name=link.name, where=link.workplace_text, unit=name_of(unit, on),
    )  # fmt: skip
    return link


def _begin(*, actor: Actor, on: date, name: str, **fields: object) -> ResidenceLink:
    not_too_far(actor, on)
    texts = {key: nfc(value) if isinstance(value, str) else value for key, value in fields.items()}
    if texts["unit"] is None and not texts["place"]:
        refuse("destination", _("Hãy chọn chi bộ nơi cư trú, hoặc ghi tên nơi cư trú ngoài hệ thống."), field="to")
    return begin(
        ResidenceLink(
            key=new_id(), name=nfc(name), name_key=plain(name), sort_key=sort_key(nfc(name)), valid_from=on, **texts
        )
    )


def _of_group(group: str, on: date) -> None:
    if group not in GROUPS:
        refuse("group", _("Hãy chọn trong danh sách."), field="group")
    rule = rulebook.at(on).get(f"residence.group.{group}") if group else None
    if rule is not None and rule.value == "no_introduction":
        text = _("Diện này không giới thiệu về nơi cư trú.")
        source = rulebook.sentence(rule)
        raise Refused(Reason("not_introduced", text, field="group", source=source, rule=rule.reference))


@action("movements.end_residence", of=ResidenceLink)
def end_residence(*, actor: Actor, link: ResidenceLink, on: date, why: str, reason: str = "") -> None:
    """The link ends on the day; address and telephone of the guest are not kept any longer."""
    at = link.unit or link.workplace
    actor.require(COMMENT if link.unit is not None else INTRODUCE, at=at or 0)
    if why not in ENDED:
        refuse("why", _("Hãy chọn trong danh sách."), field="why")
    if link.voided_at is not None or not link.valid_from < on < link.valid_to:
        refuse("ended", _("Mối liên hệ này không kéo dài đến ngày đã chọn."), field="on")
    end(link, on, address="", phone="", ended_why=why)
    ResidenceLink.objects.filter(key=link.key).update(address="", phone="")
    act().tell(
        gettext_noop("Kết thúc mối liên hệ nơi cư trú của đồng chí %(name)s từ ngày %(on)s."), about=[link],
        units=[unit for unit in (link.unit, link.workplace) if unit], name=link.name, on=Known.of(on),
    )  # fmt: skip


@action("movements.comment_guests", of=ResidenceComment)
def comment_guests(*, actor: Actor, unit: Unit, year: int, lines: Sequence[Line], on: date, reason: str = "") -> int:
    """Write the year's comments of a cell's guests, all at once: those that were written before are replaced. Refuses
    the whole sheet when one line names a guest of another cell, has no grade, or was sent already. Returns how many."""
    actor.require(COMMENT, at=unit)
    levels = rulebook.at(on)["residence.levels"].value
    if not 2000 <= year <= on.year:
        refuse("year", _("Hãy chọn năm đã qua hoặc năm nay."), field="year")
    known = {row.key: row for row in queries.guests_of(unit, queries.day_of_year(year, on))}
    sent = set(
        ResidenceComment.objects.filter(unit=unit, year=year, sent_on__isnull=False).values_list("link", flat=True)
    )
    rows = [_comment(unit, year, line, on, known, levels, sent) for line in lines]
    if not rows:
        refuse("nothing", _("Chưa nhận xét đồng chí nào."))
    ResidenceComment.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["link", "year"],
        update_fields=["level", "text", "attended", "written_on", "written_in"],
    )  # fmt: skip
    act().tell(
        gettext_noop("Nhận xét %(n)s đảng viên giữ mối liên hệ với %(unit)s, năm %(year)s."), units=[unit], n=len(rows),
        unit=name_of(unit, on), year=year,
    )  # fmt: skip
    return len(rows)


def _comment(
    unit: Unit, year: int, line: Line, on: date, known: dict[int, ResidenceLink], levels: Iterable[str], sent: set[int]
) -> ResidenceComment:
    link = known.get(line.link)
    if link is None:
        refuse("guest", _("Có đồng chí không còn trong danh sách của chi bộ. Hãy tải lại trang."))
    if line.link in sent:
        refuse("sent", _("Nhận xét về đồng chí %(name)s đã gửi nên không sửa được nữa.") % {"name": link.name})
    if line.level not in levels:
        refuse("level", _("Hãy chọn mức nhận xét của đồng chí %(name)s.") % {"name": link.name})
    if not nfc(line.text):
        refuse("text", _("Hãy ghi lời nhận xét về đồng chí %(name)s.") % {"name": link.name})
    return ResidenceComment(
        link=line.link, unit=unit, year=year, level=line.level, text=nfc(line.text)[:500], attended=line.attended,
        written_on=on, written_in=act().id,
    )  # fmt: skip


@action("movements.send_comments", of=ResidenceComment)
def send_comments(*, actor: Actor, unit: Unit, year: int, on: date, paper: str = "", reason: str = "") -> int:
    """The year's comments have gone to the workplaces; from now on they stay. Returns how many."""
    actor.require(COMMENT, at=unit)
    rows = ResidenceComment.objects.filter(unit=unit, year=year, sent_on__isnull=True)
    count = rows.update(sent_on=on, paper=nfc(paper)[:60])
    if not count:
        refuse("nothing", _("Không có nhận xét nào chưa gửi."))
    act().tell(
        gettext_noop("Gửi %(n)s nhận xét nơi cư trú năm %(year)s của %(unit)s."), units=[unit], n=count, year=year,
        unit=name_of(unit, on),
    )  # fmt: skip
    return count


@action("movements.record_gathering", of=ResidenceGathering)
def record_gathering(
    *, actor: Actor, unit: Unit, on: date, asked: int, came: int, place: str = "", reason: str = ""
) -> ResidenceGathering:
    """The residence met its guests: how many were asked, how many came. Refuses more comers than asked, and a day to
    come."""
    actor.require(COMMENT, at=unit)
    if on > actor.on:
        refuse("future", _("Ngày này ở sau hôm nay."), field="on")
    if asked > MOST_ASKED:
        refuse("asked", _("Số được mời nhiều nhất là %(n)s.") % {"n": MOST_ASKED}, field="asked")
    if came > asked:
        refuse("came", _("Số dự không thể lớn hơn số được mời."), field="came")
    row = begin(
        ResidenceGathering(unit=unit, place=nfc(place), asked=asked, came=came, valid_from=on, valid_to=on + ONE)
    )
    act().tell(
        gettext_noop("%(unit)s gặp mặt đảng viên giữ mối liên hệ: mời %(asked)s, dự %(came)s."), about=[row],
        units=[unit], unit=name_of(unit, on), asked=asked, came=came,
    )  # fmt: skip
    return row
