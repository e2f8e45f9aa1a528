"""The form that corrects a dated row: its days, and what it says."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.period import Dated
from hatnhan.members.choices import CAME, PARTICIPATIONS, STANDINGS
from hatnhan.members.models import GroupPlace, Membership, Participation, Standing, Tenure
from hatnhan.members.story import capital

from .acts import ActForm
from .fields import choice_field, decision_field, end_of, last_day_field, reason_field


def _offices(row: Any) -> Any:
    return [(code, capital(office.label)) for code, office in rulebook.at(row.valid_from).offices().items()]


def _ways(_row: Any) -> Any:
    return [(code, capital(label)) for code, label in CAME.items()]


# What may be corrected of a row besides its days: field, label, choices. Where somebody belongs is corrected by
# withdrawing the row or by a transfer, numbers by recording the right one.
CHOICES: dict[type[Dated], tuple[tuple[str, Any, Callable[[Any], Any]], ...]] = {
    Membership: (("came", gettext_lazy("Đến bằng cách nào"), _ways),),
    Standing: (("kind", gettext_lazy("Tình trạng đảng viên"), lambda _row: STANDINGS.items()),),
    Participation: (("kind", gettext_lazy("Tình trạng sinh hoạt"), lambda _row: PARTICIPATIONS.items()),),
    Tenure: (("office", gettext_lazy("Chức vụ"), _offices),),
    GroupPlace: (),
}
ROWS: dict[str, type[Dated]] = {model._meta.model_name or "": model for model in CHOICES}
DECIDED = (Standing, Participation, Tenure)


class CorrectForm(ActForm):
    """What was recorded wrongly of a row."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        for name, label, choices in CHOICES[type(row)]:
            self.fields[name] = choice_field(label, choices(row))
        self.fields["valid_from"] = DayField(label=_("Từ ngày"))
        self.fields["last"] = last_day_field()
        if isinstance(row, DECIDED):
            self.fields["decision"] = decision_field()
        self.fields["reason"] = reason_field(_("Ghi nhầm ở chỗ nào, căn cứ để sửa"))

    @staticmethod
    def now(row: Any) -> dict[str, Any]:
        """What the form shows first."""
        names = [name for name, _label, _choices in CHOICES[type(row)]]
        last: date | None = None if row.valid_to == FAR else row.valid_to - ONE
        shown = {name: getattr(row, name) for name in names}
        return shown | {
            "valid_from": row.valid_from, "last": last, "decision": getattr(row, "decision", ""),
            "seen": row.person.version,
        }  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Only what differs from the row, besides the version and the reason."""
        given = super().given()
        kept = {"seen": given.pop("seen"), "reason": given.pop("reason")}
        given["valid_to"] = end_of(given.pop("last"))
        return kept | {name: value for name, value in given.items() if value != getattr(self.row, name)}
