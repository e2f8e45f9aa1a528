"""Addresses of reports."""

from django.urls import path

from . import views
from .audit import views as audit
from .sheets import views as sheets

urlpatterns = [
    path("dashboard/", views.dashboard, name="reports.dashboard"),
    path("figures/", views.all_figures, name="reports.figures"),
    path("figures/<str:code>/", views.figure, name="reports.figure"),
    path("reports/coming/", sheets.coming, name="reports.coming"),
    path("reports/coming/sheet.<str:form>", sheets.coming_paper, name="reports.coming_paper"),
    path("reports/hand-over/", sheets.hand_over, name="reports.hand_over"),
    path("reports/hand-over/list.<str:form>", sheets.hand_over_paper, name="reports.hand_over_paper"),
    path("log/", audit.audit_list, name="audit.list"),
    path("log/export/", audit.export, name="audit.export"),
    path("log/<int:key>/", audit.entry, name="audit.entry"),
]
