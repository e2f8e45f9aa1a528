"""Which kind of file this is, by what is in it and never by its name; and what is wrong with it before it is opened."""

import zipfile
import zlib
from pathlib import Path

from django.utils.translation import gettext as _

ALLOWED = "XLSX, XLS, ODS, CSV"

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "GZ"),
    (b"{\\rtf", "RTF"),
)
_PARTS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ods"))
_HEAD = 4096


class Unreadable(Exception):
    """The file cannot be used; the message is a translated sentence: which file, what is wrong, what is allowed."""


def refusal(name: str, what: str) -> Unreadable:
    """A refusal that names the file and says what is allowed."""
    return Unreadable(
        _("Không đọc được tệp “%(name)s”: %(what)s Tệp nhận được: %(allowed)s.")
        % {"name": name, "what": what, "allowed": ALLOWED}
    )


def kind_of(path: Path, name: str) -> str:
    """xlsx, xlsb, xls, ods or csv; raises `Unreadable` for everything else."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise refusal(name, _("tệp trống."))
    if head.startswith(b"PK"):
        return _kind_of_zip(path, name)
    if head.startswith(_CFB):
        return _kind_of_compound(path, name)
    for start, kind in _OTHERS:
        if head.startswith(start):
            raise refusal(name, _("đây là tệp %(kind)s, không phải bảng tính.") % {"kind": kind})
    return _kind_of_text(head, name)


def _kind_of_zip(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.lower() for part in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refusal(name, _("tệp bị hỏng hoặc tải lên chưa hết. Hãy tải lên lại.")) from error
    if "word/document.xml" in parts:
        raise refusal(name, _("đây là tệp Word. Hãy chép bảng sang Excel rồi lưu."))
    for part, kind in _PARTS:
        if part in parts:
            return kind
    raise refusal(name, _("đây là tệp nén ZIP, không phải bảng tính."))


def _kind_of_compound(path: Path, name: str) -> str:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name)
    if "WordDocument".encode("utf-16-le") in data:
        raise refusal(name, _("đây là tệp Word. Hãy chép bảng sang Excel rồi lưu."))
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise refusal(name, _("tệp bị hỏng hoặc không phải bảng tính."))


def _kind_of_text(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml", b"<script")):
        raise refusal(name, _("đây là trang web mang đuôi bảng tính. Hãy mở bằng Excel rồi lưu thành .xlsx."))
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1::2].count(0) + head[0::2].count(0) > len(head) // 6
    strange = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not wide and strange > len(head) // 100:
        raise refusal(name, _("không nhận ra loại tệp này."))
    return "csv"


def locked(name: str) -> Unreadable:
    """The file has a password."""
    return refusal(name, _("tệp đặt mật khẩu. Hãy bỏ mật khẩu trong Excel, lưu lại rồi tải lên."))


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refusal(name, _("tệp bị hỏng. Hãy mở bằng Excel, lưu thành tệp mới rồi tải lên.")) from error


def check_unpacked(path: Path, name: str, *, most: int, ratio: int, small: int) -> None:
    """Refuse a zipped file that declares too much inside, before any of it is unpacked.

    `most` bytes in all; no part over `small` bytes may be packed more than `ratio` to one.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        for part in parts:
            if part.flag_bits & 1:
                raise locked(name)
            manifest = part.filename == "META-INF/manifest.xml" and part.file_size < small
            if manifest and b"encryption-data" in _unpacked(archive, part, name):
                raise locked(name)
    whole = sum(part.file_size for part in parts)
    packed = any(part.file_size > small and part.file_size > ratio * max(part.compress_size, 1) for part in parts)
    if whole > most or packed or len({part.header_offset for part in parts}) < len(parts):
        raise refusal(
            name,
            _("nội dung bên trong quá lớn so với tệp (%(size)s MB), giống một tệp phá hoại.")
            % {"size": max(whole >> 20, 1)},
        )
