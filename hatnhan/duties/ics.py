"""Days for a calendar on somebody's own machine, which may lie anywhere: fixed words only."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE

LINE = 75  # octets of a line (RFC 5545, 3.1)


def file_of(days: Iterable[tuple[int, date]]) -> bytes:
    """A calendar of whole days, one for each (number, day); the same number is the same entry when read again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hat Nhan//viec can lam//VI", "METHOD:PUBLISH"]
    told = _("Đến hạn một việc")
    for number, due in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:duty-{number}@hatnhan",
            f"DTSTAMP:{due:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due + ONE:%Y%m%d}",
            f"SUMMARY:{told}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line.encode()) for line in lines)


def folded(line: bytes) -> bytes:
    """A line of at most 75 octets, the rest on lines that begin with a blank; no letter is cut in two."""
    parts: list[bytes] = []
    rest = line
    while len(rest) > LINE:
        cut = LINE if not parts else LINE - 1
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
