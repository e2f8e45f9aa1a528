"""Addresses of papers."""

from django.urls import path

from . import views

urlpatterns = [path("units/<int:pk>/tree.pdf", views.unit_tree, name="documents.unit_tree")]
