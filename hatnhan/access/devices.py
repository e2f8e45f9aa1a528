"""What a browser says about itself, in plain words. Pure: no database, no clock."""

import re

from django.utils.translation import gettext as _

from .choices import BROWSERS, MACHINES

# The first that fits; a browser names its ancestors too, so the younger ones stand before them.
_MACHINES = (
    ("iphone", re.compile(r"\biPhone\b")),
    ("ipad", re.compile(r"\biPad\b")),
    ("android", re.compile(r"\bAndroid\b.*\bMobile\b")),
    ("android_tablet", re.compile(r"\bAndroid\b")),
    ("windows", re.compile(r"\bWindows NT\b")),
    ("chromeos", re.compile(r"\bCrOS\b")),
    ("mac", re.compile(r"\bMacintosh\b")),
    ("linux", re.compile(r"\bLinux\b")),
)
_BROWSERS = (
    ("zalo", re.compile(r"\bZalo\b", re.IGNORECASE)),
    ("coccoc", re.compile(r"\bcoc_coc_browser\b")),
    ("edge", re.compile(r"\bEdg(?:e|A|iOS)?/")),
    ("samsung", re.compile(r"\bSamsungBrowser/")),
    ("opera", re.compile(r"\bOPR/")),
    ("firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("chrome", re.compile(r"\b(?:Chrome|Chromium|CriOS|HeadlessChrome)/")),
    ("safari", re.compile(r"\bSafari/")),
)


def machine_of(agent: str) -> str:
    """A key of `choices.MACHINES`."""
    return next((name for name, sign in _MACHINES if sign.search(agent)), "other")


def browser_of(agent: str) -> str:
    """A key of `choices.BROWSERS`."""
    return next((name for name, sign in _BROWSERS if sign.search(agent)), "other")


def in_words(machine: str, browser: str) -> str:
    """ "Điện thoại Android, Chrome"."""
    known = {"machine": MACHINES.get(machine, MACHINES["other"]), "browser": BROWSERS.get(browser, BROWSERS["other"])}
    return _("%(machine)s, %(browser)s") % known
