"""Whatever is sent, well formed or not, is answered plainly: nothing is ever a fault of the server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from hatnhan.config.api import api
from hatnhan.config.wsgi import application
from tests.api.program import program
from tests.world import World

EXAMPLES = 6
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
SCHEMA.app = application
ALL: Any = SCHEMA.get_all_operations()
FOUND = [found.ok() for found in ALL]
OPERATIONS = {one.label: one for one in FOUND}
PLAIN = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request of these tests is a part of the test's transaction, so its end must not close the connection."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    """Real things under the names by which paths and bodies ask for them."""
    land, people = world.land, world.people
    return {
        "unit": land.one.pk, "parent": land.lim.pk, "to": land.two.pk, "into": land.two.pk, "heir": land.three.pk,
        "person": people["an"], "kept": people["an"], "gone": people["chi"], "tenure": 1, "row": 1,
        "group": world.group.pk if world.group else 1, "origin": land.two.pk,
    }  # fmt: skip


def test_the_description_is_a_valid_one() -> None:
    SCHEMA.validate()
    assert len(OPERATIONS) > 40


def test_every_operation_says_what_it_is_in_both_languages(client: Any) -> None:
    for language in ("vi", "en"):
        said = client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()
        assert said["openapi"].startswith("3.1")
        operations = [one for path in said["paths"].values() for one in path.values()]
        assert all(one["summary"] and one["operationId"] and one["description"] for one in operations)
        texts = [one["summary"] for one in operations]
        assert ("Danh sách đảng viên" in texts) == (language == "vi")
        assert all(one["security"] for one in operations)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_no_request_is_a_fault_of_the_server(
    world: World, ids: dict[str, int], settings: Any, label: str, mode: GenerationMode
) -> None:
    settings.HATNHAN_API_PER_MINUTE = settings.HATNHAN_API_ROWS_PER_DAY = 1_000_000
    key = program(world, "dung").key

    @PLAIN
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if real:
            _name_real_things(case, ids)
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"})
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{case.as_curl_command()}\n{answer.text}"
        if answer.status_code >= 400:
            assert answer.json()["reasons"], case.as_curl_command()

    ask()


def _name_real_things(case: Any, ids: dict[str, int]) -> None:
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            place.update({name: value for name, value in ids.items() if name in place and isinstance(place[name], int)})
