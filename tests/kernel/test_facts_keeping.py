"""Which months are kept, what the job does, what the command says, what a page tells of it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils import timezone

from hatnhan.kernel import facts, figures, worker
from hatnhan.kernel.days import ONE
from hatnhan.kernel.fact_models import KeptMonth, Mark
from hatnhan.kernel.facts import changing, keeping, reading, sheet
from hatnhan.kernel.figures import Kept, On, Window, base
from hatnhan.kernel.job_models import Job
from hatnhan.kernel.known import Known
from hatnhan.members import actions as members
from hatnhan.members.models import MemberFacts, Membership, MemberSums, Person
from tests import world
from tests.units.ground import START, TODAY, Ground, boss, ground
from tests.world import World

pytestmark = pytest.mark.django_db

MEMBERS = facts.SHEETS["members"]
MARCH = date(2026, 3, 31)


@pytest.fixture
def land() -> Ground:
    """Three members: two at one cell from the start, one at another from March on."""
    made = ground()
    for name, unit, on in (("Lê Văn Một", made.one, START), ("Lê Thị Hai", made.one, START)):
        members.receive(actor=boss(), unit=unit, on=on, name=name, came="loaded", sex="f" if "Thị" in name else "m")
    members.receive(actor=boss(), unit=made.two, on=date(2026, 3, 9), name="Lê Văn Ba", came="admitted", sex="m")
    return made


def read(land: Ground, code: str, on: date = TODAY) -> tuple[int, Kept | None]:
    found = figures.table([code], land.lim, On(on), by=None)
    return found.total[code], found.kept


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("facts", *arguments, stdout=out)
    return out.getvalue()


# --- months -------------------------------------------------------------------------------------------------------


def test_months_are_kept_from_the_first_member_on_and_for_two_years(land: Ground) -> None:
    facts.keep_up(TODAY)
    kept = dict(KeptMonth.objects.values_list("month", "day"))
    assert min(kept) == START.replace(day=1)
    assert kept[date(2026, 2, 1)] == date(2026, 2, 28)
    assert max(kept.values()) == TODAY
    facts.keep_up(date(2029, 5, 6))
    kept = dict(KeptMonth.objects.values_list("month", "day"))
    assert (len(kept), min(kept)) == (keeping.MONTHS, date(2027, 5, 1))
    assert not MemberFacts.objects.filter(month__lt=date(2027, 5, 1)).exists()
    assert not MemberSums.objects.filter(month__lt=date(2027, 5, 1)).exists()


def test_where_nobody_is_nothing_is_kept() -> None:
    facts.keep_up(TODAY)
    assert not KeptMonth.objects.exists()
    assert not facts.needed(TODAY)
    ground()
    facts.keep_up(TODAY)
    assert set(KeptMonth.objects.values_list("sheet", flat=True)) == {"units"}


def test_a_new_day_makes_the_running_month_one_of_that_day(land: Ground) -> None:
    facts.keep_up(TODAY)
    members.change(actor=boss(), person=Person.objects.get(name="Lê Văn Một"), on=TODAY, birth=Known("1995-11-23"))
    facts.keep_up(TODAY)
    assert read(land, "members.age.18_30") == (1, Kept(TODAY, 0))
    tomorrow = TODAY + ONE
    assert read(land, "members.age.18_30", tomorrow) == (0, None)  # ages move by themselves: counted
    assert facts.needed(tomorrow)
    facts.keep_up(tomorrow)
    assert read(land, "members.age.18_30", tomorrow) == (0, Kept(tomorrow, 0))
    assert read(land, "members.age.31_35", tomorrow) == (1, Kept(tomorrow, 0))


def test_a_changed_definition_is_not_read_until_its_months_are_counted_again(land: Ground) -> None:
    facts.keep_up(TODAY)
    figure = base("members.women")
    where = figure.where
    try:
        figure.__dict__["where"] = Q(person__sex="m")
        sheet._version.cache_clear()
        assert read(land, "members.women") == (2, None)
        assert "định nghĩa cũ" in told()
        assert facts.needed(TODAY)
        facts.keep_up(TODAY)
        assert read(land, "members.women") == (2, Kept(TODAY, 0))
    finally:
        figure.__dict__["where"] = where
        sheet._version.cache_clear()


# --- marks --------------------------------------------------------------------------------------------------------


def test_what_waits_is_counted_live_and_the_reader_is_told(land: Ground) -> None:
    facts.keep_up(TODAY)
    members.receive(actor=boss(), unit=land.three, on=TODAY, name="Lê Văn Tư", came="admitted")
    assert read(land, "members") == (4, Kept(TODAY, 1))
    elsewhere = figures.table(["members"], land.che, On(TODAY), by=None)
    assert elsewhere.kept == Kept(TODAY, 0)
    assert facts.count_marked(MEMBERS) > 0
    assert facts.count_marked(MEMBERS) == 0
    assert read(land, "members") == (4, Kept(TODAY, 0))


def test_when_too_much_waits_everything_is_counted(land: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    facts.keep_up(TODAY)
    monkeypatch.setattr(changing, "APART", 0)
    members.receive(actor=boss(), unit=land.three, on=TODAY, name="Lê Văn Tư", came="admitted")
    assert read(land, "members") == (4, None)


def test_what_was_known_at_a_moment_is_never_read_from_what_is_kept(
    land: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts.keep_up(TODAY)
    before = Membership.objects.latest("recorded_at").recorded_at
    members.receive(actor=boss(), unit=land.three, on=START, name="Lê Văn Tư", came="admitted")
    facts.keep_up(TODAY)
    monkeypatch.setattr(reading, "read", None)
    assert figures.value("members", land.lim, On(TODAY), known_at=before) == 3


def test_persons_are_counted_and_the_rest_of_the_table_is_read(land: Ground) -> None:
    facts.keep_up(TODAY)
    members.transfer(actor=boss(), person=Person.objects.get(name="Lê Văn Ba"), to=land.one, on=date(2026, 5, 2))
    facts.keep_up(TODAY)
    MemberSums.objects.update(members=100, admitted=100)
    MemberSums.objects.filter(month=date(2026, 5, 1)).update(in_0=50)
    found = figures.table(["members", "members.in", "members.in_persons"], land.lim, Window(START, TODAY + ONE))
    assert found.total == {"members": 100, "members.in": 50, "members.in_persons": 0}
    assert (found.part(land.one.pk, "members.in"), found.part(land.one.pk, "members.in_persons")) == (51, 1)


# --- the job ------------------------------------------------------------------------------------------------------


def test_the_job_runs_only_while_something_waits(land: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def planned() -> int:
        worker.plan_periodic()
        return Job.objects.filter(kind="kernel.facts", state="queued").count()

    assert planned() == 1
    worker.run_all()
    assert KeptMonth.objects.exists()
    assert not Mark.objects.exists()
    Job.objects.update(finished_at=timezone.now() - timedelta(1))
    assert planned() == 0
    members.receive(actor=boss(), unit=land.three, on=TODAY, name="Lê Văn Tư", came="admitted")
    assert planned() == 1


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def tampered(land: Ground) -> Ground:
    """A kept number that is not what counting gives."""
    call_command("facts", "rebuild", stdout=StringIO())
    MemberFacts.objects.filter(month=date(2026, 3, 1), unit=land.two).update(members=7)
    return land


def test_the_command_says_how_it_stands(land: Ground) -> None:
    assert "chưa gộp tháng nào" in told()
    assert "members: gộp" in told("count")
    members.receive(actor=boss(), unit=land.three, on=TODAY, name="Lê Văn Tư", came="admitted")
    assert "1 tổ chức đang chờ tính lại" in told()


def test_verify_names_what_does_not_agree_and_rebuild_mends_it(tampered: Ground) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="4 chỗ không khớp"):  # the facts, and sums on three levels
        call_command("facts", "verify", stdout=out)
    assert "members, tháng 03/2026, facts" in out.getvalue()
    assert "đang giữ 7, đếm lại 1" in out.getvalue()
    assert "members 08/2025" in told("rebuild")
    assert "đều khớp" in told("verify")


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_dashboard_and_a_figure_tell_how_far_their_numbers_reach() -> None:
    built: World = world.build()
    client = built.browser("ha")
    assert "gộp sẵn" not in client.get("/dashboard/").content.decode()
    call_command("facts", "count", stdout=StringIO())
    for address in ("/dashboard/", "/figures/members/", "/figures/members.left/"):
        text = client.get(address).content.decode()
        assert "Số liệu đã được gộp sẵn đến ngày" in text
        assert "đang chờ gộp lại" not in text
    members.leave(actor=boss(), person=built.person("sau"), how="deceased", on=date(2026, 7, 1))
    for address in ("/dashboard/", "/figures/members/"):
        text = client.get(address).content.decode()
        assert "1 tổ chức vừa có thay đổi, đang chờ gộp lại" in text
        assert "được tính trực tiếp" in text
