"""Addresses of the module."""

from django.urls import path

from .badges import batch_views as batch
from .badges import views as badges
from .commendations import views as commendations
from .rest import views as rest

urlpatterns = [
    path("honours/badges/", badges.badges, name="honours.badges"),
    path("honours/badges/cases/", badges.badge_cases, name="honours.badge_cases"),
    path("honours/badges/borne/", badges.borne, name="honours.borne"),
    path("honours/badges/decide/", batch.decide_badges, name="honours.decide_badges"),
    path("honours/badges/request.<str:form>", batch.request_paper, name="honours.request_paper"),
    path("honours/badges/letters/", batch.print_letters, name="honours.print_letters"),
    path("honours/badges/letters/<int:job>/", batch.letters, name="honours.letters"),
    path("honours/badges/letters/<int:job>/progress/", batch.letters_progress, name="honours.letters_progress"),
    path("honours/badges/letters/<int:job>/letters.zip", batch.letters_file, name="honours.letters_file"),
    path("honours/badges/summary/", batch.badge_summary, name="honours.badge_summary"),
    path("honours/badges/symbol/", batch.set_symbol, name="honours.set_symbol"),
    path("honours/badges/waits/", batch.postponements, name="honours.postponements"),
    path("honours/badges/waits/<int:pk>/lift/", batch.lift_postponement, name="honours.lift_postponement"),
    path("honours/people/<int:person>/wait/", batch.postpone_by_discipline, name="honours.postpone_by_discipline"),
    path("honours/badges/cases/<int:pk>/", badges.badge_case, name="honours.badge_case"),
    path("honours/badges/cases/<int:pk>/<str:verb>/", badges.step_badge, name="honours.step_badge"),
    path("honours/people/<int:person>/", badges.person, name="honours.person"),
    path("honours/people/<int:person>/declare/", badges.declare_badge, name="honours.declare_badge"),
    path("honours/people/<int:person>/record/", badges.record_badge, name="honours.record_badge"),
    path("honours/commendations/", commendations.commendations, name="honours.commendations"),
    path("honours/commendations/add/", commendations.commend, name="honours.commend"),
    path("honours/commendations/<int:pk>/", commendations.commendation, name="honours.commendation"),
    path(
        "honours/commendations/<int:pk>/decide/", commendations.decide_commendation, name="honours.decide_commendation"
    ),
    path("honours/commendations/<int:pk>/<str:verb>/", commendations.end_commendation, name="honours.end_commendation"),
    path("honours/rest/", rest.rest_rounds, name="honours.rest_rounds"),
    path("honours/rest/add/", rest.plan_rest, name="honours.plan_rest"),
    path("honours/rest/<int:pk>/", rest.rest_round, name="honours.rest_round"),
    path("honours/rest/calls/<int:pk>/<str:state>/", rest.tell_rest, name="honours.tell_rest"),
    path("honours/people/<int:person>/rest/", rest.mark_for_rest, name="honours.mark_for_rest"),
    path("honours/people/<int:person>/veteran/", rest.recognise_veteran, name="honours.recognise_veteran"),
    path("honours/badges/<int:pk>/<str:verb>/", badges.end_badge, name="honours.end_badge"),
]
