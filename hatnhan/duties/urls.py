"""Addresses of the module."""

from django.urls import path

from . import views

urlpatterns = [
    path("duties/", views.inbox, name="duties.inbox"),
    path("duties/unit/", views.unit_inbox, name="duties.unit"),
    path("duties/<int:pk>/", views.duty, name="duties.duty"),
    path("calendar/", views.calendar, name="duties.calendar"),
    path("calendar/add/", views.add_day, name="duties.add_day"),
    path("calendar/<int:pk>/void/", views.void_day, name="duties.void_day"),
]
