"""Addresses of reports."""

from django.urls import path

from . import views
from .audit import views as audit

urlpatterns = [
    path("dashboard/", views.dashboard, name="reports.dashboard"),
    path("figures/", views.all_figures, name="reports.figures"),
    path("figures/<str:code>/", views.figure, name="reports.figure"),
    path("log/", audit.audit_list, name="audit.list"),
    path("log/export/", audit.export, name="audit.export"),
    path("log/<int:key>/", audit.entry, name="audit.entry"),
]
