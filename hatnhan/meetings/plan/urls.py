"""Addresses of what is done before a meeting: checklist, plan, agenda, invitation, answers."""

from django.urls import path

from . import agenda_views, prepare_views, reply_views, views

prepared = [
    path("meetings/checklist/", views.checklist, name="meetings.checklist"),
    path("meetings/plan/", views.plan, name="meetings.plan"),
    path("meetings/sittings/<int:sitting>/", views.sitting, name="meetings.sitting"),
    path("meetings/sittings/<int:sitting>/change/", views.change_plan, name="meetings.change_plan"),
    path("meetings/sittings/<int:sitting>/invite/", views.invite, name="meetings.invite"),
    path("meetings/sittings/<int:sitting>/cancel/", views.cancel, name="meetings.cancel"),
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
