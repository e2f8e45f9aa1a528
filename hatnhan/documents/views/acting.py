"""One shape for every form of papers: show it, act, go on, or say why not with all that was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from hatnhan.documents.forms import UPLOAD_REFUSED
from hatnhan.kernel.forms import explain
from hatnhan.kernel.pages import render
from hatnhan.kernel.refusal import Reason, Refused

Act = Callable[[forms.Form], tuple[str, str]]


def too_large(request: HttpRequest, form: forms.Form) -> bool:
    """Say so when a file was refused while it arrived; what was typed beside it is still there."""
    name = request.META.get(UPLOAD_REFUSED)
    if not name:
        return False
    text = _("Tệp “%(name)s” quá lớn; các tệp của một lần gửi nhiều nhất %(most)s MB. Hãy chụp hoặc quét nhỏ lại.")
    told = {"name": str(name)[:80], "most": settings.HATNHAN_UPLOAD_BYTES // 1_000_000}
    field = "file" if "file" in form.fields else "files"
    form.errors.pop(field, None)
    explain(form, [Reason("large", text % told, field=field)])
    return True


def acted(
    request: HttpRequest, form: forms.Form, act: Act, template: str, context: dict[str, Any],
    refused: Callable[[Refused], forms.Form | None] | None = None,
) -> HttpResponse:  # fmt: skip
    """`act` gives what to say and where to go on. `refused` may give another form to show in its place."""
    if request.method == "POST" and not too_large(request, form) and form.is_valid():
        try:
            said, where = act(form)
        except Refused as why:
            form = (refused(why) if refused else None) or form
            form.is_valid()
            explain(form, why)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(where)
    return render(request, template, {**context, "form": form}, 422 if form.errors else 200)
