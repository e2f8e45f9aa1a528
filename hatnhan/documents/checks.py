"""What `hatnhan check` asks of papers: that every file lies there and is what was kept."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.checks import Finding, check

from .files import path_of
from .models import Blank, File


@check("files", gettext_lazy("Tệp của văn bản"))
def files() -> Iterator[Finding]:
    """Files that are gone or were changed behind the program's back."""
    hashes = set(File.objects.values_list("sha256", flat=True)) | set(
        Blank.objects.exclude(sha256="").values_list("sha256", flat=True)
    )
    gone = [one for one in sorted(hashes) if not path_of(one).is_file()]
    changed = [one for one in sorted(hashes - set(gone)) if _hash(one) != one]
    mend = _("Lấy lại các tệp từ bản sao lưu gần nhất.")
    if gone:
        yield Finding(_("Thiếu %(n)s tệp của văn bản, đầu tiên là %(hash)s.") % {"n": len(gone), "hash": gone[0]}, mend)
    if changed:
        told = {"n": len(changed), "hash": changed[0]}
        yield Finding(_("%(n)s tệp của văn bản đã bị thay đổi, đầu tiên là %(hash)s.") % told, mend)


def _hash(name: str) -> str:
    with path_of(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
