"""Template agendas of the rulebook, and how one is laid over what stands on an agenda already. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.meetings.choices import MATTERS, PARTS, TASKS_ITEM
from hatnhan.rulebook import Book
from hatnhan.rulebook.words import Words

LONGEST_TITLE, LONGEST_TEXT, MOST_MINUTES, MOST_ITEMS = 200, 20_000, 480, 60


@dataclass(frozen=True)
class ItemSheet:
    """An item as it is written: `minutes` planned, 0 where it is open; `rule`: by which rule it is voted on."""

    title: str
    part: str = "main"
    text: str = ""
    minutes: int = 0
    speaker: int | None = None
    rule: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Template:
    """A template of the rulebook: for which kinds of cell it is offered first, and its items in order."""

    code: str
    label: str
    kinds: tuple[str, ...]
    items: tuple[ItemSheet, ...] = field(default=())


class Standing(Protocol):
    """An item that stands on an agenda already."""

    @property
    def part(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def subject(self) -> str: ...


S = TypeVar("S", bound=Standing)


def templates(book: Book) -> list[Template]:
    """The templates in force, in the order of the file. Raises KeyError for an item without part or title."""
    found = []
    for code, rule in book.under("agenda").items():
        label = str(Words(rule.value["label_vi"], rule.value["label_en"]))
        items = tuple(ItemSheet(**item) for item in rule.value["items"])
        found.append(Template(code, label, tuple(rule.value["kinds"]), items))
    return found


def fitting(offered: Sequence[Template], cell_kind: str, meeting_kind: str) -> list[Template]:
    """The templates, the one that fits the kind of cell and of meeting first."""
    wanted = meeting_kind if meeting_kind in ("thematic", "committee") else ""
    return sorted(offered, key=lambda one: (one.code != wanted, wanted != "" or cell_kind not in one.kinds))


def laid(template: Template, standing: Sequence[S]) -> list[S | ItemSheet]:
    """The agenda after the template is laid: its items in their order, those that stand there already (the same subject
    or the same title) kept in their place; everything else that stood there stays, in its part, behind the tasks."""
    left = list(standing)
    order: list[S | ItemSheet] = []
    for part in PARTS:
        rows: list[S | ItemSheet] = []
        after = 0
        for item in (one for one in template.items if one.part == part):
            same = next((one for one in left if _same(one, item)), None)
            if same is not None:
                left.remove(same)
            rows.append(same or item)
            if item.subject == TASKS_ITEM:
                after = len(rows)
        kept = [one for one in left if one.part == part]
        at = after or len(rows)
        order += [*rows[:at], *kept, *rows[at:]]
        left = [one for one in left if one.part != part]
    return order + list(left)


def _same(one: Standing, item: ItemSheet) -> bool:
    return one.subject == item.subject if item.subject else one.title.casefold() == item.title.casefold()


def item_blockers(item: ItemSheet, people: frozenset[int]) -> list[Reason]:
    """What cannot stand on an agenda. `people` are those who may be named as its speaker."""
    found: list[Reason] = []
    if not item.title.strip():
        found.append(Reason("title", _("Hãy ghi nội dung của mục."), field="title"))
    if len(item.title) > LONGEST_TITLE:
        text = _("Tên mục dài nhất %(n)s chữ; phần còn lại ghi vào dự thảo.") % {"n": LONGEST_TITLE}
        found.append(Reason("title_long", text, field="title"))
    if len(item.text) > LONGEST_TEXT:
        text = _("Dự thảo dài nhất %(n)s chữ.") % {"n": LONGEST_TEXT}
        found.append(Reason("text_long", text, field="text"))
    if item.part not in PARTS:
        found.append(Reason("part", _("Hãy chọn phần: mở đầu, tiến hành hoặc kết thúc."), field="part"))
    if not 0 <= item.minutes <= MOST_MINUTES:
        text = _("Số phút từ 0 đến %(n)s.") % {"n": MOST_MINUTES}
        found.append(Reason("minutes", text, field="minutes"))
    if item.rule and item.rule not in MATTERS:
        found.append(Reason("rule", _("Hãy chọn loại việc biểu quyết trong danh sách."), field="rule"))
    if item.speaker is not None and item.speaker not in people:
        found.append(Reason("stranger", _("Người trình bày phải là người của tổ chức này."), field="speaker"))
    return found
