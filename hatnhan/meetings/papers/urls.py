"""Addresses of the papers of a meeting."""

from django.urls import path

from . import hand_views as hand
from . import pack_views as packs
from . import views

papers = [
    path("meetings/<int:pk>/register/<slug:name>/", views.register_paper, name="meetings.register_paper"),
    path("meetings/<int:pk>/minutes.pdf", views.minutes_paper, {"form": "pdf"}, name="meetings.minutes_paper"),
    path("meetings/<int:pk>/minutes.docx", views.minutes_paper, {"form": "docx"}, name="meetings.minutes_docx"),
    path("meetings/<int:pk>/outcome.pdf", views.outcome_paper, {"form": "pdf"}, name="meetings.outcome_paper"),
    path("meetings/<int:pk>/outcome.docx", views.outcome_paper, {"form": "docx"}, name="meetings.outcome_docx"),
    path("meetings/record/short/", hand.record_short, name="meetings.record_short"),
    path("meetings/<int:pk>/hand-pages/", hand.hand_pages, name="meetings.hand_pages"),
    path("meetings/<int:pk>/absent.pdf", packs.absent_paper, name="meetings.absent_paper"),
    path("meetings/<int:pk>/pack/", packs.meeting_pack, name="meetings.pack"),
    path("meetings/<int:pk>/pack.zip", packs.pack_file, name="meetings.pack_file"),
    path("meetings/sittings/<int:sitting>/pack/", packs.sitting_pack, name="meetings.sitting_pack"),
    path("meetings/sittings/<int:sitting>/pack.zip", packs.sitting_pack_file, name="meetings.sitting_pack_file"),
    path("meetings/posted/<int:row>/undo/", packs.untick, name="meetings.unpost"),
]
