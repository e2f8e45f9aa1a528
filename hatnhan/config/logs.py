"""Where log lines go: the standard error stream, as plain lines or as one JSON object per line."""

import json
import logging
from typing import Any


class JsonLines(logging.Formatter):
    """One object per line; never the request's body, never a field of a person."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def plan(level: str, *, as_json: bool) -> dict[str, Any]:
    """The `LOGGING` setting. Django's own mail-the-admins handler is left out: there is no mail server to count on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": "hatnhan.config.logs.JsonLines"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "hatnhan": {"level": level},
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.security": {"level": "WARNING"},
        },
    }
