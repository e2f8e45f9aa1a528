"""Addresses of meetings, room by room."""

from .calendars.urls import calendars
from .conferences.urls import conferences
from .live.urls import live
from .minutes.urls import minutes
from .oversight.urls import oversight
from .packets.urls import packets
from .papers.urls import papers
from .plan.urls import prepared
from .scores.urls import scores

urlpatterns = [*papers, *live, *prepared, *calendars, *packets, *oversight, *conferences, *minutes, *scores]
