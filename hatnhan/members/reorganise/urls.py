"""Addresses of merging and splitting; they read as pages of organisations."""

from django.urls import path

from . import views

urlpatterns = [
    path("units/merge/", views.merge, name="units.merge"),
    path("units/split/", views.split, name="units.split"),
]
