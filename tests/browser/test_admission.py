"""Admission from being listed to recognition, with the change of July 2025 falling in the middle of the case: reviewed
under the district by Regulation 232, decided by the commune under Regulation 294, recognised under what came after."""

import re

from playwright.sync_api import Page, expect

from tests.browser.walk import sign_in, watched

CELL = "Chi bộ thôn Cây Đa"


def taken(page: Page, case: str, step: str, **fields: str) -> None:
    """Fill in a step's page and record it; back at the case."""
    page.goto(f"{case}{step}/")
    filled(page, **fields)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(case) + "$"))


def filled(page: Page, **fields: str) -> None:
    """Type, choose or tick each field by its name."""
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]").first
        if control.get_attribute("type") == "radio":
            page.check(f"main input[name={name}][value={value}]")
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(index=int(value)) if value.isdigit() else control.select_option(value)
        else:
            control.fill(value)


def base_of(page: Page, case: str, step: str, on: str) -> str:
    """The list of the day says of how many the majority is taken: a wrong number is refused and says so."""
    page.goto(f"{case}{step}/")
    filled(page, on=on, base="1", in_favour="1")
    page.get_by_role("button", name="Ghi", exact=True).click()
    said = page.get_by_text("Theo danh sách ngày ấy").first
    expect(said).to_be_visible()
    expect(page.locator("main input[name=on]")).to_have_value(on)  # nothing typed is lost
    found = re.search(r"từ (\d+) đến", said.inner_text())
    assert found is not None
    return found[1]


def test_from_being_listed_to_recognition_across_july_2025(page: Page) -> None:
    problems = watched(page.context)
    sign_in(page, "vanphong")
    page.goto("/admissions/list/")
    page.locator("select[name=unit]").select_option(label=CELL)
    filled(page, name="Tạ Thị Nhãn", sex="f", birth="6/5/1999", on="3/3/2025", told_on="3/3/2025")
    page.get_by_role("button", name="Đưa vào danh sách").click()
    expect(page.get_by_role("heading", name="Tạ Thị Nhãn")).to_be_visible()
    case = page.url[page.url.index("/admissions/") :]
    taken(page, case, "record_certificate", on="10/3/2025", number="12/GCN")
    taken(page, case, "allow_dossier", on="20/3/2025")
    taken(page, case, "apply", on="1/4/2025", place="Tủ hồ sơ chi bộ")
    taken(page, case, "declare", on="7/4/2025")
    taken(page, case, "ask_vetting", on="8/4/2025")
    page.get_by_role("link", name="Ghi trả lời").click()
    filled(page, on="2/5/2025", right="yes", place="Tủ hồ sơ chi bộ")
    page.get_by_role("button", name="Ghi", exact=True).click()
    taken(page, case, "gather_opinions", on="5/5/2025")
    taken(page, case, "record_opinion", on="6/5/2025", source="residence", in_favour="yes")
    for person in ("1", "2"):
        taken(page, case, "name_introducer", on="6/5/2025", person=person, together_since="1/1/2024")
    taken(page, case, "receive_paper", on="6/5/2025", item="education")
    base = base_of(page, case, "review", "26/5/2025")
    taken(page, case, "review", on="26/5/2025", base=base, in_favour=base)
    expect(page.get_by_text("60 ngày làm việc từ 26/5/2025, 232-QĐ/TW")).to_be_visible()
    taken(page, case, "base_review", on="16/6/2025", base="13", in_favour="12", against="1")
    expect(page.get_by_text("đảng ủy, Đảng bộ xã").first).to_be_visible()  # the committee of that day
    taken(page, case, "decide", on="22/7/2025", base="9", in_favour="9", decision="44-QĐ/ĐU")
    expect(page.get_by_text("ban thường vụ, Đảng bộ xã Mây Sơn").first).to_be_visible()
    taken(page, case, "receive_decision", on="25/7/2025")
    expect(page.get_by_text("30 ngày làm việc từ 25/7/2025, 294-QĐ/TW")).to_be_visible()
    taken(page, case, "hold_ceremony", on="8/8/2025", place="Nhà văn hóa thôn")
    expect(page.get_by_text("Đảng viên dự bị").first).to_be_visible()
    taken(page, case, "record_certificate", on="10/3/2026", kind="new_member")
    base = base_of(page, case, "propose_recognition", "12/8/2026")
    taken(page, case, "propose_recognition", on="12/8/2026", base=base, in_favour=base)
    taken(page, case, "recognise", on="4/9/2026", base="9", in_favour="9", decision="214-QĐ/ĐU")
    expect(page.get_by_text("Hồ sơ kết thúc ngày 4/9/2026.")).to_be_visible()
    page.get_by_role("link", name="Hồ sơ đảng viên").click()
    expect(page.get_by_role("heading", name="Tạ Thị Nhãn")).to_be_visible()
    expect(page.get_by_text("8/8/2026").first).to_be_visible()  # the official day, not that of the decision
    assert [one for one in problems if "422" not in one] == []  # two votes were refused on purpose
