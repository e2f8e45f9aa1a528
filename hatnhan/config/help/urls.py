from django.urls import path

from . import views

urlpatterns = [
    path("help/", views.every_guide, name="help"),
    path("help/<slug:guide>/", views.one_guide, name="help.guide"),
    path("sign-in/help/", views.signing_in, name="help.signing_in"),
]
