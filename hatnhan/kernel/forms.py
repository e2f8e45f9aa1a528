"""What forms of several modules share: a day, what was sent, and a refusal shown at the fields it names."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .refusal import Reason, Refused
from .spoken import address_of


class DayField(forms.DateField):
    """A day, typed as 22/11/2026. Text on purpose: a browser's own date box shows 11/22/2026 where it speaks English,
    whatever language the page has."""

    def __init__(self, **options: Any) -> None:
        wrong = _("Ngày chưa đúng. Hãy ghi như 22/11/2026.")
        super().__init__(
            widget=forms.DateInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "22/11/2026"}, format="%d/%m/%Y"
            ),
            input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y"],
            error_messages={"invalid": wrong, "required": _("Hãy chọn ngày.")},
            **options,
        )

    def to_python(self, value: Any) -> date | None:
        """Only days that a person of today can mean."""
        day: date | None = super().to_python(value)
        if day is not None and not 1930 <= day.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent; None when it is only looked at."""
    return request.POST if request.method == "POST" else None


def at_once(given: QueryDict | None) -> QueryDict | None:
    """What a form of a reason gets when it is the button of the message after an act that was pressed: that is the
    reason. A form that was shown sends its own, empty or not."""
    if given is None or "reason" in given:
        return given
    filled = given.copy()
    filled["reason"] = gettext("Hoàn tác ngay sau khi ghi")
    return filled


def explain(form: forms.Form, refused: Refused | list[Reason]) -> None:
    """Put reasons at the fields they name, the others above the form."""
    for reason in refused.reasons if isinstance(refused, Refused) else refused:
        form.add_error(reason.field if reason.field in form.fields else None, told(reason))


class Caught:
    """What is done within ends with a refusal, which is told; whatever else goes wrong goes on."""

    def __init__(self, tell: Callable[[Refused], None]) -> None:
        self.tell = tell

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> bool:
        if not isinstance(problem, Refused):
            return False
        self.tell(problem)
        return True


def explaining(form: forms.Form) -> Caught:
    """Take a step within: a refusal ends it and stands in the form, which is then shown again."""
    return Caught(lambda refused: explain(form, refused))


def telling(request: HttpRequest) -> Caught:
    """Take a step of one press within: a refusal ends it and is told on the next page."""
    return Caught(lambda refused: messages.error(request, str(refused)))


def told(reason: Reason) -> str:
    """The sentence with its source; the source leads to the rule that spoke."""
    href = address_of(reason.rule) if reason.rule else ""
    if href and reason.source:
        return format_html('{} (<a class="link" href="{}">{}</a>)', reason.message, href, reason.source)
    return f"{reason.message} ({reason.source})" if reason.source else reason.message
