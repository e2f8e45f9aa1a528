"""Subjects come under the hash, an entry names its references, and the log is found by time.

What lies in the log already is linked anew in the new layout, after the old one was seen to hold: a log that was edited
is not made whole by an upgrade."""

import hashlib
import json
from collections import defaultdict, deque
from datetime import UTC

from django.db import migrations, models

from hatnhan.kernel.hashes import LINKED, link_hash, payload_hash, subjects_hash

TRIGGERS = ("keep", "keep_update")


def _hash(value):
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def held(entry, payload, targets):
    """Whether the entry was right in the layout before."""
    own = [
        entry.previous, entry.pk, entry.chain, entry.number, entry.code, entry.unit_id, entry.account, entry.actor,
        entry.at.astimezone(UTC).isoformat(), entry.reason, entry.request_id, entry.refers_to, entry.payload_hash,
    ]
    said = _hash({"sentence": payload.sentence, "values": payload.values, "lines": payload.lines}) if payload else None
    right = targets.get(entry.refers_to) if entry.refers_to else said
    return entry.hash == hashlib.sha256(json.dumps(own, ensure_ascii=False).encode()).hexdigest() and right == entry.payload_hash


def relink(apps, editor):
    Entry, Payload, Subject, Head = (apps.get_model("kernel", name) for name in ("Entry", "Payload", "Subject", "Head"))
    entries = list(Entry.objects.order_by("chain", "number"))
    if not entries:
        return
    payloads = {row.pk: row for row in Payload.objects.all()}
    targets = {entry.pk: entry.hash for entry in entries}
    wrong = [entry for entry in entries if not held(entry, payloads.get(entry.pk), targets)]
    if wrong:
        raise RuntimeError(
            f"Nhật ký không nguyên vẹn ở chuỗi {wrong[0].chain}, mục {wrong[0].number}; chưa nâng cấp, chưa đổi gì. "
            "The log does not hold there; nothing was changed."
        )
    for table in ("kernel_entry", "kernel_payload"):  # put back after every migration
        for name in TRIGGERS:
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
    subjects, links, waiting = defaultdict(list), defaultdict(list), defaultdict(deque)
    for pk, kind, key in Subject.objects.values_list("entry_id", "kind", "key"):
        subjects[pk].append((kind, key))
    for entry in entries:
        waiting[entry.chain].append(entry)
        if entry.refers_to:
            links[entry.refers_to].append(entry.pk)
    tails, done = defaultdict(str), {}
    while any(waiting.values()):
        for chain, queue in waiting.items():
            while queue and (queue[0].refers_to is None or queue[0].refers_to in done):
                entry = queue.popleft()
                payload = payloads.get(entry.pk)
                entry.payload_hash = done[entry.refers_to] if entry.refers_to else payload_hash(
                    payload.sentence, payload.values, payload.lines, links[entry.pk]
                )
                entry.subjects_hash, entry.previous = subjects_hash(sorted(subjects[entry.pk])), tails[chain]
                entry.hash = tails[chain] = done[entry.pk] = link_hash([getattr(entry, name) for name in LINKED])
                entry.save(update_fields=["payload_hash", "subjects_hash", "previous", "hash"])
                if links[entry.pk]:
                    Payload.objects.filter(pk=entry.pk).update(links=links[entry.pk])
    for chain, tail in tails.items():
        Head.objects.filter(chain=chain).update(hash=tail)


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_facts'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='subjects_hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='payload',
            name='links',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['at', 'id'], name='entry_at'),
        ),
        migrations.RunPython(relink, migrations.RunPython.noop),
    ]
