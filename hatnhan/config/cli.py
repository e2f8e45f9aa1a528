"""The `hatnhan` command: every command that a module of ours brings, and nothing of Django's that could do harm."""

import os
import sys
from pathlib import Path

import django
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.utils import translation
from django.utils.translation import gettext as _

from hatnhan.config.keys import write_keys


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    os.umask(0o077)  # whatever a command or a server writes is for its own account alone
    arguments = sys.argv[1:]
    if arguments[:1] == ["init"] and not {"-h", "--help"} & set(arguments):
        prepare_data(Path(os.environ.get("HATNHAN_DATA", "data")))
    django.setup()
    translation.activate("en" if os.environ.get("HATNHAN_LANGUAGE") == "en" else "vi")
    known = own_commands()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        sys.stdout.write(overview(known))
    elif arguments[0] not in known:
        sys.stderr.write(_("Không có lệnh “%(name)s”.") % {"name": arguments[0]} + "\n\n" + overview(known))
        sys.exit(2)
    else:
        ManagementUtility(["hatnhan", *arguments]).execute()


def prepare_data(data: Path) -> None:
    """Make the data directory, for its owner alone, and its keys. What exists is left as it is."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("uploads", "files"):
        (data / name).mkdir(mode=0o700, exist_ok=True)
    write_keys(data / "secrets.env")


def own_commands() -> dict[str, str]:
    """Name of each command and the app that brings it."""
    return {name: app for name, app in sorted(get_commands().items()) if str(app).startswith("hatnhan.")}


def overview(known: dict[str, str]) -> str:
    """The list of commands, each with the first line of its help."""
    lines = [_("Cách dùng: hatnhan LỆNH [tham số]; hatnhan LỆNH --help để xem tham số."), ""]
    for name, app in known.items():
        told = str(load_command_class(app, name).help).strip().split("\n")[0]
        lines.append(f"  {name:<12}{told}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
