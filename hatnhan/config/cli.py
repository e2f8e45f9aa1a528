"""The `hatnhan` command: makes the data directory for `init`, reads the settings, and hands over to `commands`."""

import os
import sys
from importlib import import_module
from pathlib import Path

import django

from hatnhan.config.keys import write_keys


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    os.umask(0o077)  # whatever a command or a server writes is for its own account alone
    arguments = sys.argv[1:]
    refused: OSError | None = None
    if arguments[:1] == ["init"] and not {"-h", "--help"} & set(arguments):
        try:
            prepare_data(Path(os.environ.get("HATNHAN_DATA", "data")))
        except OSError as error:
            refused = error
    try:
        django.setup()
    except ValueError as error:  # a setting or a rule file that cannot be read
        sys.exit(str(error))
    # The commands' own modules need the settings that have only now been read.
    sys.exit(import_module("hatnhan.config.commands").main(arguments, refused))


def prepare_data(data: Path) -> None:
    """Make the data directory, for its owner alone, and its keys. What exists is left as it is."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("uploads", "files"):
        (data / name).mkdir(mode=0o700, exist_ok=True)
    write_keys(data / "secrets.env")


if __name__ == "__main__":
    main()
