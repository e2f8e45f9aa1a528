"""Addresses of admission."""

from django.urls import path

from . import views
from .cases import views as cases

_ONE = "admissions/<int:pk>/"

urlpatterns = [
    path("admissions/", views.board, name="admissions.board"),
    path("admissions/list/", views.list_person, name="admissions.list"),
    path(_ONE, cases.case, name="admissions.case"),
    *(path(f"{_ONE}{verb}/", view, name=f"admissions.{verb}") for verb, view in cases.STEP_VIEWS.items()),
    *(path(f"{_ONE}{name}/", view, name=f"admissions.{name}") for name, view in cases.PART_VIEWS.items()),
    path(f"{_ONE}vettings/<int:row>/", cases.answer_vetting, name="admissions.answer_vetting"),
    path(f"{_ONE}introducers/<int:row>/end/", cases.end_introducer, name="admissions.end_introducer"),
    path(f"{_ONE}agenda/<int:sitting>/", cases.put_on_agenda, name="admissions.put_on_agenda"),
    path(f"{_ONE}papers/<int:step>.<str:ext>", cases.paper, name="admissions.paper"),
]
