"""Addresses of the pages on the quality of records."""

from django.urls import path

from . import views

urlpatterns = [
    path("members/quality/", views.quality, name="members.quality"),
    path("members/quality/<str:code>/", views.quality_rows, name="members.quality_rows"),
]
