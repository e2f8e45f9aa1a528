"""The API of the program: the operations of every module behind one door."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from hatnhan.access import api as access
from hatnhan.access.middleware import FOR_PROGRAMS
from hatnhan.admissions import api as admissions
from hatnhan.documents import api as documents
from hatnhan.dues import api as dues
from hatnhan.duties import api as duties
from hatnhan.honours import api as honours
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.api import Door
from hatnhan.kernel.refusal import Reason
from hatnhan.meetings import api as meetings
from hatnhan.members import api as members
from hatnhan.members import export_api, record_api
from hatnhan.members.corrections import api as corrections
from hatnhan.members.imports import api as imports
from hatnhan.members.quality import api as quality
from hatnhan.members.reorganise import api as reorganise
from hatnhan.movements.residence import api as residence
from hatnhan.movements.temporary import api as temporary
from hatnhan.movements.transfers import api as transfers
from hatnhan.reports import api as reports
from hatnhan.reports.audit import api as audit
from hatnhan.rulebook import api as rulebook
from hatnhan.units import api as units

Next = Callable[[HttpRequest], HttpResponse]

ABOUT = _(
    "Danh sách, hồ sơ, số liệu và mọi việc làm được trên các trang, cùng quyền, cùng phạm vi và cùng lý do khi không "
    "làm được. Gửi khóa truy cập trong đầu mục Authorization: Bearer …; câu chữ theo Accept-Language (vi, en)."
)

api = Door(
    title="Hạt Nhân", version="1", description=ABOUT, auth=access.AccessKey(), urls_namespace="api",
    openapi_url="/openapi.json",
)  # fmt: skip
PARTS = (
    access, rulebook, units, duties, members, record_api, corrections, imports, export_api, reorganise, quality,
    documents, *meetings.ROOMS, dues, admissions, honours, transfers, residence, temporary, reports, audit,
)  # fmt: skip
for _module in PARTS:
    api.add_router("", _module.router)


def speak(get_response: Next) -> Next:
    """Answer programs in the language that they ask for, and let nobody keep what they were answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FOR_PROGRAMS):
            return get_response(request)
        translation.activate(access.reader_language(request))
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = _not_this_way(request, response)
        _mark(request, response)
        response.headers["Content-Language"] = translation.get_language() or "vi"
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    return middleware


def _mark(request: HttpRequest, response: HttpResponse) -> None:
    """The watermark of an answer: whose key, which, when. Headers hold no Vietnamese letters."""
    token = getattr(request, "token", None)
    if token is not None:
        taken = timezone.localtime().isoformat(timespec="seconds")
        response.headers["X-Taken-By"] = f"{token.account.username}; key={token.pk}; at={taken}"


def _not_this_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same refusal as everywhere, with the ways that there are."""
    allowed = response.headers["Allow"]
    answer = api.refuse(request, 405, [Reason("method", _("Ở đây chỉ dùng: %(ways)s.") % {"ways": allowed})])
    answer.headers["Allow"] = allowed
    return answer


@csrf_exempt
def unknown(request: HttpRequest, *_rest: Any) -> HttpResponse:
    """An address that the API does not have."""
    return api.on_exception(request, NotFound())
