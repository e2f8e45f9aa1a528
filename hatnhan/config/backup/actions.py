"""A restore is an act as well: it stands in the log that it brought."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.job_models import Worker
from hatnhan.kernel.ui.text import moment


@action("config.restore")
def restored(*, actor: Actor, made_at: datetime, reason: str = "") -> None:
    """Tell the log from when the data are; sessions and workers of that time are gone."""
    Session.objects.all().delete()
    Worker.objects.all().delete()
    act().tell(gettext_noop("Khôi phục dữ liệu từ bản sao lưu lúc %(at)s."), at=moment(made_at))
