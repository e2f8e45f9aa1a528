"""`hatnhan duties`: what waits at a unit and below, overdue first; reminding of it; the key for web push."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.duties import actions, queries
from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.kinds import Thing, label_of, things
from hatnhan.duties.models import Duty
from hatnhan.duties.reminders.keys import write_key
from hatnhan.duties.tables import lateness
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import by_code, codes

MOST = 5000  # reminders of one act


class Command(BaseCommand):
    help = _("Những việc đang chờ của các đơn vị, quá hạn lên trước.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="?", default="list", choices=("list", "remind", "keys"),
            help=_("list: liệt kê; remind: nhắc những việc quá hạn; keys: tạo khóa để báo trên máy"),
        )  # fmt: skip
        parser.add_argument("--unit", metavar="CODE", help=_("mã tổ chức; mặc định là mọi nơi"))
        parser.add_argument("--overdue", action="store_true", help=_("chỉ việc quá hạn"))
        parser.add_argument("--json", action="store_true", help=_("in ra dạng JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each open duty; or remind of those overdue, or make the key."""
        if options["what"] == "keys":
            made = write_key(settings.DATA / "push.env")
            self.stdout.write(_("Đã tạo khóa; khởi động lại để dùng.") if made else _("Đã có khóa, không đổi gì."))
            return
        on = today()
        rows = Duty.objects.filter(state="open")
        if options["unit"]:
            unit = by_code(options["unit"], on)
            if unit is None:
                text = _("Không có tổ chức nào mang mã “%(code)s”.") % {"code": options["unit"]}
                raise CommandError(text, returncode=2)
            rows = queries.of_unit(unit, on).filter(state="open")
        if options["overdue"] or options["what"] == "remind":
            rows = queries.overdue(rows, on)
        if options["what"] == "remind":
            self.stdout.write(_remind(list(rows.order_by("due", "pk")[:MOST])))
            return
        found = _told(list(rows.order_by("due", "pk")))
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        elif not found:
            self.stdout.write(_("Không có việc nào đang chờ."))
        else:
            self.stdout.write("\n".join(_line(one) for one in found))


def _remind(rows: list[Duty]) -> str:
    on = today()
    try:
        count = actions.remind(actor=system("cli", on), duties=rows, on=on)
    except Refused as refused:
        return str(refused.reasons[0].message)
    return _("Đã nhắc %(n)s việc.") % {"n": count}


def _told(rows: list[Duty]) -> list[dict[str, Any]]:
    on = today()
    if not rows:
        return []
    calendar = calendar_of(min(on, rows[0].due), max(on, rows[-1].due), on)
    whose = queries.owners([row.pk for row in rows], on)
    coded = codes({one.unit_id for one in whose.values()}, on)
    about = things(system("cli", on), [(row.kind, row.about) for row in rows], on)
    return [
        {
            "id": row.pk, "kind": row.kind, "what": about.get((row.kind, row.about), Thing("")).title
            or label_of(row.kind), "unit": coded.get(whose[row.pk].unit_id, ""), "place": whose[row.pk].unit,
            "who": whose[row.pk].who, "opened": row.opened_on.isoformat(), "due": row.due.isoformat(),
            "overdue": row.due < on, "provisional": row.provisional,
            "escalated": row.escalated_on.isoformat() if row.escalated_on else None,
            "said": lateness(row, on, calendar)[0],
        }
        for row in rows
        if row.pk in whose
    ]  # fmt: skip


def _line(one: dict[str, Any]) -> str:
    return f"{one['due']}  {one['said']:<24}  {one['place']} · {one['who']}: {one['what']}"
