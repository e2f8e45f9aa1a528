"""How somebody is reminded; the browsers that are told; the link that ends mails; what could not be sent."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from hatnhan.access.devices import browser_of, in_words, machine_of
from hatnhan.access.models import Account
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.secrets import KeyProblem, unseal

from ..models import Delivery, Device, Wish
from ..permissions import DELIVERIES
from . import actions
from .channels import configured, public_key, stopped_by
from .choices import CHANNELS, STATES, TROUBLES
from .forms import RemindersForm
from .rules import masked

SHOWN = 200


@page("duties.reminders", gettext_lazy("Cách nhắc việc"))
def reminders(request: HttpRequest) -> HttpResponse:
    """The own wish, and the own browsers."""
    account = _account(request)
    wish = Wish.objects.filter(account=account).first() or Wish(account=account)
    given = {name: getattr(wish, name) for name in ("mail", "push", "hour", "quiet_from", "quiet_to")}
    form = RemindersForm(sent(request), initial=given, shown=_shown_address(wish))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_reminders(actor=actor_of(request), account=account, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã lưu cách nhắc việc."))
            return HttpResponseRedirect(reverse("duties.reminders"))
    devices = Device.objects.filter(account=account).order_by("since")
    context = {
        "form": form, "mail": configured("mail"), "push": configured("push"),
        "key": public_key(settings.HATNHAN_PUSH_KEY) if configured("push") else "",
        "devices": [(one, in_words(one.machine, one.browser)) for one in devices],
        "sent": Delivery.objects.filter(account=account).order_by("-day", "channel")[:7], "channels": CHANNELS,
        "states": STATES,
    }  # fmt: skip
    return render(request, "duties/reminders.html", context, 422 if form.errors else 200)


def _account(request: HttpRequest) -> Account:
    return Account.objects.get(pk=actor_of(request).account_id)


def _shown_address(wish: Wish) -> str:
    try:
        return masked(unseal(wish.address)) if wish.address else ""
    except (KeyProblem, ValueError):
        return ""


@page("duties.add_device", gettext_lazy("Báo trên máy này"))
def add_device(request: HttpRequest) -> HttpResponse:
    """What the script of the page sends once the browser agreed."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("duties.reminders"))
    agent = request.headers.get("User-Agent", "")
    try:
        actions.add_device(
            actor=actor_of(request), account=_account(request), endpoint=request.POST.get("endpoint", ""),
            p256dh=request.POST.get("p256dh", ""), auth=request.POST.get("auth", ""), machine=machine_of(agent),
            browser=browser_of(agent),
        )  # fmt: skip
    except Refused as refused:
        return HttpResponse(str(refused.reasons[0].message), status=422, content_type="text/plain; charset=utf-8")
    messages.success(request, _("Máy này sẽ báo khi có việc đang chờ."))
    return HttpResponse(status=204)


@page("duties.remove_device", gettext_lazy("Thôi báo trên một máy"))
def remove_device(request: HttpRequest, device: int) -> HttpResponse:
    """One of the own browsers."""
    found = Device.objects.filter(pk=device, account=_account(request)).select_related("account").first()
    if found is None:
        raise Http404
    if request.method == "POST":
        actions.remove_device(actor=actor_of(request), device=found)
        messages.success(request, _("Máy đó không còn nhận lời nhắc."))
    return HttpResponseRedirect(reverse("duties.reminders"))


@page("duties.push_worker", gettext_lazy("Phần báo tin của trình duyệt"), public=True)
def push_worker(request: HttpRequest) -> HttpResponse:
    """The small script that a browser keeps to show a message; served from here, so that it may only do so here."""
    path = finders.find("duties/push-worker.js")
    if not isinstance(path, str):
        raise Http404
    with open(path, encoding="utf-8") as file:
        answer = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@csrf_exempt
@page("duties.stop_reminders", gettext_lazy("Thôi nhận thư nhắc"), public=True)
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail: a look asks, only the button (or the mail program's own) ends it, because programs open links, too.
    The signed link is the proof, so no session is needed."""
    wish = stopped_by(token)
    done = False
    if request.method == "POST" and wish is not None:
        actions.stop_reminders(actor=system("link", today()), wish=wish)
        done = True
    context = {"known": wish is not None, "done": done}
    return render(request, "duties/stop_reminders.html", context, 200 if wish is not None else 404)


@page("duties.deliveries", gettext_lazy("Lời nhắc không gửi được"), permission=DELIVERIES)
def deliveries(request: HttpRequest) -> HttpResponse:
    """What failed, for the administrator: whose, when, by which way and why; nothing of what it was about."""
    rows: Any = Delivery.objects.filter(state="failed").select_related("account").order_by("-at", "-pk")[:SHOWN]
    context = {
        "rows": [(one, CHANNELS[one.channel], TROUBLES.get(one.trouble, one.trouble)) for one in rows],
        "set_up": [(label, configured(channel)) for channel, label in CHANNELS.items()],
    }  # fmt: skip
    return render(request, "duties/deliveries.html", context)
