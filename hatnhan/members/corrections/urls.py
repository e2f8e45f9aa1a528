"""Addresses of requests for correction."""

from django.urls import path

from . import views

_ONE = "members/<int:pk>/corrections/<int:row>/"

urlpatterns = [
    path("me/corrections/", views.own_corrections, name="own.corrections"),
    path("me/corrections/ask/", views.ask_correction, name="own.ask_correction"),
    path("me/corrections/<int:row>/withdraw/", views.withdraw_correction, name="own.withdraw_correction"),
    path(_ONE, views.correction, name="members.correction"),
    path(f"{_ONE}acknowledge/", views.acknowledge_correction, name="members.acknowledge_correction"),
    path(f"{_ONE}accept/", views.accept_correction, name="members.accept_correction"),
    path(f"{_ONE}refuse/", views.refuse_correction, name="members.refuse_correction"),
]
