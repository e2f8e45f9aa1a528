"""The measurements of the README: `make bench`. Ratios in one alternating run; a report, never a test."""

import os
import sys
from importlib import import_module

import django

PARTS = ("tree", "imports", "lists", "facts", "papers", "recording", "memory", "evening", "honours", "dues")


def main() -> None:
    """Print one table for the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    os.environ.setdefault("HATNHAN_PLAIN_STATIC", "1")
    django.setup()
    connection = import_module("django.db").connection
    for command in (("migrate",), ("createcachetable",)):
        import_module("django.core.management").call_command(*command, verbosity=0)
    asked = sys.argv[1:] or PARTS
    sys.stdout.write(f"\n{connection.vendor}\n\n| | ours | base | ratio | limit |\n|---|---|---|---|---|\n")
    for part in asked:
        for row in import_module(f"scripts.bench.{part}").measure():
            sys.stdout.write(row.line() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
