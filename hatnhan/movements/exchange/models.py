"""Other installations whose files are taken in, and the files that were."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.movements.transfers.models import TransferCase


class Peer(models.Model):
    """Another installation: what it is called, and its key as it was read out by people who know each other. A peer
    that is no longer trusted is `ended`."""

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120, unique=True)
    added_on = models.DateField()
    added_in = models.BigIntegerField()
    ended_on = models.DateField(null=True, default=None)

    class Meta:
        verbose_name = _("hệ thống khác")

    def __str__(self) -> str:
        return self.name


class TransferFile(models.Model):
    """A file that went out (`out`) or was taken in, by its hash; `token` is the one of the letter it carries: it is
    taken in once."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="files")
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="+")
    out = models.BooleanField()
    token = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    act = models.BigIntegerField()

    class Meta:
        verbose_name = _("tệp chuyển sinh hoạt")
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=models.Q(out=False), name="transfer_file_taken_once"
            ),
        ]  # fmt: skip
