"""What the command line says by itself, in its reader's language: how a command is used, and what went wrong."""

import argparse
import errno
import socket
from datetime import date

from django.db import DatabaseError
from django.utils.translation import gettext as _

from hatnhan.kernel.figures import BadQuestion
from hatnhan.reports.asked import day_from

DJANGOS_OWN = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
}  # fmt: skip
"""Options of Django that mean nothing to whoever keeps an installation."""


def day(text: str) -> date:
    """A day on the command line, as people write it or year first."""
    try:
        return day_from(text)
    except BadQuestion as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def port(text: str) -> int:
    """A port to listen on."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65_535):
        raise argparse.ArgumentTypeError(
            _("“%(text)s” không phải là cổng; cổng là số từ 1 đến 65535.") % {"text": text}
        )
    return int(text)


def count(text: str) -> int:
    """A number that is not negative."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(_("“%(text)s” không phải là số.") % {"text": text})
    return int(text)


def speak() -> None:
    """Let argparse speak in the active language. It takes its sentences from a function that it calls `_`."""
    said = {
        "usage: ": _("Cách dùng: "),
        "positional arguments": _("tham số"),
        "options": _("tùy chọn"),
        "show this help message and exit": _("cho xem phần này"),
        "%(prog)s: error: %(message)s\n": "%(message)s\n",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
        "the following arguments are required: %s": _("Còn thiếu: %s."),
        "unrecognized arguments: %s": _("Không có tham số: %s."),
        "invalid choice: %(value)r (choose from %(choices)s)": _("không có “%(value)s”; chọn trong: %(choices)s."),
        "invalid %(type)s value: %(value)r": _("“%(value)s” không đúng."),
        "expected one argument": _("cần ghi giá trị ở sau."),
        "not allowed with argument %s": _("không dùng cùng với %s."),
        "ambiguous option: %(option)s could match %(matches)s": _("%(option)s có thể là %(matches)s; hãy ghi đủ."),
        "ignored explicit argument %r": _("không nhận giá trị %r."),
    }
    vars(argparse)["_"] = lambda text: said.get(text, text)


def why(error: OSError) -> str:
    """What the system refused, in words."""
    known = {
        errno.ENOENT: _("không có thư mục hoặc tệp này"),
        errno.EACCES: _("không được phép"),
        errno.EPERM: _("không được phép"),
        errno.ENOSPC: _("ổ đĩa đã đầy"),
        errno.EROFS: _("ổ đĩa chỉ cho đọc"),
        errno.ENOTDIR: _("đây là tệp, không phải thư mục"),
        errno.EEXIST: _("đây là tệp, không phải thư mục"),
        errno.EISDIR: _("đây là thư mục, không phải tệp"),
        errno.EADDRINUSE: _("đang có chương trình khác dùng"),
        errno.EADDRNOTAVAIL: _("máy này không có địa chỉ đó"),
    }
    if isinstance(error, socket.gaierror):
        return _("máy này không có địa chỉ đó")
    return known.get(error.errno or 0) or error.strerror or str(error)


def database_trouble(error: DatabaseError) -> str:
    """Why the database did not do what was asked; whatever was not finished is not kept."""
    text = str(error).strip()
    if "disk is full" in text or "No space left" in text:
        return _("Ổ đĩa đã đầy nên chưa ghi gì. Hãy dọn chỗ trống rồi làm lại.")
    if "readonly" in text:
        return _("Cơ sở dữ liệu chỉ cho đọc nên chưa ghi gì. Hãy xem lại quyền của thư mục dữ liệu.")
    if "locked" in text:
        return _("Cơ sở dữ liệu đang bận ghi việc khác nên chưa ghi gì. Hãy làm lại sau ít phút.")
    return _("Cơ sở dữ liệu không làm được việc này, chưa ghi gì: %(why)s") % {"why": text}
