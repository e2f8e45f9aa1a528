"""Addresses of the superior's view, of conferences and of standing assignments."""

from django.urls import path

from . import conference_views, oversight_views

oversight = [
    path("meetings/conferences/", conference_views.conferences, name="meetings.conferences"),
    path("meetings/conferences/record/", conference_views.confer, name="meetings.confer"),
    path("meetings/conferences/<int:conference>/", conference_views.conference, name="meetings.conference"),
    path(
        "meetings/conferences/<int:conference>/withdraw/",
        conference_views.withdraw_conference,
        name="meetings.withdraw_conference",
    ),
    path(
        "meetings/conferences/tasks/<int:row>/report/",
        conference_views.report_conference_task,
        name="meetings.report_conference_task",
    ),
    path("meetings/assignments/", conference_views.assignments, name="meetings.assignments"),
    path("meetings/assignments/add/", conference_views.assign, name="meetings.assign"),
    path("meetings/assignments/<int:row>/end/", conference_views.end_assignment, name="meetings.end_assignment"),
    path("meetings/cells/", oversight_views.cells, name="meetings.cells"),
    path("meetings/remind/", oversight_views.remind, name="meetings.remind"),
    path("meetings/following/", oversight_views.followings, name="meetings.following"),
    path("meetings/following/assign/", oversight_views.assign_following, name="meetings.assign_following"),
    path("meetings/following/<int:row>/end/", oversight_views.end_following, name="meetings.end_following"),
    path("meetings/<int:pk>/observers/", oversight_views.mark_observers, name="meetings.mark_observers"),
    path("meetings/<int:pk>/reported/", oversight_views.report_result, name="meetings.report_result"),
]
