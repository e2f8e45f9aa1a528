"""The register: numbers by term, never given again; frozen with their hash; adopted is not signed; secret ones bare."""

import hashlib
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from hatnhan.documents import actions, files, queries
from hatnhan.documents.files import Given
from hatnhan.documents.models import File, Paper
from hatnhan.kernel.actor import Forbidden, NotFound
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

PDF = b"%PDF-1.7\n% an invented paper\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
TERM = date(2025, 8, 1)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def with_term(world: World, where: str = "one", on: date = TERM) -> None:
    unit = getattr(world.land, where)
    actions.begin_term(actor=boss(), unit=unit, on=on, name="2025–2030", basis="Đại hội chi bộ")


def entered(world: World, **changes: Any) -> Paper:
    given: dict[str, Any] = {"kind": "resolution", "day": date(2026, 11, 3), "about": "Làm đường thôn"}
    unit = changes.pop("unit", world.land.one)
    return actions.register(actor=boss(), unit=unit, **{**given, **changes})


def upload(name: str = "nghi-quyet.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_gives_a_number_scans_the_signed_copy_and_finds_it_without_marks(world: World) -> None:
    thuy = world.browser("thuy")
    assert "Chưa ghi ngày bắt đầu nhiệm kỳ" in said(thuy.get("/papers/"))
    form = {
        "kind": "resolution",
        "body": "cell",
        "day": "3/11/2026",
        "about": "Làm đường thôn",
        "signer": "Lê Thị Thủy",
    }
    told = thuy.post("/papers/out/", form)
    assert told.status_code == 422
    assert "hãy ghi ngày bắt đầu nhiệm kỳ trước" in said(told)
    assert 'value="Làm đường thôn"' in told.content.decode()
    assert thuy.post("/papers/terms/", {"name": "2025–2030", "on": "1/8/2025"}).status_code == 302
    assert thuy.post("/papers/out/", {**form, "files": upload()}).status_code == 302
    one = Paper.objects.get()
    assert (one.symbol, one.state, one.number) == ("01-NQ/CB", "adopted", 1)
    kept = File.objects.get()
    assert (kept.role, kept.kind, kept.sha256) == ("content", "pdf", hashlib.sha256(PDF).hexdigest())
    page = said(thuy.get(f"/papers/{one.pk}/"))
    assert "Đã vào sổ, chưa ký" in page
    assert kept.sha256[:12] in page
    assert thuy.get(f"/papers/files/{kept.pk}/").content == PDF
    assert thuy.post(f"/papers/{one.pk}/sign/", {"file": upload("ký.png", PNG)}).status_code == 302
    one.refresh_from_db()
    assert one.state == "signed"
    assert thuy.post(f"/papers/{one.pk}/sign/", {"file": upload("ký.png", PNG)}).status_code == 422
    for words in ("lam duong", "nq/cb", "LÀM THÔN"):
        assert "01-NQ/CB" in said(thuy.get("/papers/", {"q": words})), words
    assert "Không có kết quả" in said(thuy.get("/papers/", {"q": "trồng rừng"}))


def test_numbers_run_by_type_through_the_term_and_anew_in_the_next(world: World) -> None:
    with_term(world)
    symbols = [entered(world, day=day).symbol for day in (date(2025, 12, 30), date(2026, 1, 5), date(2026, 3, 3))]
    assert symbols == ["01-NQ/CB", "02-NQ/CB", "03-NQ/CB"]  # not anew on 1 January
    assert entered(world, kind="plan", day=date(2026, 2, 3)).symbol == "01-KH/CB"
    actions.begin_term(actor=boss(), unit=world.land.one, on=date(2026, 4, 1), name="2026–2031")
    assert entered(world).symbol == "01-NQ/CB"
    assert entered(world, day=date(2026, 3, 20)).symbol == "04-NQ/CB"  # belongs to the term of its day


def test_the_committee_and_its_standing_board_share_their_counters(world: World) -> None:
    with_term(world, "lim")
    assert entered(world, unit=world.land.lim, body="committee").symbol == "01-NQ/ĐU"
    assert entered(world, unit=world.land.lim, body="standing").symbol == "02-NQ/ĐU"
    assert entered(world, unit=world.land.lim, body="congress").symbol == "01-NQ/ĐH"
    assert entered(world, unit=world.land.lim, body="congress", kind="programme").symbol == "02-CTr/ĐH"


def test_a_cancelled_number_stays_with_its_reason_and_is_never_given_again(world: World) -> None:
    with_term(world)
    one, thuy = entered(world), world.browser("thuy")
    assert thuy.post(f"/papers/{one.pk}/cancel/", {"reason": ""}).status_code == 422
    assert thuy.post(f"/papers/{one.pk}/cancel/", {"reason": "In nhầm"}).status_code == 302
    assert entered(world).symbol == "02-NQ/CB"
    assert "In nhầm" in said(thuy.get(f"/papers/{one.pk}/"))
    with refused("number"):
        entered(world, number=1)
    with refused("state"):
        actions.cancel(actor=boss(), paper=Paper.objects.get(pk=one.pk), reason="Lần nữa")
    assert entered(world, number=7).symbol == "07-NQ/CB"  # as it stands on paper
    assert entered(world).symbol == "08-NQ/CB"


def test_the_database_itself_refuses_a_number_twice(world: World) -> None:
    with_term(world)
    one = entered(world)
    again = {
        field.attname: getattr(one, field.attname) for field in Paper._meta.concrete_fields if not field.primary_key
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**again)


def test_what_came_in_is_numbered_by_the_year_of_arrival(world: World) -> None:
    ha = world.browser("ha")
    form = {"sender": "Tỉnh ủy Sơn Vân", "symbol": "12-CV/TU", "kind": "letter", "day": "30/10/2026",
            "received_on": "2/11/2026", "about": "Hướng dẫn sinh hoạt tháng 11", "files": upload()}  # fmt: skip
    assert ha.post(f"/papers/in/?unit={world.land.lim.pk}", form).status_code == 302
    one = Paper.objects.get()
    assert (one.number, one.series, one.state, one.party) == (1, "in:2026", "received", "Tỉnh ủy Sơn Vân")
    assert "12-CV/TU" in said(ha.get("/papers/", {"direction": "in"}))
    assert "12-CV/TU" not in said(ha.get("/papers/", {"direction": "out"}))
    wrong = ha.post(f"/papers/in/?unit={world.land.lim.pk}", {**form, "received_on": "1/10/2026", "files": upload()})
    assert wrong.status_code == 422
    assert "Ngày đến phải từ ngày văn bản 30/10/2026" in said(wrong)


# --- who may issue what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "body", "kind", "fine"),
    [
        ("one", "cell", "resolution", True),
        ("one", "cell", "working_rules", True),
        ("one", "cell", "regulation", False),
        ("one", "cell", "guideline", False),
        ("one", "cell", "directive", False),
        ("one", "cell", "introduction", True),
        ("lim", "committee", "working_rules", True),
        ("lim", "committee", "regulation", True),
        ("lim", "committee", "guideline", False),
        ("lim", "standing", "guideline", True),
        ("lim", "standing", "working_rules", False),
        ("lim", "standing", "circular", False),
    ],
)
def test_the_table_of_issuers_warns_because_its_text_was_not_seen(
    world: World, where: str, body: str, kind: str, fine: bool
) -> None:
    """399-QĐ/TW, Articles 11 and 13, read second-hand: an unsure rule is told and recorded, and does not refuse."""
    with_term(world, where)
    given = {"unit": getattr(world.land, where), "body": body, "kind": kind}
    if fine:
        assert entered(world, **given)
        return
    with refused("unsure"):
        entered(world, **given)
    assert entered(world, **given, despite=True)
    assert "paper_issuer" in str(last_entry().payload.lines)


def test_the_page_asks_once_before_what_an_unsure_rule_objects_to(world: World) -> None:
    with_term(world)
    thuy = world.browser("thuy")
    form = {"kind": "guideline", "body": "cell", "day": "3/11/2026", "about": "Hướng dẫn"}
    asked = thuy.post("/papers/out/", form)
    assert asked.status_code == 422
    assert "Chi bộ không ra hướng dẫn." in said(asked)
    assert "399-QĐ/TW" in said(asked)
    assert "Vẫn vào sổ" in said(asked)
    assert thuy.post("/papers/out/", {**form, "despite": "on"}).status_code == 302


def test_a_body_that_the_unit_does_not_have_issues_nothing(world: World) -> None:
    with_term(world)
    with refused("body"):
        entered(world, body="standing")
    with refused("unknown_kind"):
        entered(world, kind="novel")
    with refused("future"):
        entered(world, day=date(2026, 11, 23))
    with refused("about"):
        entered(world, about=" ")


# --- secret papers ------------------------------------------------------------------------------------------------


def test_a_secret_paper_is_a_number_and_a_mark(world: World) -> None:
    with_term(world)
    one = entered(world, secrecy="mat", about="")
    assert (one.about, one.key) == ("", "01 nq cb")
    page = said(world.browser("thuy").get(f"/papers/{one.pk}/"))
    assert "nội dung giữ trên giấy" in page
    assert "Kèm thêm tệp" not in page
    with refused("secret_about"):
        entered(world, secrecy="mat", about="Nội dung kín")
    with refused("secret_text"):
        entered(world, secrecy="toi_mat", about="", files=[Given("a.pdf", PDF)])
    with refused("secret_text"):
        actions.sign(actor=boss(), paper=one, files=[Given("a.pdf", PDF)])
    with refused("secret_text"):
        actions.add_file(actor=boss(), paper=one, files=[Given("a.pdf", PDF)])
    with refused("secret"):
        actions.publish(actor=boss(), paper=one, reach="unit")
    with refused("secrecy"):
        entered(world, secrecy="kín")
    assert not File.objects.exists()


def test_the_database_itself_keeps_an_abstract_out_of_a_secret_paper(world: World) -> None:
    with_term(world)
    one = entered(world, secrecy="mat", about="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=one.pk).update(about="Nội dung")


# --- files --------------------------------------------------------------------------------------------------------


def packed(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 20, "jpeg"),
        (b"RIFF0000WEBP0000", "webp"),
        (b"\x00\x00\x00\x18ftypheic0000", "heic"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (packed("a.txt"), ""),
        (b"MZ\x90\x00", ""),
        (b"<html>", ""),
        (b"PK\x03\x04 broken", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""),
    ],
)
def test_a_file_is_what_its_content_is(content: bytes, kind: str) -> None:
    assert files.kind_of(content) == kind


def test_a_forbidden_file_is_refused_in_words_and_what_was_typed_stays(world: World) -> None:
    with_term(world)
    form = {"kind": "resolution", "body": "cell", "day": "3/11/2026", "about": "Làm đường thôn"}
    answer = world.browser("thuy").post("/papers/out/", {**form, "files": upload("hop-le.pdf", b"MZ\x90\x00" * 20)})
    assert answer.status_code == 422
    page = said(answer)
    assert "Tệp “hop-le.pdf” không thuộc loại được nhận" in page
    assert "PDF, DOCX, XLSX, JPG" in page
    assert 'value="Làm đường thôn"' in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_file_of_a_hundred_megabytes_is_refused_while_it_arrives(world: World, settings: Any) -> None:
    settings.HATNHAN_UPLOAD_BYTES = 200_000  # the same path as 50 MB and a file of 100 MB, without writing them
    with_term(world)
    form = {"kind": "resolution", "body": "cell", "day": "3/11/2026", "about": "Làm đường thôn"}
    answer = world.browser("thuy").post("/papers/out/", {**form, "files": upload("to.pdf", PDF + b"0" * 400_000)})
    assert answer.status_code == 422
    assert "Tệp “to.pdf” quá lớn" in said(answer)
    assert 'value="Làm đường thôn"' in answer.content.decode()


def test_one_file_has_at_most_25_megabytes() -> None:
    with refused("large"):
        files.checked(Given("to.pdf", PDF + b"0" * files.MOST_BYTES))
    with refused("empty"):
        files.checked(Given("trong.pdf", b""))


def test_a_file_that_was_changed_on_disk_is_not_handed_out(world: World) -> None:
    with_term(world)
    one = entered(world, files=[Given("a.pdf", PDF)])
    kept = File.objects.get(paper=one)
    files.path_of(kept.sha256).write_bytes(b"%PDF- another")
    with pytest.raises(ValueError, match=kept.sha256):
        files.read(kept.sha256)


# --- who ----------------------------------------------------------------------------------------------------------


def test_neighbours_find_nothing_members_have_no_register_the_office_sees_all(world: World) -> None:
    with_term(world)
    one = entered(world, files=[Given("a.pdf", PDF)])
    kept = File.objects.get()
    for path in (f"/papers/{one.pk}/", f"/papers/files/{kept.pk}/", f"/papers/{one.pk}/cancel/"):
        assert world.browser("khoa").get(path).status_code == 404, path
    an = world.browser("an")
    assert an.get("/papers/").status_code == 403
    assert an.get(f"/papers/{one.pk}/").status_code == 404
    assert an.get(f"/papers/files/{kept.pk}/").status_code == 404
    ha = world.browser("ha")
    assert "01-NQ/CB" not in said(ha.get("/papers/"))
    assert "01-NQ/CB" in said(ha.get("/papers/", {"where": "below"}))
    assert "01-NQ/CB" in said(ha.get("/papers/", {"unit": world.land.one.pk}))


@pytest.mark.parametrize(("who", "error"), [("an", Forbidden), ("khoa", NotFound)])
def test_only_the_unit_and_those_above_it_register(world: World, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.register(
            actor=world.actor(who), unit=world.land.one, kind="resolution", day=TODAY, about="Nghị quyết"
        )  # fmt: skip


def test_terms_follow_each_other(world: World) -> None:
    with_term(world)
    entered(world)
    with refused("order"):
        actions.begin_term(actor=boss(), unit=world.land.one, on=TERM, name="2025–2030")
    with refused("numbered"):
        actions.begin_term(actor=boss(), unit=world.land.one, on=date(2026, 11, 1), name="2026–2031")
    with refused("future"):
        actions.begin_term(actor=boss(), unit=world.land.one, on=date(2026, 12, 1), name="2026–2031")
    with refused("name"):
        actions.begin_term(actor=boss(), unit=world.land.one, on=TODAY, name=" ")
    with refused("no_term"):
        entered(world, unit=world.land.two)


def test_two_who_write_at_once_are_told(world: World) -> None:
    with_term(world)
    one = entered(world)
    with refused("stale"):
        actions.cancel(actor=boss(), paper=one, reason="Nhầm", seen=one.version + 5)


def test_the_own_register_is_taken_out_with_a_reason_and_never_that_of_all_below(world: World) -> None:
    with_term(world)
    entered(world, about="=1+1")
    thuy = world.browser("thuy")
    assert thuy.post("/papers/export/", {"reason": ""}).status_code == 422
    csv = thuy.post("/papers/export/", {"reason": "Nộp lưu trữ", "as": "csv"})
    assert csv["Content-Type"].startswith("text/csv")
    assert "01-NQ/CB" in csv.content.decode()
    assert "'=1+1" in csv.content.decode()
    assert thuy.post("/papers/export/", {"reason": "Nộp lưu trữ", "as": "xlsx"}).content[:2] == b"PK"
    assert last_entry().code == "documents.export"
    assert world.browser("ha").get("/papers/export/", {"where": "below"}).status_code == 404


def test_working_rules_are_dated_and_the_list_names_who_lacks_them(world: World) -> None:
    with_term(world)
    first = entered(world, kind="working_rules", working_rules=True, day=date(2025, 9, 1), about="Quy chế làm việc")
    page = said(world.browser("ha").get("/papers/rules/"))
    assert re.search(r"Chi bộ thôn Hai – – Chưa có", page), page
    assert re.search(r"Chi bộ thôn Một 01-QC/CB 1/9/2025 Đang có hiệu lực", page), page
    entered(world, kind="working_rules", working_rules=True, day=date(2026, 9, 1), about="Quy chế sửa đổi")
    first.refresh_from_db()
    assert first.rules_until == date(2026, 9, 1)
    second = Paper.objects.get(working_rules=True, rules_until=None)
    with refused("on"):
        actions.replace_rules(actor=boss(), paper=second, on=date(2026, 9, 1))
    actions.replace_rules(actor=boss(), paper=second, on=date(2026, 10, 1))
    assert "01-QC/CB" not in said(world.browser("ha").get("/papers/rules/"))


def test_the_term_of_a_day_is_known(world: World) -> None:
    with_term(world)
    found = queries.term_of(world.land.one, TODAY)
    assert found is not None
    assert found.name == "2025–2030"
    assert queries.term_of(world.land.two, TODAY) is None
