"""Papers of a meeting that goes on: the sheet for the door, ballots, and the minutes of a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import segno
from django.utils.translation import gettext as _

from hatnhan.documents.papers import Paper


@dataclass(frozen=True, kw_only=True)
class DoorPaper(Paper):
    """A sheet to stick on a door: a picture (QR) that opens `address`, and the code for whose phone cannot read it."""

    template: ClassVar[str] = "door"
    address: str
    code: str

    def labels(self) -> dict[str, str]:
        return {
            "how": _("Đồng chí có điện thoại: đưa máy ảnh vào hình, hoặc vào mục Sinh hoạt và ghi mã dưới đây."),
            "code": _("Mã cửa"),
            "none": _("Không có điện thoại thì không phải làm gì: thư ký điểm danh theo danh sách."),
            "only": _("Mã chỉ dùng cho buổi sinh hoạt này. Thư ký xác nhận theo người có mặt."),
        }

    def content(self) -> dict[str, Any]:
        picture = segno.make(self.address, error="m").svg_inline(scale=8, border=2)
        return {"picture": picture, "code": self.code, "address": self.address}


@dataclass(frozen=True, kw_only=True)
class BallotPaper(Paper):
    """Ballots to cut out, `count` of them, all alike: nothing on them tells whose it is."""

    template: ClassVar[str] = "ballot"
    question: str
    answers: Sequence[str]
    count: int

    def labels(self) -> dict[str, str]:
        return {"how": _("Đánh dấu X vào một ô.")}

    def content(self) -> dict[str, Any]:
        return {"question": self.question, "answers": list(self.answers), "count": self.count}


@dataclass(frozen=True, kw_only=True)
class CountPaper(Paper):
    """The minutes of a count: labels with their figures, and the result in a sentence."""

    template: ClassVar[str] = "count"
    facts: Sequence[tuple[str, str]]
    result: str

    def content(self) -> dict[str, Any]:
        return {"facts": [list(pair) for pair in self.facts], "result": self.result}
