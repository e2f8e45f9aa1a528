"""Addresses of the module."""

from django.urls import path

from . import holiday_views, views
from .obligations import views as obligations

urlpatterns = [
    path("duties/", views.inbox, name="duties.inbox"),
    path("duties/unit/", views.unit_inbox, name="duties.unit"),
    path("duties/mine.ics", views.ics, name="duties.ics"),
    path("duties/<int:pk>/", views.duty, name="duties.duty"),
    path("duties/<int:pk>/finish/", views.finish, name="duties.finish"),
    path("duties/<int:pk>/reopen/", views.reopen, name="duties.reopen"),
    path("duties/year/", obligations.year, name="duties.year"),
    path("duties/year/units/", obligations.terms, name="duties.terms"),
    path("duties/year/add/", obligations.set_obligation, name="duties.set_obligation"),
    path("duties/year/<int:pk>/end/", obligations.end_obligation, name="duties.end_obligation"),
    path("calendar/", holiday_views.calendar, name="duties.calendar"),
    path("calendar/add/", holiday_views.add_day, name="duties.add_day"),
    path("calendar/<int:pk>/void/", holiday_views.void_day, name="duties.void_day"),
]
