"""Addresses of the pages of organisations. Merging and splitting cells lie in the members module."""

from django.urls import path

from .views import acts, events, explorer, inside, unit, watching

urlpatterns = [
    path("units/", explorer.tree, name="units.tree"),
    path("units/<int:pk>/", unit.unit, name="units.unit"),
    path("units/<int:pk>/children/", explorer.children, name="units.children"),
    path("units/<int:pk>/print/", unit.print_tree, name="units.print"),
    path("units/<int:pk>/found/", acts.found, name="units.found"),
    path("units/<int:pk>/rename/", acts.rename, name="units.rename"),
    path("units/<int:pk>/recode/", acts.recode, name="units.recode"),
    path("units/<int:pk>/move/", acts.move, name="units.move"),
    path("units/<int:pk>/change-kind/", acts.change_kind, name="units.change_kind"),
    path("units/<int:pk>/dissolve/", acts.dissolve, name="units.dissolve"),
    path("units/<int:pk>/switch-regime/", acts.switch_regime, name="units.switch_regime"),
    path("units/<int:pk>/bodies/add/", inside.add_body, name="units.add_body"),
    path("units/<int:pk>/bodies/<int:body>/end/", inside.end_body, name="units.end_body"),
    path("units/<int:pk>/groups/add/", inside.add_group, name="units.add_group"),
    path("units/<int:pk>/groups/<int:group>/end/", inside.end_group, name="units.end_group"),
    path("units/<int:pk>/localities/", inside.localities, name="units.localities"),
    path("units/<int:pk>/localities/add/", inside.add_locality, name="units.add_locality"),
    path("units/<int:pk>/localities/<int:locality>/end/", inside.end_locality, name="units.end_locality"),
    path("units/<int:pk>/localities/<int:locality>/lead/", inside.lead_locality, name="units.lead_locality"),
    path("units/<int:pk>/localities/leave/<int:link>/", inside.leave_locality, name="units.leave_locality"),
    path("units/<int:pk>/log/", watching.log, name="units.log"),
    path("units/<int:pk>/log/<int:entry>/", watching.entry, name="units.entry"),
    path("units/events/<int:pk>/", events.event, name="units.event"),
    path("units/events/<int:pk>/undo/", events.undo, name="units.undo"),
]
