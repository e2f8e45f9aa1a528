"""Addresses of meetings."""

from django.urls import path

from . import plan_views, views

urlpatterns = [
    path("meetings/", views.meeting_list, name="meetings.list"),
    path("meetings/record/", views.record, name="meetings.record"),
    path("meetings/month/", views.month, name="meetings.month"),
    path("meetings/<int:pk>/", views.meeting, name="meetings.meeting"),
    path("meetings/<int:pk>/change/", views.change, name="meetings.change"),
    path("meetings/<int:pk>/adopt/", views.adopt, name="meetings.adopt"),
    path("meetings/<int:pk>/withdraw/", views.withdraw, name="meetings.withdraw"),
    path("meetings/<int:pk>/addendum/", views.add_addendum, name="meetings.add_addendum"),
    path("meetings/tasks/<int:pk>/report/", views.report_task, name="meetings.report_task"),
    path("meetings/checklist/", plan_views.checklist, name="meetings.checklist"),
    path("meetings/plan/", plan_views.plan, name="meetings.plan"),
    path("meetings/sittings/<int:sitting>/", plan_views.sitting, name="meetings.sitting"),
    path("meetings/sittings/<int:sitting>/change/", plan_views.change_plan, name="meetings.change_plan"),
    path("meetings/sittings/<int:sitting>/invite/", plan_views.invite, name="meetings.invite"),
    path("meetings/sittings/<int:sitting>/cancel/", plan_views.cancel, name="meetings.cancel"),
]
