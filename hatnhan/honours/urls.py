"""Addresses of the module."""

from django.urls import path

from .badges import views as badges

urlpatterns = [
    path("honours/badges/", badges.badges, name="honours.badges"),
    path("honours/badges/cases/", badges.badge_cases, name="honours.badge_cases"),
    path("honours/badges/borne/", badges.borne, name="honours.borne"),
    path("honours/badges/cases/<int:pk>/", badges.badge_case, name="honours.badge_case"),
    path("honours/badges/cases/<int:pk>/<str:verb>/", badges.step_badge, name="honours.step_badge"),
    path("honours/people/<int:person>/", badges.person, name="honours.person"),
    path("honours/people/<int:person>/declare/", badges.declare_badge, name="honours.declare_badge"),
    path("honours/people/<int:person>/record/", badges.record_badge, name="honours.record_badge"),
    path("honours/badges/<int:pk>/<str:verb>/", badges.end_badge, name="honours.end_badge"),
]
