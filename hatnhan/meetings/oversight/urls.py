"""Addresses of the superior's view: cells by stage, reminders, who follows whom."""

from django.urls import path

from . import views

oversight = [
    path("meetings/cells/", views.cells, name="meetings.cells"),
    path("meetings/remind/", views.remind, name="meetings.remind"),
    path("meetings/following/", views.followings, name="meetings.following"),
    path("meetings/following/assign/", views.assign_following, name="meetings.assign_following"),
    path("meetings/following/<int:row>/end/", views.end_following, name="meetings.end_following"),
    path("meetings/<int:pk>/observers/", views.mark_observers, name="meetings.mark_observers"),
    path("meetings/<int:pk>/reported/", views.report_result, name="meetings.report_result"),
    path("meetings/month/", views.month, name="meetings.month"),
]
