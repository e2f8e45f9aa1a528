"""Addresses of the module."""

from django.urls import path

from . import holiday_views, views
from .campaigns import choosing, target_views
from .campaigns import views as campaigns
from .obligations import views as obligations
from .reminders import views as reminders

urlpatterns = [
    path("duties/", views.inbox, name="duties.inbox"),
    path("duties/unit/", views.unit_inbox, name="duties.unit"),
    path("duties/mine.ics", views.ics, name="duties.ics"),
    path("duties/<int:pk>/", views.duty, name="duties.duty"),
    path("duties/<int:pk>/finish/", views.finish, name="duties.finish"),
    path("duties/<int:pk>/reopen/", views.reopen, name="duties.reopen"),
    path("duties/year/", obligations.year, name="duties.year"),
    path("duties/year/units/", obligations.terms, name="duties.terms"),
    path("duties/year/add/", obligations.set_obligation, name="duties.set_obligation"),
    path("duties/year/<int:pk>/end/", obligations.end_obligation, name="duties.end_obligation"),
    path("campaigns/", campaigns.campaigns, name="duties.campaigns"),
    path("campaigns/add/", campaigns.plan_campaign, name="duties.plan_campaign"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="duties.campaign"),
    path("campaigns/<int:pk>/units.xlsx", campaigns.campaign_file, name="duties.campaign_file"),
    path("campaigns/<int:pk>/edit/", campaigns.revise_campaign, name="duties.revise_campaign"),
    path("campaigns/<int:pk>/choose/", choosing.choose_targets, name="duties.choose_targets"),
    path("campaigns/<int:pk>/start/", campaigns.start_campaign, name="duties.start_campaign"),
    path("campaigns/<int:pk>/close/", campaigns.close_campaign, name="duties.close_campaign"),
    path("campaigns/<int:pk>/drop/", campaigns.drop_campaign, name="duties.drop_campaign"),
    path("campaigns/<int:pk>/remind/", campaigns.remind_late, name="duties.remind_late"),
    path("campaigns/<int:pk>/units/<int:target>/", target_views.target, name="duties.target"),
    path("campaigns/<int:pk>/units/<int:target>/remove/", choosing.remove_target, name="duties.remove_target"),
    path(
        "campaigns/<int:pk>/units/<int:target>/steps/<int:step>/", target_views.report_step, name="duties.report_step"
    ),
    path(
        "campaigns/<int:pk>/units/<int:target>/steps/<int:step>/back/", target_views.take_back_step,
        name="duties.take_back_step",
    ),
    path(
        "campaigns/<int:pk>/units/<int:target>/obstacle/", target_views.report_obstacle, name="duties.report_obstacle"
    ),
    path(
        "campaigns/<int:pk>/units/<int:target>/obstacle/gone/", target_views.clear_obstacle,
        name="duties.clear_obstacle",
    ),
    path("campaigns/<int:pk>/units/<int:target>/visits/", target_views.record_visit, name="duties.record_visit"),
    path(
        "campaigns/<int:pk>/units/<int:target>/visits/<int:visit>/void/", target_views.void_visit,
        name="duties.void_visit",
    ),
    path("reminders/", reminders.reminders, name="duties.reminders"),
    path("reminders/devices/", reminders.add_device, name="duties.add_device"),
    path("reminders/devices/<int:device>/remove/", reminders.remove_device, name="duties.remove_device"),
    path("reminders/push-worker.js", reminders.push_worker, name="duties.push_worker"),
    path("reminders/stop/<str:token>/", reminders.stop_reminders, name="duties.stop_reminders"),
    path("reminders/failed/", reminders.deliveries, name="duties.deliveries"),
    path("calendar/", holiday_views.calendar, name="duties.calendar"),
    path("calendar/add/", holiday_views.add_day, name="duties.add_day"),
    path("calendar/<int:pk>/void/", holiday_views.void_day, name="duties.void_day"),
]  # fmt: skip
