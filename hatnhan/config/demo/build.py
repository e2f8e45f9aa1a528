"""Builds a demonstration in an empty database."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from random import Random

from django.db import connection, transaction

from hatnhan.kernel import facts
from hatnhan.kernel.actor import system
from hatnhan.rulebook.actions import set_local

from .accounts import open_accounts
from .admissions import admit
from .campaigns import run_campaign
from .corners import more_accounts, unusual_people
from .dues import collect_dues
from .duties import owe
from .honours import honour
from .life import Life
from .live import hold_one
from .meetings import hold_meetings
from .oversight import oversee
from .papers import keep_papers
from .places import before
from .preparing import prepare_meetings
from .records import Flaws
from .residence import keep_in_touch
from .scores import score_meetings
from .temporary import stay_elsewhere
from .transfers import move_members
from .watching import watch
from .wide import widen

SEED = 20261122


def build(data: Path, on: date, *, seed: int = SEED, members: int = 0, say: Callable[[str], None] = print) -> None:
    """The invented world as of `on`: one commune in depth, and with `members` as many people as that in further
    communes, brought in by bulk. Marks the data directory as a demonstration."""
    actor = system("demo", on)
    die = Random(seed)
    with transaction.atomic():
        places = before(actor)
        Life(actor, places, die, on).tell()
        set_local(
            actor=actor, unit=places.province, key="dissolution.seal_working_days", value=20, decision="41-QĐ/TU",
            on=date(2026, 1, 1),
        )  # fmt: skip
        unusual_people(actor, places, die, on)
        sign_ins = open_accounts(actor, places, die, on)
        Flaws(actor, places, die, on).tell()
        more_accounts(actor, places, on)
        watch(places, on)
        hold_meetings(actor, places, on, seed)
        score_meetings(actor, places, on, seed)
        prepare_meetings(actor, places, on, seed)
        oversee(actor, places, on, seed)
        owe(actor, on, seed)
        hold_one(actor, places, on, seed)
        run_campaign(actor, places, on, seed)
        keep_papers(actor, places, on, seed)
        move_members(places, on)
        stay_elsewhere(actor, places, on)
        keep_in_touch(actor, places, on, seed)
        honour(actor, places, on, seed)
        admit(actor, places, on, seed)
        collect_dues(actor, places, on, seed)  # last: whoever owes dues could not have been transferred
    if members:
        widen(actor, die, on, members, say)
    facts.rebuild(on)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (data / "demo").write_text(json.dumps([asdict(one) for one in sign_ins], ensure_ascii=False), encoding="utf-8")
