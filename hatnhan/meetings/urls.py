"""Addresses of meetings."""

from django.urls import path

from . import agenda_views, plan_views, prepare_views, reply_views, views

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
    path("meetings/sittings/<int:sitting>/agenda/", agenda_views.agenda, name="meetings.agenda"),
    path("meetings/sittings/<int:sitting>/agenda/lay/", agenda_views.lay_template, name="meetings.lay_template"),
    path("meetings/sittings/<int:sitting>/agenda/add/", agenda_views.add_item, name="meetings.add_item"),
    path("meetings/sittings/<int:sitting>/agenda/<int:item>/", agenda_views.change_item, name="meetings.change_item"),
    path("meetings/sittings/<int:sitting>/agenda/<int:item>/move/", agenda_views.move_item, name="meetings.move_item"),
    path(
        "meetings/sittings/<int:sitting>/agenda/<int:item>/remove/",
        agenda_views.remove_item,
        name="meetings.remove_item",
    ),
    path("meetings/sittings/<int:sitting>/prepare/", prepare_views.prepare, name="meetings.prepare"),
    path("meetings/sittings/<int:sitting>/chores/", prepare_views.add_chore, name="meetings.add_chore"),
    path("meetings/sittings/<int:sitting>/chores/finish/", prepare_views.finish_chore, name="meetings.finish_chore"),
    path("meetings/sittings/<int:sitting>/invitation/", prepare_views.invitation, name="meetings.invitation"),
    path("meetings/sittings/<int:sitting>/ring/", prepare_views.ring, name="meetings.ring"),
    path("meetings/sittings/<int:sitting>/print/", prepare_views.print_agenda, name="meetings.print_agenda"),
    path("meetings/calls/", prepare_views.call_sheet, name="meetings.calls"),
    path("meetings/tasks/<int:pk>/call/", prepare_views.call_about, name="meetings.call_about"),
    path("meetings/next/", reply_views.next_one, name="meetings.next"),
    path("meetings/sittings/<int:sitting>/answer/", reply_views.answer, name="meetings.answer"),
    path("meetings/sittings/<int:sitting>/remark/", reply_views.remark, name="meetings.remark"),
    path(
        "meetings/sittings/<int:sitting>/remark/withdraw/",
        reply_views.withdraw_remark,
        name="meetings.withdraw_remark",
    ),
]
