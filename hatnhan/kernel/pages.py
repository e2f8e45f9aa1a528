"""A page declares itself: code, title, permission, place in the menu. Menu and permission test come from here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.urls import NoReverseMatch, reverse

from .actor import Actor, Forbidden, NotFound
from .days import today
from .models import Unit
from .secrets import KeyProblem

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Place:
    """Where a page stands in the menu: a group (0 main, 1 work, 2 house), an order within it, and an icon. `waits`
    counts what waits there for the actor; it is asked only on pages that say `tells`. `leads` gives the address
    that the entry opens from a page, or nothing for the page's own. With `own` it is left out for an account that
    belongs to nobody."""

    group: int
    order: int
    icon: str
    phone: bool = False
    waits: Callable[[Actor], int] | None = None
    leads: Callable[["Page"], str] | None = None
    own: bool = False


@dataclass(frozen=True)
class Page:
    """A declared page. `permission` None means: everybody who is signed in; `public` means: also those who are not.

    On a page that `tells` the menu counts what waits: a first page after signing in. The permission test calls every
    page as every role."""

    code: str
    title: Any
    permission: str | None
    place: Place | None
    public: bool
    view: View
    tells: bool = False

    @property
    def url(self) -> str:
        return reverse(self.code)


PAGES: dict[str, Page] = {}


def page(
    code: str, title: Any, *, permission: str | None = None, place: Place | None = None, public: bool = False,
    tells: bool = False,
) -> Callable[[View], View]:  # fmt: skip
    """Declare a view as a page. Its URL name is the code. Visitors are sent to sign in; whoever lacks the permission
    everywhere gets 403; `NotFound` and `Forbidden` from the actor become 404 and 403; what cannot be decrypted is
    said in words, with 503."""

    def wrap(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            if not public and actor.account_id is None:
                return redirect_to_login(request.get_full_path())
            if permission is not None and not actor.can(permission):
                raise PermissionDenied(permission)
            request.page = PAGES[code]  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except NotFound as error:
                raise Http404 from error
            except Forbidden as error:
                raise PermissionDenied from error
            except KeyProblem as problem:
                return render(request, "503.html", {"problem": str(problem)}, status=503)

        if code in PAGES:
            raise RuntimeError(f"two pages are called {code}")
        PAGES[code] = Page(code, title, permission, place, public, run, tells)
        return run

    return wrap


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the access middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def day_of(request: HttpRequest) -> date:
    """The day for which the reader asked with `?on=`; today when absent or not a date."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def working_unit(request: HttpRequest, code: str) -> Unit:
    """The unit named by `?unit=`, else the highest in which the actor has the permission. Raises `NotFound` when it
    lies outside, `Forbidden` when there is none."""
    actor = actor_of(request)
    asked = request.GET.get("unit", "")
    if asked.isdigit():
        unit = Unit.objects.filter(pk=int(asked)).first()
        if unit is None:
            raise NotFound(code)
        actor.require(code, at=unit)
        return unit
    found = home_unit(actor, code)
    if found is None:
        raise Forbidden(code)
    return found


def home_unit(actor: Actor, code: str) -> Unit | None:
    """The highest unit in which the actor has the permission."""
    if actor.everything:
        return Unit.objects.filter(placements__parent__isnull=True, placements__voided_at__isnull=True).first()
    held = sorted((g for g in actor.grants if code in g.permissions), key=lambda g: (len(g.path), g.path))
    return Unit.objects.filter(pk=held[0].unit_id).first() if held else None


def menu(request: HttpRequest) -> list[list[dict[str, Any]]]:
    """The entries that this actor may open, by group, each with label, url, icon, current and phone."""
    actor = actor_of(request)
    here: Page | None = getattr(request, "page", None)
    current = _entry_of(here, actor)
    groups: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for one in PAGES.values():
        if one.place is None or (one.permission is not None and not actor.can(one.permission)):
            continue
        if one.place.own and actor.person_id is None:
            continue
        try:
            url = one.url
        except NoReverseMatch:
            continue
        entry = {
            "label": str(one.title),
            "url": (one.place.leads(here) if one.place.leads and here is not None else "") or url,
            "icon": one.place.icon,
            "current": one is current,
            "phone": one.place.phone,
            "count": one.place.waits(actor) if one.place.waits and here is not None and here.tells else None,
        }
        groups.setdefault(one.place.group, []).append((one.place.order, entry))
    return [[entry for _order, entry in sorted(groups[key], key=lambda pair: pair[0])] for key in sorted(groups)]


def _entry_of(here: Page | None, actor: Actor) -> Page | None:
    """The entry of the menu under which a page lies: its own, else that whose code its own begins with, else the first
    of its module."""
    if here is None:
        return None
    open_ones = [one for one in PAGES.values() if one.place and (not one.permission or actor.can(one.permission))]
    module = [one for one in open_ones if one.code.split(".")[0] == here.code.split(".")[0]]
    module.sort(key=lambda one: (one.place.group, one.place.order) if one.place else (0, 0))
    near = [one for one in module if here.code.startswith(one.code)]
    return max(near, key=lambda one: len(one.code)) if near else next(iter(module), None)


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page from its Jinja2 template."""
    return django_render(request, template, context or {}, status=status, using=None)
