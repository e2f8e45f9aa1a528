"""Addresses of conferences and of standing assignments."""

from django.urls import path

from . import views

conferences = [
    path("meetings/conferences/", views.conferences, name="meetings.conferences"),
    path("meetings/conferences/record/", views.confer, name="meetings.confer"),
    path("meetings/conferences/<int:conference>/", views.conference, name="meetings.conference"),
    path(
        "meetings/conferences/<int:conference>/withdraw/",
        views.withdraw_conference,
        name="meetings.withdraw_conference",
    ),
    path(
        "meetings/conferences/tasks/<int:row>/report/",
        views.report_conference_task,
        name="meetings.report_conference_task",
    ),
    path("meetings/assignments/", views.assignments, name="meetings.assignments"),
    path("meetings/assignments/add/", views.assign, name="meetings.assign"),
    path("meetings/assignments/<int:row>/end/", views.end_assignment, name="meetings.end_assignment"),
]
