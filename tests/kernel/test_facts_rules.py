"""What a write marks: one directed world for each rule, exact before and after it is counted."""

from collections.abc import Callable

import pytest

from hatnhan.kernel import facts
from hatnhan.kernel.fact_models import Mark
from hatnhan.kernel.facts import marks
from tests.kernel.facts_scenes import SCENES, Spans, spans
from tests.kernel.test_facts_worlds import TODAY, kept_world, look_at_kept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_write_marks_what_it_touches_and_no_more(scene: Callable[[], Spans]) -> None:
    with kept_world():
        Mark.objects.all().delete()
        assert scene() == spans()
        look_at_kept([], tops=1)
        facts.keep_up(TODAY)
        assert not Mark.objects.exists()
        look_at_kept([], tops=1)


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES[::4], ids=lambda scene: scene.__name__)
def test_a_very_large_write_marks_whole_periods_which_is_as_right(
    scene: Callable[[], Spans], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MANY", 0)
    with kept_world():
        fine = scene()
        assert {place for place, _first, _last in fine} <= {place for place, _first, _last in spans()}
        look_at_kept([], tops=1)
        facts.keep_up(TODAY)
        look_at_kept([], tops=1)
