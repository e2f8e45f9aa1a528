"""Addresses of the calendar, fixed days, themes of the year and feeds."""

from django.urls import path

from . import views

calendars = [
    path("meetings/calendar/", views.calendar, name="meetings.calendar"),
    path("meetings/fixed-day/", views.fix_day, name="meetings.fix_day"),
    path("meetings/fixed-day/end/", views.end_fixed_day, name="meetings.end_fixed_day"),
    path("meetings/themes/", views.themes, name="meetings.themes"),
    path("meetings/themes/withdraw/", views.withdraw_theme, name="meetings.withdraw_theme"),
    path("meetings/feeds/", views.feeds, name="meetings.feeds"),
    path("meetings/feeds/revoke/", views.revoke_feed, name="meetings.revoke_feed"),
    path("meetings/feeds/<str:key>.ics", views.feed, name="meetings.feed"),
]
