"""Addresses of the rulebook."""

from django.urls import path

from . import views

urlpatterns = [
    path("rulebook/", views.families, name="rulebook.families"),
    path("rulebook/changes/", views.changes, name="rulebook.changes"),
    path("rulebook/family/<str:family>/", views.family, name="rulebook.family"),
    path("rulebook/rules/<str:key>/", views.rule, name="rulebook.rule"),
    path("rulebook/rules/<str:key>/local/", views.override, name="rulebook.override"),
    path("rulebook/local/<int:override>/withdraw/", views.withdraw, name="rulebook.withdraw"),
]
