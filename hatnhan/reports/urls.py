"""Addresses of reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="reports.dashboard"),
    path("figures/", views.all_figures, name="reports.figures"),
    path("figures/<str:code>/", views.figure, name="reports.figure"),
]
