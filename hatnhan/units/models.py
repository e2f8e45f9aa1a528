"""Organisations: what can change of them, each with its dates. Where they hang is the kernel's `Placement`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.audit import new_id
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, NoOverlap, forward


class UnitName(Dated):
    """What an organisation is called in a period. `key` is its search key without tone marks."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    key = ByteOrderedField(max_length=200)

    class Meta:
        verbose_name = _("tên tổ chức")
        constraints = [forward("unitname_forward"), NoOverlap(fields=["unit"], name="unitname_once")]
        indexes = [
            models.Index(fields=["unit", "valid_from"], name="unitname_unit", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["key"], name="unitname_key", condition=Q(voided_at__isnull=True)),
        ]


class UnitCode(Dated):
    """The code by which superiors know an organisation; text, unique at any time, never a key (members.md §1.5)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    code = ByteOrderedField(max_length=40)

    class Meta:
        verbose_name = _("mã tổ chức")
        constraints = [
            forward("unitcode_forward"),
            NoOverlap(fields=["unit"], name="unitcode_once"),
            NoOverlap(fields=["code"], name="unitcode_unique"),
        ]
        indexes = [models.Index(fields=["code"], name="unitcode_code", condition=Q(voided_at__isnull=True))]


class RegimeSwitch(Dated):
    """From when a commune or province follows a regime of levels and authorities, where the calendar alone does not
    tell; the code is one of the rulebook's regimes."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="regimes")
    regime = models.CharField(max_length=30)
    decision = models.CharField(max_length=60, default="")

    class Meta:
        verbose_name = _("mô hình tổ chức")
        constraints = [forward("regime_forward"), NoOverlap(fields=["unit"], name="regime_once")]


class Lasting(Dated):
    """A dated thing that other rows point at. `identity` stays the same when its row is replaced, as by its end or an
    undo, so whoever follows a pointer compares identities and not row ids."""

    identity = models.BigIntegerField(default=new_id, editable=False, db_index=True)

    class Meta:
        abstract = True


class Body(Lasting):
    """A body of a committee that acts without members of its own: standing board, inspection commission, office,
    Party-building board, political centre (294-QĐ/TW, item 18)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("cơ quan của cấp ủy")
        constraints = [forward("body_forward"), NoOverlap(fields=["identity"], name="body_once")]
        indexes = [models.Index(fields=["unit"], name="body_unit", condition=Q(voided_at__isnull=True))]


class Locality(Lasting):
    """A village or residential group (thôn, bản, tổ dân phố, khu phố) of a commune; linked to cells many to many."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="localities")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    key = ByteOrderedField(max_length=100)

    class Meta:
        verbose_name = _("địa bàn")
        constraints = [forward("locality_forward"), NoOverlap(fields=["identity"], name="locality_once")]
        indexes = [models.Index(fields=["unit"], name="locality_unit", condition=Q(voided_at__isnull=True))]


class LocalityCell(Dated):
    """A cell that leads a locality in a period."""

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="cells")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="led_localities")

    class Meta:
        verbose_name = _("địa bàn của chi bộ")
        constraints = [
            forward("localitycell_forward"),
            NoOverlap(fields=["locality", "unit"], name="localitycell_once"),
        ]


class Group(Lasting):
    """A Party group (tổ đảng) inside a cell of thirty members or more (294-QĐ/TW, item 20.3.2)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("tổ đảng")
        constraints = [forward("group_forward"), NoOverlap(fields=["identity"], name="group_once")]
        indexes = [models.Index(fields=["unit"], name="group_unit", condition=Q(voided_at__isnull=True))]


class UnitEvent(models.Model):
    """An act of reorganisation: which units it came from and which went on, for the lineage page and for undo.

    `act` is the log entry's id; a merge keeps one of its units, a consolidation founds a new one."""

    kind = models.CharField(max_length=20)
    on = models.DateField()
    decision = models.CharField(max_length=60, default="")
    act = models.BigIntegerField(db_index=True)
    undone_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        indexes = [models.Index(fields=["on"], name="unitevent_on")]


class UnitEventPart(models.Model):
    """A unit's part in an event: `from` it went, or `to` it came."""

    event = models.ForeignKey(UnitEvent, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="event_parts")
    role = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "unit", "role"], name="unitevent_part_once")]


__all__ = [
    "Body", "Group", "Locality", "LocalityCell", "Placement", "RegimeSwitch", "Unit", "UnitCode", "UnitEvent",
    "UnitEventPart", "UnitName",
]  # fmt: skip
