"""Addresses of the papers of a meeting."""

from django.urls import path

from . import paper_views as views

papers = [
    path("meetings/<int:pk>/register/<slug:name>/", views.register_paper, name="meetings.register_paper"),
    path("meetings/<int:pk>/minutes.pdf", views.minutes_paper, {"form": "pdf"}, name="meetings.minutes_paper"),
    path("meetings/<int:pk>/minutes.docx", views.minutes_paper, {"form": "docx"}, name="meetings.minutes_docx"),
    path("meetings/<int:pk>/outcome.pdf", views.outcome_paper, {"form": "pdf"}, name="meetings.outcome_paper"),
    path("meetings/<int:pk>/outcome.docx", views.outcome_paper, {"form": "docx"}, name="meetings.outcome_docx"),
]
