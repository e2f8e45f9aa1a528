"""Meetings over the API, room by room."""

from .minutes import api as minutes
from .packets import api as packets
from .plan import api as plan
from .scores import api as scores

ROOMS = (minutes, plan, packets, scores)
