"""Addresses of what goes down and comes up: packets, proposals, monthly reports."""

from django.urls import path

from . import report_views, views

packets = [
    path("meetings/packets/", views.packets_of, name="meetings.packets"),
    path("meetings/packets/new/", views.draft_packet, name="meetings.draft_packet"),
    path("meetings/packets/<int:packet>/", views.change_packet, name="meetings.change_packet"),
    path("meetings/packets/<int:packet>/publish/", views.publish_packet, name="meetings.publish_packet"),
    path("meetings/proposals/", views.proposals_of, name="meetings.proposals"),
    path("meetings/<int:pk>/propose/", views.propose, name="meetings.propose"),
    path("meetings/proposals/<int:proposal>/", views.proposal, name="meetings.proposal"),
    path("meetings/proposals/<int:proposal>/answer/", views.answer_proposal, name="meetings.answer_proposal"),
    path(
        "meetings/proposals/<int:proposal>/withdraw/",
        views.withdraw_proposal,
        name="meetings.withdraw_proposal",
    ),
    path("meetings/report/", report_views.write_report, name="meetings.write_report"),
    path("meetings/report/hand-in/", report_views.hand_in_report, name="meetings.hand_in_report"),
    path("meetings/report/read/", report_views.month_report, name="meetings.month_report"),
    path("meetings/report/paper.<str:form>", report_views.report_paper_of, name="meetings.report_paper"),
]
