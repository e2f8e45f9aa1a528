"""Addresses of movements."""

from django.urls import path

from .exchange import views as exchange
from .residence import views as residence
from .temporary import views as temporary
from .transfers import many_views, step_views, views

_ONE = "transfers/<int:pk>/"

urlpatterns = [
    path("transfers/", views.transfers, name="movements.transfers"),
    path("transfers/many/prepare/", many_views.prepare_transfers, name="movements.prepare_transfers"),
    path("transfers/many/issue/", many_views.issue_letters, name="movements.issue_letters"),
    path("transfers/peers/", exchange.peers, name="movements.transfer_peers"),
    path("transfers/peers/<int:row>/end/", exchange.end_peer, name="movements.transfer_end_peer"),
    path("transfers/files/take/", exchange.take_file, name="movements.transfer_take_file"),
    path("transfers/<int:pk>/file/", exchange.transfer_file, name="movements.transfer_file"),
    path("transfers/arrivals/note/", step_views.note_arrival, name="movements.note_arrival"),
    path("members/<int:person>/transfers/prepare/", step_views.prepare_transfer, name="movements.prepare_transfer"),
    path("residence/", residence.residence, name="movements.residence"),
    path("residence/guests/add/", residence.register_guest, name="movements.residence_guest"),
    path("residence/desk/", residence.comment_desk, name="movements.residence_desk"),
    path(
        "residence/desk/<int:unit_id>/<int:year>/comments.<str:form>",
        residence.comments_paper,
        name="movements.residence_paper",
    ),
    path("residence/desk/<int:unit_id>/<int:year>/sent/", residence.send_comments, name="movements.residence_sent"),
    path("residence/desk/<int:unit_id>/gathering/", residence.record_gathering, name="movements.residence_gathering"),
    path("residence/<int:pk>/", residence.residence_link, name="movements.residence_link"),
    path("residence/<int:pk>/end/", residence.end_residence, name="movements.residence_end"),
    path("members/<int:person>/residence/introduce/", residence.introduce, name="movements.introduce"),
    path("temporary/", temporary.stays, name="movements.stays"),
    path("temporary/<int:pk>/", temporary.stay, name="movements.stay"),
    path("temporary/<int:pk>/extend/", temporary.extend_stay, name="movements.stay_extend"),
    path("temporary/<int:pk>/end/", temporary.end_stay, name="movements.stay_end"),
    path("members/<int:person>/temporary/begin/", temporary.begin_stay, name="movements.stay_begin"),
    path(_ONE, views.transfer, name="movements.transfer"),
    path(f"{_ONE}check/", views.check_paper, name="movements.check_paper"),
    path(f"{_ONE}letter.<str:form>", views.letter_paper, name="movements.letter_paper"),
    path(f"{_ONE}notice.<str:form>", views.notice_paper, name="movements.notice_paper"),
    path(f"{_ONE}issue/", step_views.issue_letter, name="movements.issue_letter"),
    path(f"{_ONE}receive/", step_views.receive_transfer, name="movements.receive_transfer"),
    path(f"{_ONE}left/", step_views.confirm_left, name="movements.confirm_left"),
    path(f"{_ONE}give-back/", step_views.give_back_transfer, name="movements.give_back_transfer"),
    path(f"{_ONE}resend/", step_views.resend_transfer, name="movements.resend_transfer"),
    path(f"{_ONE}redirect/", step_views.redirect_transfer, name="movements.redirect_transfer"),
    path(f"{_ONE}cancel/", step_views.cancel_transfer, name="movements.cancel_transfer"),
    path(f"{_ONE}dossier/seal/", step_views.seal_dossier, name="movements.seal_dossier"),
    path(f"{_ONE}dossier/unseal/", step_views.unseal_dossier, name="movements.unseal_dossier"),
    path(f"{_ONE}dossier/hand-over/", step_views.hand_over_dossier, name="movements.hand_over_dossier"),
    path(f"{_ONE}dossier/take/", step_views.take_dossier, name="movements.take_dossier"),
]
