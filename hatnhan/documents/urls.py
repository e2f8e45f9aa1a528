"""Addresses of papers."""

from django.urls import path

from .views import blanks, library, paper, register, rules, units, wording

urlpatterns = [
    path("units/<int:pk>/tree.pdf", units.unit_tree, name="documents.unit_tree"),
    path("papers/", register.register, name="documents.register"),
    path("papers/export/", register.export, name="documents.export"),
    path("papers/out/", register.register_out, name="documents.register_out"),
    path("papers/in/", register.register_in, name="documents.register_in"),
    path("papers/terms/", register.terms, name="documents.terms"),
    path("papers/rules/", rules.working_rules, name="documents.working_rules"),
    path("papers/blanks/", blanks.blanks, name="documents.blanks"),
    path("papers/blanks/<int:row>/", blanks.blank, name="documents.blank"),
    path("papers/blanks/<int:row>/fill/", blanks.fill, name="documents.fill"),
    path("papers/blanks/<int:row>/drop/", blanks.drop, name="documents.drop_blank"),
    path("papers/wording/", wording.wordings, name="documents.wordings"),
    path("papers/wording/<str:template>/", wording.wording, name="documents.adapt"),
    path("papers/wording/<str:template>/preview/", wording.preview, name="documents.preview"),
    path("papers/wording/<str:template>/<str:passage>/give-back/", wording.restore, name="documents.give_back"),
    path("papers/<int:pk>/", paper.paper, name="documents.paper"),
    path("papers/<int:pk>/sign/", paper.sign, name="documents.sign"),
    path("papers/<int:pk>/add-file/", paper.add_file, name="documents.add_file"),
    path("papers/<int:pk>/cancel/", paper.cancel, name="documents.cancel"),
    path("papers/<int:pk>/publish/", paper.publish, name="documents.publish"),
    path("papers/<int:pk>/withdraw/", paper.withdraw, name="documents.withdraw"),
    path("papers/<int:pk>/replace-rules/", paper.replace_rules, name="documents.replace_rules"),
    path("papers/<int:pk>/confirm/", library.confirm, name="documents.confirm"),
    path("papers/<int:pk>/keep/", library.keep_aside, name="documents.keep_aside"),
    path("papers/files/<int:pk>/", paper.file, name="documents.file"),
    path("library/", library.library, name="documents.library"),
    path("library/folders/", library.folders, name="documents.folders"),
]
