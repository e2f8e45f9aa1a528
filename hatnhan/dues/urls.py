"""Addresses of dues."""

from django.urls import path

from . import paper_views as papers
from .arrears import views as arrears
from .books import fund_views as funds
from .books import views as books
from .matching import views as matching
from .payers import views as payers
from .payments import views as payments

urlpatterns = [
    path("me/dues/", payers.own, name="dues.own"),
    path("dues/", books.books, name="dues.books"),
    path("dues/month/", payments.grid, name="dues.grid"),
    path("dues/close/", books.close_month, name="dues.close_month"),
    path("dues/units/", books.cells, name="dues.cells"),
    path("dues/books/<int:pk>/", books.book, name="dues.book"),
    path("dues/books/<int:pk>/hand-up/", books.hand_up, name="dues.hand_up"),
    path("dues/books/<int:pk>/reopen/", books.reopen_month, name="dues.reopen_month"),
    path("dues/fund/", funds.fund, name="dues.fund"),
    path("dues/fund/spend/", funds.spend, name="dues.spend"),
    path("dues/fund/opening/", funds.open_fund, name="dues.open_fund"),
    path("dues/fund/<int:pk>/reverse/", funds.reverse_entry, name="dues.reverse_entry"),
    path("dues/statement/", funds.statement, name="dues.statement"),
    path("dues/statement/paper/", papers.statement_paper, name="dues.statement_paper"),
    path("dues/arrears/", arrears.arrears, name="dues.arrears"),
    path("dues/arrears/<int:person>/ask/", arrears.ask, name="dues.ask"),
    path("dues/match/", matching.compare, name="dues.match"),
    path("dues/match/<int:pk>/receipt/", matching.take_line, name="dues.take_line"),
    path("dues/match/<int:pk>/aside/", matching.set_aside, name="dues.set_aside"),
    path("dues/receipts/<int:pk>/", payments.receipt, name="dues.receipt"),
    path("dues/receipts/<int:pk>/paper/", papers.receipt_paper, name="dues.receipt_paper"),
    path("dues/receipts/<int:pk>/reverse/", payments.take_back, name="dues.reverse"),
    path("dues/members/<int:person>/", payers.of_member, name="dues.member"),
    path("dues/members/<int:person>/class/", payers.set_payer, name="dues.set_payer"),
    path("dues/members/<int:person>/exempt/", payers.exempt, name="dues.exempt"),
    path("dues/members/<int:person>/again/", payers.end_exemption, name="dues.end_exemption"),
    path("dues/members/<int:person>/pay/", payments.pay, name="dues.pay"),
]
