"""Addresses of recorded meetings."""

from django.urls import path

from . import views

minutes = [
    path("meetings/", views.meeting_list, name="meetings.list"),
    path("meetings/record/", views.record, name="meetings.record"),
    path("meetings/<int:pk>/", views.meeting, name="meetings.meeting"),
    path("meetings/<int:pk>/change/", views.change, name="meetings.change"),
    path("meetings/<int:pk>/adopt/", views.adopt, name="meetings.adopt"),
    path("meetings/<int:pk>/withdraw/", views.withdraw, name="meetings.withdraw"),
    path("meetings/<int:pk>/addendum/", views.add_addendum, name="meetings.add_addendum"),
    path("meetings/tasks/<int:pk>/report/", views.report_task, name="meetings.report_task"),
]
