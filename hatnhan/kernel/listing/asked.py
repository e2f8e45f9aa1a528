"""What the address asks of a list: search, filters, order, columns, page; and addresses that ask for something else."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict

PAGING = ("after", "before")


class Asked:
    """The question of one address. Every address keeps its filters, order, columns, day and unit."""

    def __init__(self, path: str, query: QueryDict) -> None:
        self.path = path
        self.query = {name: values for name, values in query.lists() if any(values)}

    def one(self, name: str) -> str:
        """The last value under a name, or an empty text."""
        return (self.query.get(name) or [""])[-1]

    def many(self, name: str) -> list[str]:
        return list(dict.fromkeys(self.query.get(name, [])))

    def address(self, path: str | None = None, **changes: Iterable[str] | str | None) -> str:
        """The address with some names changed; another order, search or filter begins at the first page again."""
        query = self._without(*(() if set(changes) & set(PAGING) and len(changes) == 1 else PAGING))
        for name, value in changes.items():
            query.pop(name, None)
            if name in PAGING:
                query.pop("before" if name == "after" else "after", None)
            values = [value] if isinstance(value, str) else list(value or [])
            if any(values):
                query[name] = values
        where = self.path if path is None else path
        return f"{where}?{urlencode(query, doseq=True)}" if query else where

    def kept(self, *changed: str) -> list[tuple[str, str]]:
        """What a form carries along when it asks anew for the `changed` names."""
        query = self._without(*PAGING, *changed)
        return [(name, value) for name, values in query.items() for value in values]

    def besides_pages(self) -> dict[str, list[str]]:
        """All that is asked, whichever page of it."""
        return self._without(*PAGING)

    def _without(self, *names: str) -> dict[str, list[str]]:
        return {name: values for name, values in self.query.items() if name not in names}
