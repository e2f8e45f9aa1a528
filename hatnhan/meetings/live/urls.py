"""Addresses of a meeting that goes on: the secretary's screen, members' phones, what is printed."""

from django.urls import path

from . import follow_views, notes_views, papers, views

live = [
    path("meetings/open/", views.open_now, name="meetings.open_now"),
    path("meetings/enter/", follow_views.enter, name="meetings.enter"),
    path("meetings/live/<int:sitting>/", views.hold, name="meetings.hold"),
    path("meetings/live/<int:sitting>/open/", views.open_sitting, name="meetings.open"),
    path("meetings/live/<int:sitting>/roll/", views.call_roll, name="meetings.call_roll"),
    path("meetings/live/<int:sitting>/item/", views.move_to, name="meetings.move_to"),
    path("meetings/live/<int:sitting>/write/", views.write, name="meetings.write"),
    path("meetings/live/<int:sitting>/settle/", views.settle, name="meetings.settle"),
    path("meetings/live/<int:sitting>/ask-vote/", views.ask_vote, name="meetings.ask_vote"),
    path("meetings/live/<int:sitting>/close-vote/", views.close_vote, name="meetings.close_vote"),
    path("meetings/live/<int:sitting>/reserve/", views.reserve, name="meetings.reserve"),
    path("meetings/live/<int:sitting>/task/", views.give_task, name="meetings.give_task"),
    path("meetings/live/<int:sitting>/close/", views.close, name="meetings.close"),
    path("meetings/live/<int:sitting>/door/", papers.door, name="meetings.door"),
    path("meetings/live/<int:sitting>/ballots/<int:motion>/", papers.ballots, name="meetings.ballots"),
    path("meetings/live/<int:sitting>/count/<int:motion>/", papers.count, name="meetings.count"),
    path("meetings/<int:pk>/notes/", notes_views.notes, name="meetings.notes"),
    path("meetings/follow/<int:sitting>/", follow_views.follow, name="meetings.follow"),
    path("meetings/follow/<int:sitting>/vote/", follow_views.vote, name="meetings.vote"),
    path("meetings/follow/<int:sitting>/arrive/", follow_views.arrive, name="meetings.arrive"),
]
