"""Help: all guides with a search, one guide, and what is read before signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hatnhan.access.models import Account, Grant
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.pages import Place, actor_of, page, render

from . import guides
from .finding import LONGEST, find
from .sections import fitting


@page("help", _("Trợ giúp"), place=Place(2, 90, "circle-help", leads=fitting))
def every_guide(request: HttpRequest) -> HttpResponse:
    """The guides of the reader's own roles, then the others; with `?q=` the sections that have its words."""
    own, others = guides.own_first(_roles(actor_of(request)))
    asked = request.GET.get("q", "")[:LONGEST].strip()
    context = {"own": own, "others": others, "asked": asked, "found": find(asked, [*own, *others])}
    return render(request, "help/every_guide.html", context)


@page("help.guide", _("Hướng dẫn"))
def one_guide(request: HttpRequest, guide: str) -> HttpResponse:
    """One guide with its table of contents."""
    try:
        found = guides.guide(guide)
    except guides.NoGuide as error:
        raise Http404 from error
    return render(request, "help/guide.html", {"guide": found})


@page("help.signing_in", _("Trợ giúp đăng nhập"), public=True)
def signing_in(request: HttpRequest) -> HttpResponse:
    """What is read before signing in: the first time, a forgotten password, a lost phone."""
    return render(request, "help/signing_in.html", {"guide": guides.guide(guides.SIGNING_IN)})


def _roles(actor: Actor) -> list[str]:
    """The roles that the account holds today; whoever has a record reads as a member, too."""
    account = Account.objects.get(pk=actor.account_id)
    roles = set(Grant.objects.on(actor.on).filter(account=account).values_list("role", flat=True))
    if actor.person_id is not None:
        roles.add("member")
    if account.installation_admin:
        roles.add("administrator")
    return sorted(roles)
