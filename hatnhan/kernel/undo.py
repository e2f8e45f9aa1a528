"""Undo of one act: what it recorded is voided, what it voided is recorded again, as long as nothing was built on it."""

from collections.abc import Callable, Sequence

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import IntegerField, Min, Model, QuerySet, Value
from django.utils.translation import gettext as _

from .action import act, stamp
from .models import Unit
from .period import Dated
from .refusal import Reason, Refused

Objection = Callable[[int], list[Reason]]
Restore = Callable[[int], None]
HOOKS: list[tuple[Objection, Restore]] = []


def undoes(objection: Objection, restore: Restore) -> None:
    """Register how a module takes back what an act did outside dated rows."""
    HOOKS.append((objection, restore))


def dated_models() -> list[type[Dated]]:
    """Every dated table of the installation, the tree first."""
    found = [model for model in apps.get_models() if issubclass(model, Dated)]
    return sorted(found, key=lambda model: (model._meta.label != "kernel.Placement", model._meta.label))


def objections(act_id: int) -> list[Reason]:
    """Why an act cannot be undone any more: something it recorded was changed, stands at a unit that it founded, or
    hangs under a unit that it placed."""
    founded, asked = founded_units(act_id), []
    models = dated_models()
    for number, model in enumerate(models):
        rows = model._default_manager.filter(recorded_in=act_id)
        asked.append((number, rows.filter(voided_at__isnull=False).exclude(voided_in=act_id)))
        for name in [f.name for f in model._meta.concrete_fields if f.related_model is Unit] if founded else []:
            later = model._default_manager.filter(voided_at__isnull=True, **{f"{name}__in": founded})
            asked.append((number, later.exclude(recorded_in=act_id)))
    reasons = [_built_on(models[number]) for number in _with_rows(asked)]
    if _hung_later(act_id):
        reasons.append(_built_on(apps.get_model("kernel", "Placement")))
    for objection, _restore in HOOKS:
        reasons += objection(act_id)
    return list(dict.fromkeys(reasons))


def founded_units(act_id: int) -> list[int]:
    """Units whose first placement the act recorded."""
    placements = apps.get_model("kernel", "Placement")._default_manager
    mine = placements.filter(recorded_in=act_id).values("unit")
    first = placements.filter(unit__in=mine).order_by().values("unit").annotate(first=Min("recorded_in"))
    return sorted(first.filter(first=act_id).values_list("unit", flat=True))


def take_back(act_id: int) -> None:
    """Undo an act inside the running one. Raises `Refused` when something was built on it."""
    if reasons := objections(act_id):
        raise Refused(reasons)
    running = act()
    for model in reversed(dated_models()):
        rows = model._default_manager.filter(recorded_in=act_id, voided_at__isnull=True)
        rows.update(voided_at=running.at, voided_in=running.id)
    for model in dated_models():
        gone = (
            model._default_manager.filter(voided_in=act_id).exclude(recorded_in=act_id).exclude(recorded_in=running.id)
        )
        try:
            with transaction.atomic():
                model._default_manager.bulk_create([_again(row) for row in gone], batch_size=1000)
        except IntegrityError as error:
            raise Refused(_built_on(model)) from error
    for _objection, restore in HOOKS:
        restore(act_id)


def _with_rows(asked: Sequence[tuple[int, QuerySet[Dated]]]) -> list[int]:
    """The numbers of those questions that find a row, in one query."""
    found = [
        rows.order_by().annotate(asked_as=Value(number, IntegerField())).values_list("asked_as").distinct()
        for number, rows in asked
    ]
    return sorted({number for (number,) in found[0].union(*found[1:], all=True)})


def _hung_later(act_id: int) -> bool:
    """Whether a later act hung something under a unit that this act placed: its path was made from this act's."""
    placements = apps.get_model("kernel", "Placement")._default_manager.filter(voided_at__isnull=True)
    placed = placements.filter(recorded_in=act_id).values("unit")
    return placements.filter(recorded_in__gt=act_id, parent__in=placed).exists()


def _again(row: Dated) -> Dated:
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return stamp(type(row)(**fields | {"voided_at": None, "voided_in": None, "replaces": row.pk}))


def _built_on(model: type[Model]) -> Reason:
    return Reason(
        "built_on",
        _("Không hoàn tác được: sau đó đã có thay đổi khác dựa trên việc này (%(what)s).")
        % {"what": str(model._meta.verbose_name)},
    )
