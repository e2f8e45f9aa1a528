"""Addresses of reports. The dashboard (`reports.dashboard`) stands at `overview/`: "/" is `hatnhan.config.home`, which
leads each reader to the page that is most useful to them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
