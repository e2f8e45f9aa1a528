"""Where passkeys work, and the questions to them in a form that a page can carry."""

import json
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def passkey_place(request: HttpRequest) -> str:
    """Why a passkey cannot work under the address in use; empty when it can. Browsers offer passkeys only at a name
    over TLS and at `localhost`, never at a number such as 127.0.0.1."""
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    if name == "localhost" or name.endswith(".localhost"):
        return ""
    if _is_number(name):
        text = _(
            "Khóa của máy không dùng được ở địa chỉ bằng số (%(host)s). Hãy mở hệ thống bằng tên, ví dụ "
            "https://ten-may-chu, hoặc http://localhost khi dùng ngay trên máy chủ."
        )
        return text % {"host": host}
    if not request.is_secure():
        text = _(
            "Khóa của máy chỉ dùng được khi đường truyền được mã hóa (địa chỉ bắt đầu bằng https://). "
            "Đồng chí đang mở http://%(host)s; hãy hỏi người quản trị hệ thống."
        )
        return text % {"host": host}
    return ""


def answerable(options: dict[str, Any]) -> str:
    """A question of the library as JSON for the page's script."""
    return json.dumps(dict(options["publicKey"]), default=dict)


def _is_number(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
