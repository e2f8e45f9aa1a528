"""What goes wrong with the rulebook: a file that says nonsense, a question that it cannot answer."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _


class RuleFileError(ValueError):
    """A rule file is wrong: names the file, the key and what is allowed. The program does not begin with it; a command
    says this sentence."""

    def __init__(self, file: str, key: str, problem: str, allowed: Iterable[str] | str = ()) -> None:
        self.file, self.key, self.problem = file, key, problem
        self.allowed = allowed if isinstance(allowed, str) else ", ".join(allowed)
        wanted = _("Tệp %(file)s, quy định %(key)s:") if key else _("Tệp %(file)s:")
        place = wanted % {"file": file, "key": key}
        hint = " " + _("Cho phép: %(allowed)s.") % {"allowed": self.allowed} if self.allowed else ""
        super().__init__(f"{place} {problem}{hint}")


class RuleMissingError(LookupError):
    """No rule with this key, or none on this day."""

    def __init__(self, key: str, day: date, known: bool) -> None:
        self.key, self.day, self.known = key, day, known
        where = {"key": key, "day": f"{day.day}/{day.month}/{day.year}"}
        if known:
            super().__init__(_("Ngày %(day)s chưa có hoặc không còn quy định %(key)s.") % where)
        else:
            super().__init__(_("Sổ quy định không có mục %(key)s.") % where)
