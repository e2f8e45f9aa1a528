"""A task of several pages whose state travels in the address and in the form: signed, so nothing typed is lost, and
going back and loading again are always right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from hatnhan.kernel.actor import Actor

DAYS = 3 * 24 * 3600
OURS = {"csrfmiddlewaretoken", "state", "step", "go"}

Given = dict[str, Any]
Raw = Mapping[str, list[str]]


@dataclass(frozen=True)
class Step:
    """One page: its form is made from the actor, what the earlier steps gave, and what was typed."""

    code: str
    title: Any
    form: Callable[..., forms.Form]
    template: str = "members/reorganise/step.html"


@dataclass(frozen=True)
class Draft:
    """What was typed on each page so far, as it was typed."""

    kind: str
    typed: Mapping[str, Raw] = field(default_factory=dict)

    def sealed(self, actor: Actor) -> str:
        """As text for the address and the form."""
        return signing.dumps(dict(self.typed), salt=_salt(self.kind, actor), compress=True)

    def address(self, actor: Actor, path: str, number: int) -> str:
        """The page of a step with this state."""
        return f"{path}?{urlencode({'step': str(number), 'state': self.sealed(actor)})}"

    def put(self, code: str, data: QueryDict) -> "Draft":
        """With what a page sent."""
        raw = {name: data.getlist(name) for name in data if name not in OURS}
        return Draft(self.kind, {**self.typed, code: raw})

    def data(self, code: str) -> QueryDict | None:
        """What was typed on a page, as a form takes it; None when it was not sent yet."""
        raw = self.typed.get(code)
        if raw is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in raw.items():
            data.setlist(name, list(values))
        return data

    def initial(self, code: str, form: forms.Form) -> Given:
        """What was typed on a page, as starting values."""
        data = self.data(code)
        if data is None:
            return {}
        several = forms.MultipleChoiceField
        return {
            name: data.getlist(name) if isinstance(made, several) else data.get(name, "")
            for name, made in form.fields.items()
        }


def opened(request: HttpRequest, kind: str, actor: Actor) -> Draft:
    """The state that the request carries; an empty one when there is none, or it is not ours or too old."""
    text = request.POST.get("state") or request.GET.get("state", "")
    if not text:
        return Draft(kind)
    try:
        return Draft(kind, signing.loads(text, salt=_salt(kind, actor), max_age=DAYS))
    except signing.BadSignature:
        return Draft(kind)


def _salt(kind: str, actor: Actor) -> str:
    return f"reorganise.{kind}.{actor.account_id}"
