"""Addresses of members."""

from django.urls import path

from .views import acts, correcting, find, listing, own, profile, receiving, signing_in

urlpatterns = [
    path("find/", find.find, name="find"),
    path("me/", own.own, name="own"),
    path("members/", listing.member_list, name="members.list"),
    path("members/export/", listing.export, name="members.export"),
    path("members/receive/", receiving.receive, name="members.receive"),
    path("members/<int:pk>/", profile.profile, name="members.profile"),
    path("members/<int:pk>/record/", profile.record, name="members.record"),
    path("members/<int:pk>/history/", profile.history, name="members.history"),
    path("members/<int:pk>/log/", profile.log, name="members.log"),
    path("members/<int:pk>/numbers/", profile.numbers, name="members.numbers"),
    path("members/<int:pk>/summary.pdf", profile.summary, name="members.summary"),
    path("members/<int:pk>/change/", acts.change, name="members.change"),
    path("members/<int:pk>/number/", acts.set_number, name="members.set_number"),
    path("members/<int:pk>/transfer/", acts.transfer, name="members.transfer"),
    path("members/<int:pk>/send-away/", acts.send_away, name="members.send_away"),
    path("members/<int:pk>/recognise/", acts.recognise, name="members.recognise"),
    path("members/<int:pk>/participation/", acts.participation, name="members.participation"),
    path("members/<int:pk>/end-participation/", acts.end_participation, name="members.end_participation"),
    path("members/<int:pk>/leave/", acts.leave, name="members.leave"),
    path("members/<int:pk>/group/", acts.group, name="members.group"),
    path("members/<int:pk>/appoint/", acts.appoint, name="members.appoint"),
    path("members/<int:pk>/offices/<int:row>/end/", acts.end_tenure, name="members.end_tenure"),
    path("members/<int:pk>/rows/<str:model>/<int:row>/correct/", correcting.correct, name="members.correct"),
    path("members/<int:pk>/rows/<str:model>/<int:row>/withdraw/", correcting.withdraw, name="members.withdraw"),
    path("members/<int:pk>/account/open/", signing_in.open_account, name="members.open_account"),
    path("members/<int:pk>/account/close/", signing_in.close_account, name="members.close_account"),
    path("members/<int:pk>/merge/", correcting.merge, name="members.merge"),
    path("members/<int:pk>/merge/<int:other>/", correcting.merge_with, name="members.merge_with"),
    path("members/<int:pk>/unmerge/<int:merge>/", correcting.unmerge, name="members.unmerge"),
]
