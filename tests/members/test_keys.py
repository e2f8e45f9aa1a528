"""The key of encrypted fields is missing, wrong, or what was encrypted is damaged: pages say so, and what to do."""

from typing import Any

import pytest

from hatnhan.kernel.models import Entry
from hatnhan.members.models import PersonNumber
from tests.api.program import Program, key_of
from tests.world import World

WORDS = "Hãy báo người quản trị"


@pytest.mark.parametrize("key", ["", "another-key"])
def test_pages_that_decrypt_say_what_is_wrong_and_write_nothing(world: World, settings: Any, key: str) -> None:
    ha, before = world.browser("ha"), Entry.objects.count()
    settings.HATNHAN_FIELD_KEY = key
    answer = ha.post(world.page("an", "numbers/"), {"reason": "Kiểm tra thẻ"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert WORDS in page
    assert "HATNHAN_FIELD_KEY" in page
    assert "Traceback" not in page
    assert Entry.objects.filter(code="members.show_numbers").count() == 0
    assert Entry.objects.count() - before <= 1  # the look at the record


def test_without_a_key_a_number_is_neither_recorded_nor_found(world: World, settings: Any) -> None:
    ha = world.browser("ha")
    settings.HATNHAN_FIELD_KEY = ""
    version = world.person("sau").version
    asked = {"kind": "card", "digits": "091041000123", "on": "22/11/2026", "seen": str(version)}
    answer = ha.post(world.page("sau", "number/"), asked)
    assert (answer.status_code, WORDS in answer.content.decode()) == (503, True)
    assert not PersonNumber.objects.filter(person=world.people["sau"]).exists()
    found = ha.get("/members/?q=091057000489")
    assert (found.status_code, WORDS in found.content.decode()) == (503, True)


def test_damaged_text_is_said_in_words_too(world: World) -> None:
    PersonNumber.objects.filter(person=world.people["an"]).update(sealed="///")
    answer = world.browser("ha").post(world.page("an", "numbers/"), {"reason": "Kiểm tra thẻ"})
    assert (answer.status_code, WORDS in answer.content.decode()) == (503, True)


def test_programs_read_a_reason(world: World, settings: Any) -> None:
    _token, text = key_of(world, "ha")
    settings.HATNHAN_FIELD_KEY = ""
    answer = Program(text).get("/me")
    assert (answer.status, answer.codes) == (503, ["key"])
