"""Lists of members brought in by the command: outcomes, matching, repeated runs."""

from datetime import date
from pathlib import Path

import pytest

from hatnhan.members.models import Membership, Participation, Person, PersonNumber, Standing, Tenure
from tests.fixtures.lists import LISTS, Cell
from tests.fixtures.sheets import write_xlsx
from tests.members.lists import DUNG, LUA, import_members, listed, ran
from tests.units.ground import TODAY
from tests.world import CARD, World

pytestmark = pytest.mark.django_db


def test_new_people_get_home_standing_numbers_and_dates(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, DUNG, LUA))
    assert (done.code, done.counts) == (0, (2, 0, 0, 0, 0))
    person = Person.objects.get(name="Cao Văn Dũng")
    assert (person.sex, person.birth and person.birth.iso, person.ceremony_date and person.ceremony_date.iso) == (
        "m", "1960-04-12", "1985-02-03",
    )  # fmt: skip
    assert Membership.objects.get(person=person).unit == world.land.two
    spells = Standing.objects.filter(person=person).order_by("valid_from")
    assert [(row.kind, row.valid_from) for row in spells] == [
        ("probationary", date(1985, 2, 3)), ("full", date(1986, 2, 3)),
    ]  # fmt: skip
    assert PersonNumber.objects.get(person=person).tail == "…411"


def test_the_printed_rows_have_the_sheets_numbers_and_dates_as_known(world: World, tmp_path: Path) -> None:
    told = import_members(listed(tmp_path, DUNG, [], LUA, [None, "Tổng cộng: 2"])).told
    assert told["rows"] == [
        {"row": 2, "outcome": "new", "name": "Cao Văn Dũng", "birth": "1960-04-12", "problems": []},
        {"row": 4, "outcome": "new", "name": "Võ Thị Lụa", "birth": "1964", "problems": []},
    ]


def test_the_second_time_everything_is_unchanged(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, DUNG, LUA)
    import_members(path)
    people, again = Person.objects.count(), import_members(path)
    assert (again.counts, Person.objects.count()) == ((0, 0, 2, 0, 0), people)


@pytest.mark.parametrize("name", ["plain", "list_book", "sections", "facts_in_one_cell", "women_marked"])
def test_lists_as_people_have_them_are_unchanged_the_second_time(world: World, tmp_path: Path, name: str) -> None:
    sample = LISTS[name]
    path = write_xlsx(tmp_path / "list.xlsx", sample.lines, sample.merged)
    import_members(path, "91.001.103", "--skip-refused")
    again = import_members(path, "91.001.103", "--skip-refused")
    assert again.counts[:2] == (0, 0)
    assert again.counts[2] + again.counts[3] + again.counts[4] == len(sample.expected)


def test_a_list_without_birth_dates_is_unchanged_the_second_time(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Cao Văn Dũng"], ["Võ Thị Lụa"], head=["Họ và tên"])
    assert import_members(path, "91.001.103").counts == (2, 0, 0, 0, 0)
    assert import_members(path, "91.001.103").counts == (0, 0, 2, 0, 0)


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    before = Person.objects.count()
    done = import_members(listed(tmp_path, DUNG), "91.001", "--dry-run")
    assert (done.code, done.counts, Person.objects.count()) == (0, (1, 0, 0, 0, 0), before)


def test_the_unit_is_the_cell_where_no_column_names_one(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Cao Văn Dũng", "1960"], head=["Họ và tên", "Năm sinh"])
    import_members(path, "91.001.103")
    assert Membership.objects.get(person__name="Cao Văn Dũng").unit == world.land.three


def test_a_committee_without_a_column_of_cells_takes_nobody_in(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, ["Cao Văn Dũng", "1960"], head=["Họ và tên", "Năm sinh"]))
    assert (done.code, done.counts[4]) == (1, 1)
    assert "không phải là chi bộ" in done.problems(2)


@pytest.mark.parametrize(
    ("called", "cell"),
    [
        ("Chi bộ thôn Hai", "two"), ("thôn Hai", "two"), ("CHI BO THON HAI", "two"), ("91.001.102", "two"),
        ("Chi bộ Tổ Toán, Đảng bộ Trường Lim Thượng", "class_cell"), ("Tổ Toán", "class_cell"),
    ],
)  # fmt: skip
def test_a_cell_is_found_by_name_or_code(world: World, tmp_path: Path, called: str, cell: str) -> None:
    head = ["Họ và tên", "Năm sinh", "Mã chi bộ" if called[0].isdigit() else "Chi bộ"]
    assert import_members(listed(tmp_path, ["Cao Văn Dũng", "1960", called], head=head)).code == 0
    assert Membership.objects.get(person__name="Cao Văn Dũng").unit == getattr(world.land, cell)


def test_a_bare_cell_is_the_one_of_its_committee(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Cao Văn Dũng", "1960", "chi bộ"], head=["Họ và tên", "Năm sinh", "Chi bộ"])
    assert import_members(path, "91.001.001").code == 0
    assert Membership.objects.get(person__name="Cao Văn Dũng").unit == world.land.class_cell


def test_section_lines_name_the_cell(world: World, tmp_path: Path) -> None:
    path = listed(
        tmp_path, ["I", "Chi bộ thôn Hai (1 đ/c)"], [1, "Cao Văn Dũng", "1960"], ["II", "CHI BỘ THÔN BA"],
        [2, "Võ Thị Lụa", "1964"], head=["STT", "Họ và tên", "Năm sinh"],
    )  # fmt: skip
    assert import_members(path).counts == (2, 0, 0, 0, 0)
    homes = dict(Membership.objects.filter(came="loaded").values_list("person__name", "unit"))
    assert homes["Cao Văn Dũng"] == world.land.two.pk
    assert homes["Võ Thị Lụa"] == world.land.three.pk


def test_an_unknown_cell_is_refused_with_its_name(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [*DUNG[:7], "Chi bộ thôn Mười"]))
    assert done.code == 1
    assert "“Chi bộ thôn Mười”" in done.problems(2)


# --- who is who ---------------------------------------------------------------------------------------------------


def test_a_card_number_finds_its_bearer_whatever_else_is_missing(world: World, tmp_path: Path) -> None:
    path = listed(
        tmp_path, ["Nguyễn Văn An", CARD["an"], "0912345678", "thôn Một"],
        head=["Họ và tên", "Số thẻ", "Điện thoại", "Chi bộ"],
    )  # fmt: skip
    assert import_members(path).counts == (0, 1, 0, 0, 0)
    assert world.person("an").phone == "0912345678"


def test_a_personal_number_finds_whom_the_card_names(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Nguyễn Văn An", CARD["an"], "thôn Một"], head=["Họ và tên", "Số định danh", "Chi bộ"])
    assert import_members(path).counts == (0, 1, 0, 0, 0)
    assert set(PersonNumber.objects.filter(person=world.person("an")).values_list("kind", flat=True)) == {
        "card", "national_id",
    }  # fmt: skip


def test_a_row_with_a_number_alone_means_its_bearer_and_nobody_new(world: World, tmp_path: Path) -> None:
    head = ["STT", "Họ và tên", "Số thẻ", "Điện thoại", "Chi bộ"]
    rows: list[list[Cell]] = [[1, "", CARD["an"], "0912345678", "thôn Một"], [2, "", "091060000411", "", "thôn Một"]]
    path = listed(tmp_path, *rows, head=head)
    done = import_members(path, "91.001", "--skip-refused")
    assert done.counts == (0, 1, 0, 0, 1)
    assert "Cần ghi họ và tên" in done.problems(3)


def test_people_of_one_name_and_year_with_cards_of_their_own_are_two(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Năm sinh", "Số thẻ", "Chi bộ"]
    rows = [["Cao Văn Dũng", "1960", card, "thôn Hai"] for card in ("091060000411", "091060000412")]
    path = listed(tmp_path, *rows, head=head)
    assert import_members(path).counts == (2, 0, 0, 0, 0)
    assert import_members(path).counts == (0, 0, 2, 0, 0)


def test_name_birth_and_cell_find_somebody_without_a_number(world: World, tmp_path: Path) -> None:
    path = listed(
        tmp_path, ["LÊ THỊ THỦY", "9/1/1970", "thôn Một", "Giáo viên"],
        head=["Họ và tên", "Ngày sinh", "Chi bộ", "Nghề nghiệp"],
    )  # fmt: skip
    assert import_members(path).counts == (0, 1, 0, 0, 0)
    assert (world.person("thuy").name, world.person("thuy").occupation) == ("Lê Thị Thủy", "Giáo viên")


def test_a_vaguer_date_changes_nothing_and_a_more_precise_one_is_taken(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Chi bộ"]
    path = listed(tmp_path, ["Lê Thị Thủy", "1970", "thôn Một"], ["Phạm Văn Bình", "3/5/1965", "thôn Một"], head=head)
    assert import_members(path).counts == (0, 1, 1, 0, 0)
    assert str(world.person("thuy").birth) == "9/1/1970"
    assert str(world.person("binh").birth) == "3/5/1965"


def test_the_same_name_without_a_birth_date_is_a_question(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, ["Lê Thị Thủy", "thôn Một"], head=["Họ và tên", "Chi bộ"]))
    assert (done.code, done.counts) == (0, (0, 0, 0, 1, 0))
    assert "chưa đủ ngày sinh" in done.problems(2)


def test_another_birth_date_is_a_question_and_not_a_change(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, [1, "Nguyễn Văn An", "Nam", "3/5/1958", "", "", CARD["an"], "thôn Một"])
    done = import_members(path)
    assert done.counts == (0, 0, 0, 1, 0)
    assert "3/5/1958" in done.problems(2)
    assert str(world.person("an").birth) == "3/5/1957"


def test_somebody_in_another_cell_of_the_scope_is_a_question(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Hoàng Thị Chi", "19/8/1988", "thôn Ba"], head=["Họ và tên", "Ngày sinh", "Chi bộ"])
    done = import_members(path)
    assert done.counts == (0, 0, 0, 1, 0)
    assert "Chi bộ thôn Hai" in done.problems(2)
    assert Membership.objects.get(person=world.person("chi")).unit == world.land.two


def test_the_same_name_and_birth_in_another_commune_is_another_person(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Lý Thị Khánh", "20/10/1969", "thôn Ba"], head=["Họ và tên", "Ngày sinh", "Chi bộ"])
    assert import_members(path).counts == (1, 0, 0, 0, 0)


def test_marks_that_the_record_lacks_are_added_and_none_are_taken_away(world: World, tmp_path: Path) -> None:
    world.receive("mo", "Cao Thi Mo", world.land.three, birth="1964")
    path = listed(
        tmp_path, ["Cao Thị Mơ", "1964", "thôn Ba"], ["LE THI THUY", "9/1/1970", "thôn Một"],
        head=["Họ và tên", "Ngày sinh", "Chi bộ"],
    )  # fmt: skip
    assert import_members(path).counts == (0, 1, 1, 0, 0)
    assert (world.person("mo").name, world.person("thuy").name) == ("Cao Thị Mơ", "Lê Thị Thủy")


def test_an_empty_or_masked_cell_changes_nothing(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Số thẻ", "Điện thoại", "Nghề nghiệp", "Chi bộ"]
    path = listed(tmp_path, ["Nguyễn Văn An", "3/5/1957", "***489", "", "-", "thôn Một"], head=head)
    assert import_members(path).counts == (0, 0, 1, 0, 0)
    assert (world.person("an").phone, world.person("an").occupation) == ("0900000123", "Hưu trí")


# --- statuses and offices -----------------------------------------------------------------------------------------


def test_a_probationary_member_whom_the_list_calls_full_is_recognised(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Ngày chính thức", "Tình trạng", "Chi bộ"]
    path = listed(tmp_path, ["Đặng Thị Liên", "14/2/2002", "3/11/2026", "Chính thức", "thôn Một"], head=head)
    assert import_members(path).counts == (0, 1, 0, 0, 0)
    held = Standing.objects.on(TODAY).get(person=world.person("lien"))
    assert (held.kind, held.valid_from) == ("full", date(2026, 11, 3))
    assert import_members(path).counts == (0, 0, 1, 0, 0)


def test_participation_and_office_of_the_list_are_recorded(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Tình trạng", "Chức vụ", "Chi bộ"]
    path = listed(
        tmp_path, ["Hoàng Thị Chi", "19/8/1988", "Miễn sinh hoạt", "", "thôn Hai"],
        ["Bùi Văn Long", "30/12/1979", "", "Bí thư, Trưởng thôn", "thôn Hai"],
        ["Vũ Sáu", "1941", "Đang sinh hoạt", "", "thôn Một"], head=head,
    )  # fmt: skip
    assert import_members(path).counts == (0, 3, 0, 0, 0)
    assert Participation.objects.on(TODAY).get(person=world.person("chi")).kind == "exempt"
    assert not Participation.objects.on(TODAY).filter(person=world.person("sau")).exists()
    assert Tenure.objects.on(TODAY).get(person=world.person("long")).office == "secretary"
    assert import_members(path).counts == (0, 0, 3, 0, 0)


def test_an_office_of_the_commune_is_not_taken_for_one_of_the_cell(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Chức vụ", "Chi bộ"]
    path = listed(tmp_path, ["Hoàng Thị Chi", "19/8/1988", "Bí thư Đảng ủy xã", "thôn Hai"], head=head)
    assert import_members(path).counts == (0, 0, 1, 0, 0)


def test_a_new_secretary_follows_the_one_before(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Chức vụ", "Chi bộ"]
    path = listed(tmp_path, ["Phạm Văn Bình", "1965", "Bí thư", "thôn Một"], head=head)
    assert import_members(path).counts == (0, 1, 0, 0, 0)
    holders = Tenure.objects.on(TODAY).filter(unit=world.land.one, office="secretary")
    assert [row.person_id for row in holders] == [world.people["binh"]]
    other = listed(tmp_path, ["Vũ Sáu", "1941", "Bí thư", "thôn Một"], head=head, name="khac.xlsx")
    again = import_members(other)
    assert (again.code, again.counts[4]) == (1, 1)
    assert "ngày sau đó" in again.problems(2)


def test_two_secretaries_of_one_cell_are_both_refused(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Chức vụ", "Chi bộ"]
    path = listed(
        tmp_path, ["Hoàng Thị Chi", "19/8/1988", "Bí thư", "thôn Hai"],
        ["Bùi Văn Long", "30/12/1979", "Bí thư", "thôn Hai"], head=head,
    )  # fmt: skip
    done = import_members(path)
    assert done.counts == (0, 0, 0, 0, 2)
    assert "một bí thư" in done.problems(3)


def test_somebody_who_has_died_is_no_line_of_a_list_of_members(world: World, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Tình trạng", "Chi bộ"]
    done = import_members(listed(tmp_path, ["Cao Văn Dũng", "1960", "Đã từ trần", "thôn Hai"], head=head))
    assert done.counts[4] == 1
    assert "từ trần" in done.problems(2)


# --- all or nothing -----------------------------------------------------------------------------------------------


def test_one_refused_row_stops_the_whole_list(world: World, tmp_path: Path) -> None:
    before = Person.objects.count()
    done = import_members(listed(tmp_path, DUNG, [*LUA[:3], "31/2/1964", *LUA[4:]]))
    assert (done.code, done.counts, Person.objects.count()) == (1, (1, 0, 0, 0, 1), before)


def test_refused_rows_can_be_left_out(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, DUNG, [*LUA[:3], "31/2/1964", *LUA[4:]]), "91.001", "--skip-refused")
    assert (done.code, done.counts) == (0, (1, 0, 0, 0, 1))
    assert Person.objects.filter(name="Cao Văn Dũng").exists()
    assert not Person.objects.filter(name="Võ Thị Lụa").exists()


def test_the_text_names_counts_and_refused_rows(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, DUNG, [*LUA[:3], "31/2/1964", *LUA[4:]])
    done = ran("import", "members", str(path), "--unit", "91.001", "--on", "2026-11-22")
    assert done.code == 1
    assert "1 mới" in done.text
    assert "1 bị từ chối" in done.text
    assert "Dòng 3, Ngày sinh" in done.text
    assert "Chưa ghi gì" in done.text


def test_columns_can_be_named_in_a_file(world: World, tmp_path: Path) -> None:
    mapping = tmp_path / "columns.json"
    mapping.write_text('{"Ngày A": "ceremony_date", "C": "birth"}', encoding="utf-8")
    path = listed(tmp_path, ["Cao Văn Dũng", "3/2/1985", "1960"], head=["Họ và tên", "Ngày A", "Ngày B"])
    assert import_members(path, "91.001.103", "--mapping", str(mapping)).counts == (1, 0, 0, 0, 0)
    person = Person.objects.get(name="Cao Văn Dũng")
    assert (str(person.birth), str(person.ceremony_date)) == ("1960", "3/2/1985")


def test_somebody_who_came_later_is_found_by_a_list_of_an_earlier_day(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, DUNG)
    import_members(path)
    done = ran("import", "members", str(path), "--unit", "91.001", "--on", "2026-01-15", "--json")
    assert done.counts == (0, 0, 1, 0, 0)


def test_a_code_of_another_day_says_how_that_day_is_named(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ("Ngô Văn Mới", "1990"), head=("Họ và tên", "Ngày sinh"))
    done = ran("import", "members", str(path), "--unit", "91.001", "--on", "2019-01-01")
    assert done.code == 2
    assert "Hãy ghi --on với một ngày mã này có hiệu lực" in done.text
