"""The wording of papers as a committee reads and changes it, with a preview in the layout of the day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import pdf
from hatnhan.documents.actions.wording import LONGEST, adapt, give_back
from hatnhan.documents.content import OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.models import PassageText
from hatnhan.documents.permissions import ADAPT
from hatnhan.documents.wording import TEMPLATES, Template, Wording, filled
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.forms import DayField, explain, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import name_of


class WordingForm(forms.Form):
    """Every passage of a template; those that were changed are recorded from a day on."""

    on = DayField(label=gettext_lazy("Dùng từ ngày"))

    def __init__(self, *args: Any, template: Template, wording: Wording, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template, self.wording = template, wording
        for one in template.passages:
            marks = " ".join("{{" + name + "}}" for name in one.fields)
            self.fields[one.code] = forms.CharField(
                label=one.label, required=False, max_length=LONGEST * 2, initial=wording.given.get(one.code, one.text),
                help_text=_("Trường dùng được: %(fields)s") % {"fields": marks} if marks else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        self.order_fields([*(one.code for one in template.passages), "on"])

    def changed(self) -> dict[str, str]:
        """The passages that say something else than now."""
        found = {}
        for one in self.template.passages:
            now = self.wording.given.get(one.code, one.text)
            text = "\n".join(self.cleaned_data[one.code].splitlines())
            if text.strip() != now.strip():
                found[one.code] = text
        return found


@page("documents.wordings", gettext_lazy("Lời văn của mẫu"), permission=ADAPT)
def wordings(request: HttpRequest) -> HttpResponse:
    """The templates whose wording a committee may adapt."""
    actor, unit = actor_of(request), working_unit(request, ADAPT)
    own = set(PassageText.objects.on(actor.on).filter(unit=unit).values_list("template", flat=True))
    rows = [(one, one.code in own) for one in TEMPLATES.values()]
    context = {"rows": rows, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "documents/wordings.html", context)


@page("documents.adapt", gettext_lazy("Sửa lời văn của mẫu"), permission=ADAPT)
def wording(request: HttpRequest, template: str) -> HttpResponse:
    """The passages of one template, changed from a day on."""
    actor, unit, known = actor_of(request), working_unit(request, ADAPT), _template(template)
    now = wording_of(template, unit.pk, actor.on)
    form = WordingForm(sent(request), template=known, wording=now, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.changed()
            for code, text in changed.items():
                adapt(
                    actor=actor, unit=unit, template=template, passage=code, text=text, on=form.cleaned_data["on"]
                )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã đổi lời văn.") if changed else _("Không có đoạn nào đổi."))
            return HttpResponseRedirect(_address(template, unit))
    own = PassageText.objects.on(actor.on).filter(unit=unit, template=template).values_list("passage", flat=True)
    labels = {one.code: one.label for one in known.passages}
    context = {
        "form": form, "template": known, "unit": unit, "unit_name": name_of(unit, actor.on),
        "own": [(code, labels[code]) for code in own if code in labels],
        "preview": reverse("documents.preview", args=[template]) + f"?unit={unit.pk}",
    }  # fmt: skip
    return render(request, "documents/wording.html", context, 422 if form.errors else 200)


@page("documents.give_back", gettext_lazy("Dùng lại lời văn có sẵn"), permission=ADAPT)
def restore(request: HttpRequest, template: str, passage: str) -> HttpResponse:
    """One press: the passage says again what it said without the unit's own text."""
    actor, unit = actor_of(request), working_unit(request, ADAPT)
    _template(template)
    if request.method == "POST":
        try:
            give_back(actor=actor, unit=unit, template=template, passage=passage, on=actor.on)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Đã dùng lại lời văn có sẵn."))
    return HttpResponseRedirect(_address(template, unit))


@page("documents.preview", gettext_lazy("Xem trước mẫu"), permission=ADAPT)
def preview(request: HttpRequest, template: str) -> HttpResponse:
    """A page with made-up facts; what stands in the form but is not recorded yet is shown when it is sent along."""
    actor, unit, known = actor_of(request), working_unit(request, ADAPT), _template(template)
    now = wording_of(template, unit.pk, actor.on)
    typed = {one.code: request.POST[one.code][:LONGEST] for one in known.passages if one.code in request.POST}
    shown = Wording(known, {**now.given, **typed})
    answer = HttpResponse(pdf.official(example(shown, unit, actor.on)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="xem-truoc.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def example(wording: Wording, unit: Unit, on: Any) -> OfficialPaper:
    """The passages of a wording one after another, with the samples of its template."""
    head = head_of(unit, on)
    blocks = []
    for one in wording.template.passages:
        text = wording.given.get(one.code, one.text)
        said = filled(text, {name.replace(" ", "_"): value for name, value in wording.template.samples.items()})
        if one.code != "about":
            blocks += [Paragraph(line) for line in said.splitlines() if line.strip()]
    samples = {name.replace(" ", "_"): value for name, value in wording.template.samples.items()}
    about = next((one.text for one in wording.template.passages if one.code == "about"), "")
    return OfficialPaper(
        kind="report", layout=Layout.on(on), issuer=head.issuer, place=head.place, day=on, number="",
        title=str(wording.template.label).upper(), about=filled(wording.given.get("about", about), samples),
        blocks=blocks, signatures=[Sign("BÍ THƯ", "", head.on_behalf)], draft="XEM TRƯỚC",
    )  # fmt: skip


def _template(code: str) -> Template:
    if code not in TEMPLATES:
        raise Http404
    return TEMPLATES[code]


def _address(template: str, unit: Unit) -> str:
    return reverse("documents.adapt", args=[template]) + f"?unit={unit.pk}"
