"""The user interface kit: formats, charts, icons, the frame of a page, the style guide, weights."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import engines, loader
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError
from markupsafe import Markup
from pytest_django import Settings

from hatnhan.kernel import pages
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, today
from hatnhan.kernel.ui import charts, text
from hatnhan.kernel.ui.icons import SHAPES, icon
from hatnhan.kernel.ui.remembered import MOST, filled, remembered
from hatnhan.kernel.ui.shell import Shell, address
from hatnhan.kernel.ui.styleguide import DayBoxes, samples, styleguide

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hatnhan/kernel/static"
TEMPLATES = ROOT / "hatnhan/kernel/jinja2"
FIRST_VIEW = ("kit/hatnhan.css", "kit/report.css", "kit/app.js", "vendor/htmx-2.0.11/htmx.min.js")
MENU = [
    [
        {"label": "Tổng quan", "url": "/", "icon": "layout-dashboard", "current": True, "phone": True},
        {"label": "Danh sách", "url": "/list/", "icon": "users", "current": False, "phone": True, "count": 1234},
    ],
    [{"label": "Cài đặt", "url": "/house/", "icon": "settings", "current": False, "phone": False}],
]


class Page(HTMLParser):
    """What the tests ask of a page: its tags, and whether every tag is closed."""

    VOID = frozenset({"meta", "link", "input", "hr", "br", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> is not what stands open"

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _tag, attrs in self.tags if "id" in attrs]


def request_of(path: str = "/styleguide/", **more: object) -> HttpRequest:
    request = RequestFactory().get(path)
    for name, value in more.items():
        setattr(request, name, value)
    return request


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> HttpRequest:
    monkeypatch.setattr(pages, "menu", lambda request: MENU)
    actor = Actor("Vũ Văn Sơn", today(), account_id=1)
    preferences = SimpleNamespace(theme="dark", size="xl", language="vi")
    return request_of("/styleguide/?unit=7", actor=actor, preferences=preferences, unit_name="Xã Mây Sơn")


def written(source: str, **context: object) -> str:
    return str(engines["jinja2"].from_string('{% import "kit/ui.html" as ui %}' + source).render(context))


# --- numbers, days, names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "vietnamese", "english"),
    [
        (3654, 0, "3.654", "3,654"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (Decimal("2.345"), 2, "2,35", "2.35"),
        (0.125, 2, "0,13", "0.13"),
        (-0.9, 1, "−0,9", "−0.9"),
        (Fraction(1, 3), 2, "0,33", "0.33"),
        (None, 0, "–", "–"),
        ("dưới 5", 0, "dưới 5", "dưới 5"),
    ],
)
def test_a_number_is_written_as_its_reader_writes_it(
    value: text.Number | str | None, digits: int, vietnamese: str, english: str
) -> None:
    with translation.override("vi"):
        assert text.num(value, digits) == vietnamese
    with translation.override("en"):
        assert text.num(value, digits) == english


def test_a_share_is_written_in_percent_rounded_half_up() -> None:
    with translation.override("vi"):
        assert text.pct(0.914) == "91,4\u00a0%"
        assert text.pct(Fraction(7927, 10000), 2) == "79,27\u00a0%"
        assert text.pct(Decimal("0.8125"), 1) == "81,3\u00a0%"
        assert text.pct(None) == "–"
    with translation.override("en"):
        assert text.pct(0.914) == "91.4%"


def test_a_change_carries_its_sign() -> None:
    with translation.override("vi"):
        assert [text.num(v, signed=True) for v in (38, 0, -12)] == ["+38", "0", "−12"]


def test_a_day_is_written_the_same_in_both_languages() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert text.day(date(2026, 11, 22)) == "22/11/2026"
            assert text.day(date(2025, 7, 1)) == "1/7/2025"


def test_a_moment_is_written_as_the_clock_in_vietnam_showed_it() -> None:
    late = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    assert text.moment(late) == "01:30 22/11/2026"
    assert text.day(late) == "22/11/2026"


def test_no_day_and_the_open_end_are_written_as_nothing() -> None:
    assert (text.day(None), text.day(FAR), text.moment(None), text.known(None)) == ("", "", "", "–")


@pytest.mark.parametrize(
    ("name", "letters"), [("Vũ Văn Sơn", "VS"), ("đặng thị hiện", "ĐH"), ("Quản trị", "QT"), ("Hoa", "H"), ("", "")]
)
def test_initials_are_those_of_family_name_and_given_name(name: str, letters: str) -> None:
    assert text.initials(name) == letters


# --- icons and charts --------------------------------------------------------------------------------------------


def test_an_icon_is_drawn_and_hidden_from_screen_readers() -> None:
    drawn = icon("users", 18, "chevron")
    assert drawn.startswith('<svg class="icon chevron" width="1.125rem"')
    assert 'aria-hidden="true"' in drawn


def test_an_unknown_icon_is_refused_by_its_name() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        icon("unicorn")


def test_every_icon_that_a_kit_template_names_exists() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'(?:icon|draw)\("([a-z0-9-]+)"', sources))
    assert named
    assert named <= set(SHAPES)


def test_a_spark_line_of_one_value_is_nothing() -> None:
    assert charts.spark([5]) == ""
    assert charts.spark([None, 5]) == ""
    assert charts.spark([3, 3, None, 3]).count("<path") == 2


def test_the_lines_of_a_chart_stand_at_round_values() -> None:
    with translation.override("vi"):
        assert charts.line_plot(["a", "b"], [("x", [3604, 3654])]).ticks == ["3.660", "3.640", "3.620", "3.600"]
        assert charts.line_plot(["a", "b"], [("x", [0.82, 0.95])], "percent").ticks == [
            "95\u00a0%", "90\u00a0%", "85\u00a0%", "80\u00a0%"
        ]  # fmt: skip
        assert charts.line_plot(["a", "b"], [("x", [1, 2])]).ticks == ["4", "3", "2", "1", "0"]
        assert charts.line_plot(["a", "b"], [("x", [21, 22])]).ticks == ["24", "23", "22", "21", "20"]


@pytest.mark.parametrize("values", [[], [None, None], [0, 0], [7, 7], [-3, 4]])
def test_a_chart_without_course_is_drawn_all_the_same(values: list[int | None]) -> None:
    plot = charts.line_plot([str(i) for i in range(len(values))], [("x", values)])
    assert plot.svg.startswith("<svg")
    assert len(plot.ticks) >= 2


def test_a_missing_value_leaves_a_gap_in_the_line() -> None:
    whole = charts.line_plot(list("abcd"), [("x", [1, 2, 3, 4])]).svg
    broken = charts.line_plot(list("abcd"), [("x", [1, 2, None, 4])]).svg
    assert (whole.count('class="line c1"'), broken.count('class="line c1"')) == (1, 2)


def test_what_a_chart_says_is_escaped() -> None:
    plot = charts.line_plot(["<b>"], [("<script>", [1])])
    assert "<script>" not in plot.svg
    assert "&lt;script&gt;" in plot.svg


def test_a_bar_is_never_longer_than_the_whole() -> None:
    widths = [float(w) for w in re.findall(r' width="([\d.]+)"', charts.bar([80, 40, None], 100))]
    assert widths == [80, 20, 0]
    assert 'width="0.00"' in charts.bar([0], 0)


# --- the environment ---------------------------------------------------------------------------------------------


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        written("{{ nobody }}")


def test_what_is_filled_into_a_sentence_is_escaped() -> None:
    assert written('{{ _("Có %(n)s người", n=name) }}', name="<b>") == "Có &lt;b&gt; người"


def test_a_template_speaks_the_language_of_its_reader() -> None:
    with translation.override("en"):
        assert written("{{ 3654|num }} {{ 0.5|pct(0) }}") == "3,654 50%"


def test_what_a_person_typed_never_becomes_markup() -> None:
    attack = '"><script>alert(1)</script>'
    source = """{{ ui.page_head(x, x) }}{{ ui.badge(x) }}{{ ui.person(x, x, x) }}{{ ui.kpi(x, x, x, x) }}
    {{ ui.stat3([(x, x)]) }}{{ ui.definition_list([(x, x)]) }}{{ ui.row_list([{"title": x, "text": x, "href": x}]) }}
    {{ ui.timeline([{"day": x, "title": x, "text": x}]) }}{{ ui.note("info", x, x) }}{{ ui.empty("users", x, x) }}
    {{ ui.node(x, x, count=x) }}{{ ui.crumb([(x, x), (x, x)]) }}{{ ui.tabs([(x, x, true)]) }}{{ ui.chip(x, x) }}
    {{ ui.search_box("q", x, x) }}{{ ui.pager(x, x, x) }}{{ ui.button(x, attrs={"value": x}) }}{{ ui.copy(x) }}
    {{ ui.bars(x, [(x, 1, x)]) }}{{ ui.line_chart(x, [x], [(x, [1])]) }}{{ ui.progress(1, x, x) }}"""
    assert "<script" not in written(source, x=attack)


# --- the frame ---------------------------------------------------------------------------------------------------


def test_the_frame_shows_menu_unit_and_account(signed_in: HttpRequest) -> None:
    html = styleguide(signed_in).content.decode()
    assert '<html lang="vi" data-theme="dark" data-size="xl">' in html
    assert 'href="/list/"' in html
    assert "1.234" in html
    assert "Xã Mây Sơn" in html
    assert "Tài khoản của Vũ Văn Sơn" in html


def test_a_phone_gets_the_entries_marked_for_it_and_the_others_behind_a_button(signed_in: HttpRequest) -> None:
    shell = Shell(signed_in)
    assert [entry["label"] for entry in shell.tabs] == ["Tổng quan", "Danh sách"]
    assert shell.has_more


def test_a_visitor_gets_no_menu_and_no_account() -> None:
    shell = Shell(request_of(actor=Actor("", today())))
    assert (shell.account, shell.menu, shell.tabs, shell.has_more) == (None, [], [], False)


def test_the_frame_copes_with_a_request_that_no_middleware_touched() -> None:
    assert styleguide(request_of()).status_code == 200


def test_unknown_preferences_fall_back_to_what_everybody_gets() -> None:
    shell = Shell(request_of(preferences=SimpleNamespace(theme="pink", size="huge", language="")))
    assert (shell.theme, shell.size, shell.language) == ("auto", "md", "vi")


def test_another_day_is_said_with_a_way_back_to_today(signed_in: HttpRequest) -> None:
    signed_in.__dict__["day"] = date(2025, 6, 30)
    html = styleguide(signed_in).content.decode()
    assert "Số liệu ngày 30/6/2025" in html
    assert '<a href="/styleguide/?unit=7">Về hôm nay</a>' in html


def test_today_needs_no_band(signed_in: HttpRequest) -> None:
    assert not Shell(signed_in).other_day


def test_the_banner_of_the_demo_stands_on_every_page_of_a_demo_only(signed_in: HttpRequest, settings: Settings) -> None:
    plain = loader.get_template("404.html")
    settings.HATNHAN_DEMO = True
    assert "Bản dùng thử" in plain.render({}, signed_in)
    settings.HATNHAN_DEMO = False
    assert "Bản dùng thử" not in plain.render({}, signed_in)


def test_a_message_may_carry_its_way_back() -> None:
    messages = [
        Message(constants.SUCCESS, "Đã chuyển", "undo:/people/7/undo/"),
        Message(constants.ERROR, "Chưa ghi được"),
    ]
    toasts = list(Shell(request_of(_messages=messages)).toasts)
    assert [(toast.text, toast.kind, toast.undo) for toast in toasts] == [
        ("Đã chuyển", "ok", "/people/7/undo/"),
        ("Chưa ghi được", "bad", ""),
    ]


def test_an_address_keeps_its_filters_date_and_unit() -> None:
    request = request_of("/people/?unit=7&on=2025-06-30&state=a&state=b")
    assert address(request, on=None) == "/people/?unit=7&state=a&state=b"
    assert address(request, unit=8, state=None) == "/people/?unit=8&on=2025-06-30"
    assert address(request_of("/people/?on=2025-06-30"), on=None) == "/people/"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_renders_without_any_context(code: str) -> None:
    html = loader.get_template(f"{code}.html").render()
    assert "<h1>" in html
    assert 'href="/"' in html


# --- forms -------------------------------------------------------------------------------------------------------


class BornForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Viết đủ.")
    born = forms.CharField(label="Ngày sinh", widget=DayBoxes(), required=False)
    hidden = forms.CharField(widget=forms.HiddenInput(), initial="x")


def test_a_field_points_to_its_hint_and_its_error() -> None:
    html = written("{{ ui.field(form.name) }}", form=BornForm({}))
    page = Page(html)
    control = next(attrs for tag, attrs in page.tags if tag == "input")
    assert control["aria-invalid"] == "true"
    assert set((control["aria-describedby"] or "").split()) <= set(page.ids())
    assert 'class="required"' in html


def test_what_was_typed_stays_in_the_three_boxes_of_a_date() -> None:
    html = written("{{ ui.field(form.born) }}", form=BornForm({"born_0": "31", "born_1": "2", "born_2": "20225"}))
    boxes = [attrs for tag, attrs in Page(html).tags if tag == "input"]
    assert [(box["name"], box["value"]) for box in boxes] == [("born_0", "31"), ("born_1", "2"), ("born_2", "20225")]
    assert html.count("<label") == 3


def test_a_hidden_field_shows_nothing_else() -> None:
    html = written("{{ ui.field(form.hidden) }}", form=BornForm())
    assert 'type="hidden"' in html
    assert "<label" not in html


def test_the_summary_of_errors_leads_to_each_field() -> None:
    page = Page(
        written(
            "{{ ui.error_summary(form) }}{{ ui.field(form.name) }}{{ ui.field(form.sex) }}", form=samples()["wrong"]
        )
    )
    links = {attrs["href"] or "" for tag, attrs in page.tags if tag == "a"}
    assert {"#id_name", "#id_sex_0"} <= links
    assert {"id_name", "id_sex_0"} <= set(page.ids())


def test_a_form_without_errors_has_no_summary() -> None:
    assert written("{{ ui.error_summary(form) }}", form=BornForm()).strip() == ""


# --- the style guide and what it weighs ---------------------------------------------------------------------------


def test_the_style_guide_is_whole(signed_in: HttpRequest) -> None:
    page = Page(styleguide(signed_in).content.decode())
    assert page.open == []
    ids = page.ids()
    assert sorted(set(ids)) == sorted(ids)


def test_nothing_in_the_kit_needs_inline_styles_or_scripts(signed_in: HttpRequest) -> None:
    for tag, attrs in Page(styleguide(signed_in).content.decode()).tags:
        assert tag != "style"
        assert tag != "script" or attrs.get("src")
        assert not [name for name in attrs if name == "style" or name.startswith(("on", "hx-on"))], (tag, attrs)


def test_every_control_of_the_style_guide_has_a_name(signed_in: HttpRequest) -> None:
    page = Page(styleguide(signed_in).content.decode())
    labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    inside = re.findall(
        r"<label[^>]*>(?:(?!</label>).)*?<(?:input|select|textarea)[^>]*",
        styleguide(signed_in).content.decode(),
        re.DOTALL,
    )
    for tag, attrs in page.tags:
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            named = attrs.get("aria-label") or attrs.get("id") in labelled
            assert named or any(f'name="{attrs.get("name")}"' in label for label in inside), attrs


def test_every_macro_of_the_kit_stands_in_the_style_guide() -> None:
    face = (TEMPLATES / "kit/ui.html").read_text("utf-8")
    guide = "".join(path.read_text("utf-8") for path in (TEMPLATES / "kit").glob("styleguide*/*.html"))
    guide += (TEMPLATES / "kit/styleguide.html").read_text("utf-8")
    macros = re.findall(r"{% set (\w+) = ", face)
    assert [name for name in macros if f"ui.{name}(" not in guide] == []


def test_a_first_view_weighs_less_than_its_budget(signed_in: HttpRequest) -> None:
    page = Page(styleguide(signed_in).content.decode())
    fetched = [a["src"] for t, a in page.tags if t == "script"]
    fetched += [a["href"] for t, a in page.tags if t == "link" and not (a["href"] or "").startswith("data:")]
    assert len(fetched) + 1 <= 6
    packed = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in FIRST_VIEW)
    font = (STATIC / "kit/fonts/inter-vi.woff2").stat().st_size
    html = len(gzip.compress(styleguide(signed_in).content))
    assert packed + font + html < 110 * 1024


@pytest.mark.parametrize(
    ("name", "most"), [("kit/hatnhan.css", 31 * 1024), ("kit/report.css", 6 * 1024), ("kit/app.js", 8 * 1024)]
)
def test_a_file_of_the_kit_stays_small(name: str, most: int) -> None:
    assert (STATIC / name).stat().st_size <= most


@pytest.mark.parametrize("name", ["hatnhan.css", "report.css"])
def test_the_style_sheets_are_readable_for_the_oldest_browser(name: str) -> None:
    source = (STATIC / "kit" / name).read_text("utf-8")
    plain = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    assert plain.count("{") == plain.count("}")
    assert re.findall(r":has\(|color-mix|@container|\d[dsl]v[hw]\b", plain) == []
    assert set(re.findall(r"url\((\S+?)\)", plain)) <= {
        f"fonts/{path.name}" for path in (STATIC / "kit/fonts").iterdir()
    }


def test_every_colour_that_is_used_is_defined() -> None:
    source = "".join((STATIC / "kit" / name).read_text("utf-8") for name in ("hatnhan.css", "report.css"))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", source)) <= set(re.findall(r"(--[a-z0-9-]+):", source))


def test_what_others_wrote_is_unchanged() -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts/vendor.py"), "--check"], check=True, capture_output=True)


def _drawing(texts: list[str]) -> Callable[[], str]:
    return lambda: texts.pop(0)


def test_a_piece_is_drawn_once_for_what_it_depends_on_and_each_language() -> None:
    texts = ["một", "one", "khác", "hai"]
    draw = _drawing(texts)
    assert [remembered(("piece", 1), draw), remembered(("piece", 1), draw)] == ["một", "một"]
    with translation.override("en"):
        assert remembered(("piece", 1), draw) == "one"
    assert remembered(("piece", 2), draw) == "khác"
    assert remembered(None, draw) == "hai"


def test_the_oldest_pieces_are_forgotten() -> None:
    for number in range(MOST + 1):
        remembered(("forgotten", number), _drawing(["cũ"]))
    assert remembered(("forgotten", 0), _drawing(["mới"])) == "mới"
    assert remembered(("forgotten", MOST), _drawing(["mới"])) == "cũ"


def test_what_is_put_into_a_remembered_piece_is_escaped() -> None:
    assert filled(Markup("<a href='HERE'>"), "HERE", "/?q=<b>'") == Markup("<a href='/?q=&lt;b&gt;&#39;'>")
