"""A program that calls the API with a key of somebody's."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from hatnhan.access import actions
from hatnhan.access.models import Token
from hatnhan.config.api import api
from hatnhan.kernel.api import meanings
from hatnhan.kernel.models import Unit
from tests.access.cast import opened
from tests.world import World

V1 = f"/api/v{api.version}"


@dataclass
class Answer:
    """Status, headers and what the JSON says."""

    status: int
    headers: Any
    said: Any

    @property
    def codes(self) -> list[str]:
        return [reason["code"] for reason in self.said["reasons"]]

    @property
    def fields(self) -> list[str | None]:
        return [reason["field"] for reason in self.said["reasons"]]


@dataclass
class Program:
    """Calls with one key, in one language."""

    key: str = ""
    language: str = "vi"

    def get(self, path: str, **query: Any) -> Answer:
        return self._answer("get", path, data=query)

    def post(self, path: str, body: Any = None, **query: Any) -> Answer:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        sent = body if isinstance(body, bytes | str) else json.dumps({} if body is None else body)
        return self._answer("post", f"{path}?{asked}", data=sent, content_type="application/json")

    def _answer(self, method: str, path: str, **options: Any) -> Answer:
        headers = {"Accept-Language": self.language}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        answer = getattr(Client(), method)(V1 + path, headers=headers, **options)
        return Answer(answer.status_code, answer.headers, answer.json() if answer.content else None)


def key_of(
    world: World, name: str, *permissions: str, unit: Unit | None = None, days: int = 90, label: str = "Phần mềm thử"
) -> tuple[Token, str]:
    """A key of somebody's, with all that keys may do and the account may, unless permissions are named."""
    actor = world.actor(name)
    chosen = permissions or tuple(code for code in meanings() if actor.can(code, at=unit))
    made = actions.create_token(
        actor=actor, account=world.account(name), label=label, permissions=chosen, unit=unit, days=days,
        reason="Báo cáo hằng tháng",
    )  # fmt: skip
    if made.token.asks:
        confirmed(world, made.token)
    return made.token, made.text


def confirmed(world: World, token: Token) -> None:
    """A second person has said yes. Dũng's own keys are confirmed by a colleague in the province."""
    if "dung2" not in world.accounts:
        world.accounts["dung2"] = opened("Ngô Thị Mai", "provincial", world.land.province).pk
    who = "dung2" if token.account_id == world.accounts["dung"] else "dung"
    actions.answer_token(actor=world.actor(who), token=token, approved=True)


def program(world: World, name: str, *permissions: str, unit: Unit | None = None, language: str = "vi") -> Program:
    """A program with a fresh key."""
    return Program(key_of(world, name, *permissions, unit=unit)[1], language)
