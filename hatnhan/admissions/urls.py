"""Addresses of admission."""

from django.urls import path

from . import views
from .cases import views as cases
from .targets import views as targets

_ONE = "admissions/<int:pk>/"

urlpatterns = [
    path("admissions/", views.board, name="admissions.board"),
    path("admissions/list/", views.list_person, name="admissions.list"),
    path("admissions/targets/", targets.targets, name="admissions.targets"),
    path("admissions/targets/set/", targets.set_target, name="admissions.set_target"),
    path("admissions/targets/no-source/", targets.record_no_source, name="admissions.record_no_source"),
    path("admissions/targets/source-again/", targets.end_no_source, name="admissions.end_no_source"),
    path("admissions/targets/delegate/", targets.delegate, name="admissions.delegate"),
    path(_ONE, cases.case, name="admissions.case"),
    *(path(f"{_ONE}{verb}/", view, name=f"admissions.{verb}") for verb, view in cases.STEP_VIEWS.items()),
    *(path(f"{_ONE}{name}/", view, name=f"admissions.{name}") for name, view in cases.PART_VIEWS.items()),
    path(f"{_ONE}vettings/<int:row>/", cases.answer_vetting, name="admissions.answer_vetting"),
    path(f"{_ONE}introducers/<int:row>/end/", cases.end_introducer, name="admissions.end_introducer"),
    path(f"{_ONE}agenda/<int:sitting>/", cases.put_on_agenda, name="admissions.put_on_agenda"),
    path(f"{_ONE}papers/<int:step>.<str:ext>", cases.paper, name="admissions.paper"),
]
