"""A village cell of six for a story in the browser, made in an installation of its own:

    python -m tests.browser.village

Thủy, the secretary, and Bình, her deputy, have laptops; An and Ánh have phones; Sen and Sáu have neither."""

from datetime import date
from importlib import import_module

import django

from tests.browser.walk import PASSWORD

BEGAN = date(2025, 8, 1)
PEOPLE = {"thuy": "Lê Thị Thủy", "binh": "Phạm Văn Bình", "an": "Nguyễn Văn An", "anh": "Trần Thị Ánh",
          "sen": "Đỗ Thị Sen", "sau": "Vũ Sáu"}  # fmt: skip
OFFICES = {"thuy": "secretary", "binh": "deputy_secretary"}
SIGN_INS = {"thuy": "thuy", "binh": "binh", "an": "nguyen.an", "anh": "tran.anh"}


def build() -> None:
    """A province, a commune, a cell, its members and four accounts."""
    days = import_module("hatnhan.kernel.days")
    units = import_module("hatnhan.units.actions")
    members = import_module("hatnhan.members.actions")
    who = import_module("hatnhan.kernel.actor").system("tests", days.today())
    top = units.found(actor=who, name="Đảng bộ tỉnh Sơn Vân", kind="province", parent=None, on=BEGAN, code="91")
    commune = units.found(actor=who, name="Đảng bộ xã Lim Thượng", kind="commune", parent=top, on=BEGAN)
    cell = units.found(actor=who, name="Chi bộ thôn Một", kind="village_cell", parent=commune, on=BEGAN)
    for name, called in PEOPLE.items():
        person = members.receive(actor=who, name=called, unit=cell, on=BEGAN, came="loaded")
        if name in OFFICES:
            members.appoint(actor=who, person=person, unit=cell, office=OFFICES[name], on=BEGAN)
        if name in SIGN_INS:
            account = members.open_account(actor=who, person=person, on=days.today(), username=SIGN_INS[name]).account
            account.set_password(PASSWORD)
            account.must_change_password = False
            account.save(update_fields=["password", "must_change_password"])


if __name__ == "__main__":
    django.setup()
    build()
