"""Forms of steps: made of what the action asks for, so that a step's page and its act cannot differ."""

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.admissions import queries
from hatnhan.admissions.choices import CLASSES, DELIST_REASONS, INTRODUCERS, METHODS, SECTORS, SEX, SOURCES
from hatnhan.admissions.flows import IN_CELL
from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.permissions import VIEW
from hatnhan.admissions.rules import Vote
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import DayField
from hatnhan.meetings.minutes.queries import lines_of
from hatnhan.members.forms.fields import REQUIRED, choice_field, known_field, reason_field, text_field
from hatnhan.members.models import Person
from hatnhan.rulebook.votes import required_votes
from hatnhan.units.fields import UnitField

PLACE_HINT = gettext_lazy("Ví dụ: tủ hồ sơ văn phòng đảng ủy, ngăn 3. Không ghi nội dung của giấy tờ.")
LABELS = {
    "decision": (gettext_lazy("Số quyết định"), gettext_lazy("Ví dụ 12-QĐ/ĐU. Mỗi người một quyết định riêng.")),
    "paper": (gettext_lazy("Số văn bản"), gettext_lazy("Để trống nếu chưa có.")),
    "place": (gettext_lazy("Giấy tờ lưu ở đâu"), PLACE_HINT),
    "consent": (gettext_lazy("Số văn bản đồng ý của cấp trên"), gettext_lazy("Cần khi nơi khác đã ra quyết định.")),
    "number": (gettext_lazy("Số giấy chứng nhận"), ""),
}
ON = {
    "record_certificate": gettext_lazy("Ngày cấp giấy chứng nhận"),
    "ask_vetting": gettext_lazy("Ngày nơi được hỏi nhận"),
    "declare": gettext_lazy("Ngày khai xong lý lịch"), "decide": gettext_lazy("Ngày quyết định"),
    "recognise": gettext_lazy("Ngày quyết định"), "hold_ceremony": gettext_lazy("Ngày làm lễ kết nạp"),
    "review": gettext_lazy("Ngày chi bộ họp"), "reject": gettext_lazy("Ngày chi bộ họp"),
    "receive_decision": gettext_lazy("Ngày nhận quyết định"), "answer_vetting": gettext_lazy("Ngày trả lời"),
}  # fmt: skip
LENGTH = {"place": 120}


class StepForm(forms.Form):
    """One step: its day, and whatever its action asks for. `seen` is the version of the case that the writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, action: Callable[..., Any], verb: str, case: AdmissionCase, actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.actor = case, actor
        for name, one in signature(action).parameters.items():
            if name not in ("actor", "case", "seen", "vetting", "introducer"):
                self._ask(name, verb, one.default is Parameter.empty)

    def _ask(self, name: str, verb: str, must: bool) -> None:
        if name == "vote":
            self._ask_vote(verb)
        elif name in LABELS:
            label, hint = LABELS[name]
            self.fields[name] = text_field(label, LENGTH.get(name, 60), hint, required=must)
        elif name == "reason":
            if must:
                self.fields[name] = reason_field(_("Lý do"))
        elif (made := self._made(name, verb, must)) is not None:
            self.fields[name] = made

    def _made(self, name: str, verb: str, must: bool) -> Any:
        people = [("", _("Chọn trong danh sách")), *self._people()] if name in ("helper", "person") else []
        makers: dict[str, Callable[[], Any]] = {
            "on": lambda: DayField(label=ON.get(verb, _("Ngày"))),
            "why": lambda: choice_field(_("Lý do"), DELIST_REASONS.items(), radio=True),
            "kind": lambda: choice_field(
                _("Lớp học") if verb == "record_certificate" else _("Ai giới thiệu"),
                (CLASSES if verb == "record_certificate" else INTRODUCERS).items(), radio=True,
            ),
            "source": lambda: choice_field(_("Nơi nhận xét"), SOURCES.items(), radio=True),
            "in_favour": lambda: yes_no(_("Tán thành cho vào Đảng")),
            "right": lambda: yes_no(_("Khai đúng sự thật")),
            "abroad": lambda: forms.BooleanField(label=_("Nơi được hỏi ở ngoài nước"), required=False),
            "replacement": lambda: forms.BooleanField(
                label=_("Thay người giới thiệu trước (không cần đủ 12 tháng)"), required=False
            ),
            "together_since": lambda: DayField(
                label=_("Cùng đơn vị với người vào Đảng từ ngày"), required=False
            ),
            "months": lambda: forms.IntegerField(label=_("Số tháng kéo dài"), min_value=1, max_value=12),
            "item": lambda: choice_field(_("Giấy tờ"), self._items()),
            "to": lambda: UnitField(
                self.actor, VIEW, cells=True, label=_("Chuyển đến chi bộ"), without=self.case.unit, required=False,
                help_text=_("Để trống nếu chuyển ra ngoài hệ thống này."),
            ),
            "helper": lambda: forms.ChoiceField(label=_("Đảng viên giúp đỡ"), choices=people, required=must,
                                                error_messages={"required": REQUIRED}),
            "person": lambda: forms.ChoiceField(label=_("Đảng viên giới thiệu"), choices=people, required=False),
            "name": lambda: text_field(_("Họ và tên"), 120, required=True),
            "sex": lambda: choice_field(_("Giới tính"), SEX.items(), radio=True, required=False),
            "birth": lambda: known_field(_("Ngày sinh"), _("Đủ ngày, tháng, năm để tính tuổi.")),
            "sector": lambda: choice_field(_("Đang làm việc, học tập"), SECTORS.items(), required=False),
        }  # fmt: skip
        return makers[name]() if name in makers else None

    def _ask_vote(self, verb: str) -> None:
        for name, label in (
            ("base", _("Tổng số người được tính khi biểu quyết")), ("in_favour", _("Tán thành")),
            ("against", _("Không tán thành")),
        ):  # fmt: skip
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=9999, required=name != "against",
                error_messages={"required": REQUIRED}, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        if verb in IN_CELL:
            bounds = queries.bounds_of(self.case.unit, self.actor.on)
            needed = required_votes(bounds.least, "two_thirds") if bounds.least else 0
            text = _("Theo danh sách hôm nay: từ %(least)s đến %(most)s; hai phần ba của %(least)s là %(needed)s.")
            told = {"least": bounds.least, "most": bounds.most, "needed": needed}
            self.fields["base"].help_text = text % told
        self.fields["method"] = choice_field(_("Cách biểu quyết"), METHODS.items(), radio=True)
        self.initial.setdefault("method", "secret")
        self.initial.setdefault("against", 0)

    def _people(self) -> list[tuple[str, str]]:
        return [
            (str(one.person), one.name) for one in lines_of(self.case.unit, self.actor.on, grouped=False) if one.full
        ]

    def _items(self) -> list[tuple[str, str]]:
        asked = queries.items_on(self.actor.on)
        return [(code, queries.label_of(rule)) for code, rule in asked.items() if code not in KNOWN_ITSELF]

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        given = dict(self.cleaned_data)
        if "base" in given:
            votes = {name: given.pop(name) or 0 for name in ("base", "in_favour", "against")}
            given["vote"] = Vote(**votes, method=given.pop("method"))
        for name in ("helper", "person"):
            if name in given:
                given[name] = Person.objects.filter(pk=given[name]).first() if given[name] else None
        for name in ("right", "in_favour"):
            if given.get(name) in ("yes", "no"):
                given[name] = given[name] == "yes"
        return given


KNOWN_ITSELF = ("certificate", "vetting", "opinions")


def yes_no(label: Any) -> Any:
    """Yes or no, and nothing else: what was said stays in the paper."""
    return choice_field(label, [("yes", _("Có")), ("no", _("Không"))], radio=True)
