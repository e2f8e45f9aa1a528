"""A batch: decided as a list, its papers, a job of letters, what to order and pay; death; figures."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from hatnhan.documents import pdf
from hatnhan.duties.models import Duty
from hatnhan.honours.badges import actions, letters, papers, queries, summary
from hatnhan.honours.badges.choices import DEATH_DUTY
from hatnhan.honours.models import BadgeCase
from hatnhan.kernel import figures
from hatnhan.kernel.figures import On, Window
from hatnhan.kernel.job_models import Job
from hatnhan.members import actions as members
from tests.units.ground import TODAY
from tests.world import World, boss, refused

pytestmark = pytest.mark.django_db
D = date
BATCH = D(2027, 2, 3)


def proposed(world: World) -> BadgeCase:
    case = actions.declare(actor=world.actor("thuy"), person=world.person("hoa"), level=40, on=D(2026, 11, 10))
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12))
    actions.propose(actor=world.actor("ha"), case=case, on=D(2026, 11, 16), paper="12-TTr/ĐU")
    return case


def decided(world: World) -> BadgeCase:
    case = proposed(world)
    actions.decide_many(
        actor=world.actor("dung"), cases=[case], on=D(2026, 11, 20), decision_all="30-QĐ/TU", first=31, tail="-QĐ/TU"
    )
    return BadgeCase.objects.select_related("person", "unit").get(pk=case.pk)


def test_a_list_is_decided_at_once_over_http(world: World) -> None:
    case = proposed(world)
    dung = world.browser("dung")
    assert "Ngô Thị Hoa" in dung.get("/honours/badges/decide/").content.decode()
    given = {"on": "20/11/2026", "decision_all": "30-QĐ/TU", "first": "31", "tail": "-QĐ/TU"}
    assert dung.post("/honours/badges/decide/", given).status_code == 422
    assert dung.post("/honours/badges/decide/", {**given, "case": [str(case.pk)]}).status_code == 302
    case.refresh_from_db()
    assert (case.decision, case.decision_all, case.number) == ("31-QĐ/TU", "30-QĐ/TU", "SV 0000001")


def test_the_proposal_names_those_of_the_batch_in_pdf_and_docx(world: World) -> None:
    case = proposed(world)
    paper = papers.request_paper(world.land.lim, [case], BATCH, TODAY)
    assert "Ngô Thị Hoa" in paper.text()
    assert "cho 1 đồng chí" in paper.text()
    for form in ("pdf", "docx"):
        answer = world.browser("ha").get(f"/honours/badges/request.{form}?batch={BATCH}")
        assert answer.status_code == 200
    assert world.browser("ha").get("/honours/badges/request.exe").status_code == 404


def test_letters_are_made_by_the_worker_and_fetched_only_by_whoever_asked(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ha = world.browser("ha")
    with refused("none"):
        actions.print_letters(actor=world.actor("ha"), unit=world.land.lim, batch=BATCH)
    decided(world)
    answer = ha.post(f"/honours/badges/letters/?batch={BATCH}", {"form": "pdf"})
    job = Job.objects.get(kind="honours.letters")
    assert answer["Location"] == f"/honours/badges/letters/{job.pk}/"
    assert ha.get(answer["Location"]).status_code == 200
    count = letters.write(letters.file_of(job.pk), world.land.lim, [BadgeCase.objects.get().pk], "pdf", TODAY,
                          lambda _percent, _text: None)  # fmt: skip
    assert count == 1
    got = ha.get(f"/honours/badges/letters/{job.pk}/letters.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content)))  # type: ignore[attr-defined]
    assert packed.namelist() == ["thu-001.pdf"]
    assert packed.read("thu-001.pdf").startswith(b"%PDF")
    assert world.browser("khoa").get(f"/honours/badges/letters/{job.pk}/letters.zip").status_code == 404


def test_many_letters_are_one_page_each(world: World) -> None:
    made = papers.letters(world.land.lim, [decided(world)] * 3, {world.land.one.pk: "Chi bộ thôn Một"}, TODAY)
    assert "SV 0000001" in made[0].text()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf.letters(made, "Thư"))) == 3
    with pytest.raises(ValueError, match="Thư"):
        pdf.letters([], "Thư")


def test_the_summary_orders_badges_and_says_which_money_has_no_rule(world: World) -> None:
    world.receive("bon", "Lê Bốn", world.land.two, decision_date="1982-03-10", ceremony_date="1982-03-20",
                  official_date="1983-03-20")  # fmt: skip
    found = summary.year(world.actor("ha"), world.land.lim, 2027)
    assert {line.level: line.by_batch for line in found.lines} == {40: (1, 0, 0, 0), 45: (0, 1, 0, 0)}
    assert found.lacking == (45,)
    assert found.money == 2 * 2_530_000
    page = world.browser("ha").get("/honours/badges/summary/?year=2027").content.decode()
    assert "chưa có quy định trong hệ thống" in page
    decided(world)
    halves = summary.halves(world.actor("ha"), world.land.lim, 2026)
    assert [(half.decided, half.days) for half in halves] == [(0, 0), (1, 10)]


# --- death ----------------------------------------------------------------------------------------------------------


def test_a_death_near_a_level_is_looked_at_at_once(world: World) -> None:
    hoa = world.person("hoa")
    members.leave(actor=boss(), person=hoa, how="deceased", on=D(2026, 11, 15))
    duty = Duty.objects.get(kind=DEATH_DUTY, state="open")
    assert duty.about == hoa.pk
    thuy = world.browser("thuy")
    assert 'value="posthumous" selected' in thuy.get(f"/honours/people/{hoa.pk}/declare/").content.decode()
    case = actions.declare(
        actor=world.actor("thuy"), person=world.person("hoa"), level=40, on=D(2026, 11, 16), kind="posthumous",
        declared_by="family", despite=True,
    )  # fmt: skip
    assert case.batch_day is None
    assert not Duty.objects.filter(kind=DEATH_DUTY, state="open").exists()


def test_a_death_far_from_every_level_and_an_expulsion_open_nothing(world: World) -> None:
    members.leave(actor=boss(), person=world.person("thuy"), how="deceased", on=D(2026, 11, 15))
    members.leave(actor=boss(), person=world.person("hoa"), how="expelled", on=D(2026, 11, 15))
    assert not Duty.objects.filter(kind=DEATH_DUTY).exists()


# --- figures --------------------------------------------------------------------------------------------------------


def test_figures_open_the_members_who_bear_and_who_fall_due(world: World) -> None:
    lim = world.land.lim

    def value(code: str, when: On | Window) -> int:
        return int(figures.value(code, lim, when))

    assert value("honours.due", On(D(2026, 12, 5))) == 1
    decided(world)
    assert value("honours.bears.40", On(D(2026, 11, 21))) == 1
    assert value("honours.due", On(D(2026, 12, 5))) == 0
    window = Window(D(2026, 1, 1), D(2027, 1, 1))
    assert (value("honours.awarded", window), value("honours.awarded.40", window)) == (1, 1)
    assert queries.eligible(lim, TODAY, D(2026, 12, 1), D(2027, 3, 1)) == []
