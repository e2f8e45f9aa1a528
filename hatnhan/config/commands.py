"""Every command that a module of ours brings, in its user's language; none of Django's, which could do harm."""

import os
import sys

from django.core.management import CommandError, get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.utils import translation
from django.utils.translation import gettext as _

from hatnhan.config import speaking
from hatnhan.config.health import refuse_unready

UNUSABLE = 2
WITHOUT_DATA = frozenset({"init", "rulebook", "backup", "restore"})
"""Commands that do not need an installation that is ready."""
ALIASES = {"check": "check_data"}
"""Django has commands of these names itself: ours lie in files of another name."""


def main(arguments: list[str], refused: OSError | None) -> int:
    """Do what the arguments say; the exit code. `refused` came in the way of the data directory."""
    translation.activate("en" if os.environ.get("HATNHAN_LANGUAGE") == "en" else "vi")
    known = own_commands()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        sys.stdout.write(overview(known))
        return 0
    name = arguments[0]
    if name not in known:
        return said(_("Không có lệnh “%(name)s”.") % {"name": name} + "\n\n" + overview(known), UNUSABLE)
    return run(name, load_command_class(known[name], ALIASES.get(name, name)), arguments[1:], refused)


def run(name: str, command: BaseCommand, words: list[str], refused: OSError | None) -> int:
    """Do one command; its exit code. What stands in its way is said in a sentence."""
    speaking.speak()
    command.suppressed_base_arguments = speaking.DJANGOS_OWN
    command.requires_system_checks = []
    parser = command.create_parser("hatnhan", name)
    parser.called_from_command_line = True
    options = vars(parser.parse_args(words))
    try:
        if refused is not None:
            raise refused
        if name not in WITHOUT_DATA:
            refuse_unready()
        command.execute(*options.pop("args", ()), **options)
        sys.stdout.flush()
    except CommandError as error:
        return said(str(error), error.returncode)
    except DatabaseError as error:
        return said(speaking.database_trouble(error))
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        file = error.filename or os.environ.get("HATNHAN_DATA", "data")
        return said(_("Không làm được với “%(file)s”: %(why)s.") % {"file": file, "why": speaking.why(error)})
    finally:
        connections.close_all()
    return 0


def said(text: str, code: int = 1) -> int:
    """Tell what went wrong."""
    sys.stderr.write(text + "\n")
    return code


def own_commands() -> dict[str, str]:
    """Name of each command and the app that brings it."""
    typed = {name: alias for alias, name in ALIASES.items()}
    found = {typed.get(name, name): str(app) for name, app in get_commands().items()}
    return {name: app for name, app in sorted(found.items()) if app.startswith("hatnhan.")}


def overview(known: dict[str, str]) -> str:
    """The list of commands, each with the first line of its help."""
    lines = [_("Cách dùng: hatnhan LỆNH [tham số]; hatnhan LỆNH --help để xem tham số."), ""]
    for name, app in known.items():
        told = str(load_command_class(app, ALIASES.get(name, name)).help).strip().split("\n")[0]
        lines.append(f"  {name:<12}{told}")
    return "\n".join(lines) + "\n"
