"""A restore is built beside what is there, looked through, and only then swapped in; what was there is kept."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.access.models import Account
from hatnhan.config.renumbered import named_now, take_new_names
from hatnhan.kernel import digests
from hatnhan.kernel.actor import system
from hatnhan.kernel.chains import flaws, told
from hatnhan.kernel.checks import CHECKS, findings
from hatnhan.kernel.days import today
from hatnhan.kernel.models import Unit
from hatnhan.kernel.secrets import fingerprint
from hatnhan.kernel.worker import somebody_works

from . import postgres
from .actions import restored
from .archive import DATABASE, FOLDERS, BadArchive, Manifest, opened, unpack

SHOWN = 10


class NotRestored(Exception):
    """Nothing was changed; the message is a translated sentence."""


@dataclass(frozen=True)
class Wishes:
    """What the administrator allowed: to replace what is there, to do without the numbers, to bring back data in which
    something is wrong."""

    replace: bool = False
    key_lost: bool = False
    with_flaws: bool = False


@dataclass(frozen=True)
class Restored:
    """`kept` is where the data of before lie, empty when there were none; `wrong` is what was found in the new ones."""

    manifest: Manifest
    kept: str
    wrong: list[str]


def restore(path: Path, wishes: Wishes) -> Restored:
    """Bring back a back-up. Raises `BadArchive` and `NotRestored`; then everything is as before."""
    with opened(path) as (source, manifest):
        refuse_unfit(manifest, wishes)
        stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
        aside = Path(settings.DATA) / f"restoring-{stamp}"
        aside.mkdir(mode=0o700)
        try:
            for name in manifest.parts:
                if name.partition("/")[0] in FOLDERS:
                    unpack(source, name, aside / name)
            bring = _sqlite if manifest.engine == "sqlite" else _postgres
            kept, wrong = bring(source, manifest, aside, stamp, wishes)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    _mark(manifest.demo)
    call_command("createcachetable", verbosity=0)
    return Restored(manifest, kept, wrong)


# --- before anything is touched -----------------------------------------------------------------------------------


def refuse_unfit(manifest: Manifest, wishes: Wishes) -> None:
    """Raises `NotRestored` for all that can be known from the manifest and from what is there."""
    if not settings.HATNHAN_HAS_KEYS:
        raise NotRestored(
            _("Chưa có khóa bí mật trong %(folder)s. Hãy đặt tệp secrets.env đã cất riêng vào đó trước.")
            % {"folder": settings.DATA}
        )
    if manifest.key != fingerprint() and not wishes.key_lost:
        raise NotRestored(
            _("Số thẻ, số định danh trong bản sao lưu được mã hóa bằng khóa khác (dấu khóa %(theirs)s, ở đây là "
              "%(ours)s). Hãy đặt đúng HATNHAN_FIELD_KEY đã cất riêng rồi chạy lại; chưa có gì bị thay đổi. "
              "Nếu khóa đã mất hẳn: thêm --key-lost, mọi thứ trừ các số ấy sẽ được khôi phục.")
            % {"theirs": manifest.key or "–", "ours": fingerprint()}
        )  # fmt: skip
    if manifest.engine != connection.vendor:
        raise NotRestored(
            _("Bản sao lưu là của %(theirs)s, máy này dùng %(ours)s. Hãy sửa DATABASE_URL cho khớp.")
            % {"theirs": _called(manifest.engine), "ours": _called(connection.vendor)}
        )
    unknown = named_now(manifest.migrations) - set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)
    if unknown:
        app, name = min(unknown)
        raise NotRestored(
            _("Bản sao lưu do phiên bản mới hơn ghi (%(version)s, %(step)s). Hãy cài phiên bản ấy rồi khôi phục.")
            % {"version": manifest.program, "step": f"{app}.{name}"}
        )
    _refuse_state(manifest, wishes)


def _refuse_state(manifest: Manifest, wishes: Wishes) -> None:
    empty = is_empty()
    if not empty and not wishes.replace:
        raise NotRestored(
            _("Ở đây đã có dữ liệu. Muốn thay bằng bản sao lưu, hãy thêm --replace; dữ liệu cũ vẫn được giữ lại.")
        )
    if manifest.demo and not empty and not settings.HATNHAN_DEMO:
        raise NotRestored(_("Đây là bản sao lưu dữ liệu trình diễn; không đưa vào nơi có dữ liệu thật."))
    if _is_used():
        raise NotRestored(
            _("Chương trình đang chạy trên dữ liệu này. Hãy dừng “hatnhan serve” rồi chạy lại sau hai phút.")
        )
    free = shutil.disk_usage(settings.DATA).free
    if free < manifest.size * 2:
        told = {"need": manifest.size * 2 // 1_000_000 + 1, "free": free // 1_000_000}
        raise NotRestored(_("Ổ đĩa còn %(free)s MB, cần %(need)s MB. Hãy dọn chỗ rồi chạy lại.") % told)


def _called(engine: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(engine, engine)


def is_empty() -> bool:
    """Whether nobody has worked here yet. A database that cannot be read is not empty: somebody may yet save it."""
    if _is_unborn():
        return True
    try:
        tables = connection.introspection.table_names()
        if Account._meta.db_table not in tables:
            return True
        return not (Account.objects.exists() or Unit.objects.exists())
    except DatabaseError:
        return False


def _is_unborn() -> bool:
    """Whether there is no SQLite file yet: only to look would make one."""
    return connection.vendor == "sqlite" and not _live().exists()


def _is_used() -> bool:
    try:
        if _is_unborn():
            return False
        return (connection.vendor == "postgresql" and postgres.visitors() > 0) or somebody_works()
    except DatabaseError:  # not migrated, or not readable: then nothing runs on it either
        connection.close()
        return False


# --- beside, then in ----------------------------------------------------------------------------------------------


def _ready(manifest: Manifest, aside: Path, wishes: Wishes) -> list[str]:
    """Bring what `default` is turned to up to this version, look it through, and tell its log. Returns what is wrong
    in words; raises `NotRestored` for it unless that was allowed."""
    try:
        take_new_names()
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, RuntimeError) as error:
        raise NotRestored(_("Không nâng được bản sao lưu lên phiên bản này: %(why)s") % {"why": error}) from error
    wrong = _wrong(aside / "digests", wishes)
    if wrong and not wishes.with_flaws:
        more = wrong[:SHOWN] + ([f"… {len(wrong)}"] if len(wrong) > SHOWN else [])
        raise NotRestored(
            "\n".join([*more, _("Dữ liệu trong bản sao lưu có chỗ sai nên chưa thay vào; dữ liệu ở đây vẫn nguyên. "
                                "Hãy thử bản sao lưu khác, hoặc thêm --with-flaws.")])
        )  # fmt: skip
    restored(actor=system("cli", today()), made_at=datetime.fromisoformat(manifest.at), reason="hatnhan restore")
    connection.close()
    return wrong


def _wrong(packed_digests: Path, wishes: Wishes) -> list[str]:
    latest = digests.last(packed_digests)
    found = [told(flaw) for flaw in flaws(sealed=latest.heads if latest else None)]
    left_out = {"log", "key", "numbers"} if wishes.key_lost else {"log"}
    return found + [one.what for _check, one in findings(code for code in CHECKS if code not in left_out)]


def _sqlite(
    source: zipfile.ZipFile, manifest: Manifest, aside: Path, stamp: str, wishes: Wishes
) -> tuple[str, list[str]]:
    fresh, live = aside / DATABASE, _live()
    unpack(source, DATABASE, fresh)
    with _turned_to(fresh):
        wrong = _ready(manifest, aside, wishes)
    kept = Path(settings.DATA) / f"before-restore-{stamp}"

    def swap() -> None:
        for tail in ("-wal", "-shm", ""):
            old = live.with_name(live.name + tail)
            if old.exists():
                kept.mkdir(mode=0o700, exist_ok=True)
                old.rename(kept / old.name)
        fresh.rename(live)

    _swap_all(aside, kept, swap)
    return str(kept) if kept.exists() else "", wrong


def _postgres(
    source: zipfile.ZipFile, manifest: Manifest, aside: Path, stamp: str, wishes: Wishes
) -> tuple[str, list[str]]:
    living, kept = postgres.schema(), Path(settings.DATA) / f"before-restore-{stamp}"
    schema = f"before_restore_{stamp.replace('-', '_')}"
    with postgres.beside(living) as fresh:
        postgres.build(manifest)
        postgres.load(source, manifest, fresh)
        wrong = _ready(manifest, aside, wishes)
        try:
            _swap_all(aside, kept, lambda: postgres.swap(living, fresh, schema))
        except DatabaseError as error:
            raise NotRestored(_("PostgreSQL không cho đổi tên lược đồ: %(why)s") % {"why": error}) from error
    places = [schema if postgres.exists(schema) else "", str(kept) if kept.exists() else ""]
    return ", ".join(filter(None, places)), wrong


def _swap_all(aside: Path, kept: Path, database: Callable[[], None]) -> None:
    """Files and digests by renaming, then the database; when that fails the files go back."""
    undo: list[tuple[Path, Path]] = []
    try:
        for name, live in (("files", Path(settings.MEDIA_ROOT)), ("digests", Path(settings.HATNHAN_DIGESTS))):
            if live.exists() and any(live.iterdir()):
                kept.mkdir(mode=0o700, exist_ok=True)
                shutil.move(live, kept / name)
                undo.append((kept / name, live))
            fresh = aside / name
            if fresh.exists():
                shutil.rmtree(live, ignore_errors=True)
                shutil.move(fresh, live)
                undo.append((live, fresh))
            live.mkdir(mode=0o700, parents=True, exist_ok=True)
        database()
    except BaseException:
        for now, before in reversed(undo):
            shutil.rmtree(before, ignore_errors=True)
            shutil.move(now, before)
        raise


def _live() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


@contextmanager
def _turned_to(path: Path) -> Iterator[None]:
    """Let `default` mean another SQLite file."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _mark(demo: bool) -> None:
    """Demonstration data carry their marker, real ones never do."""
    marker = Path(settings.DATA) / "demo"
    if demo and not marker.exists():
        marker.write_text("[]", encoding="utf-8")
    elif not demo:
        marker.unlink(missing_ok=True)


__all__ = ["BadArchive", "NotRestored", "Restored", "Wishes", "is_empty", "refuse_unfit", "restore"]
