"""Every sentence of the sign-in library that can reach a person is said in Vietnamese."""

import pytest
from django.utils.translation import gettext as said
from django.utils.translation import ngettext, override, pgettext

from tests.access.library import sentences


def test_every_sentence_of_the_library_is_translated() -> None:
    with override("vi"):
        missing = sorted(
            text
            for context, text, many in sentences()
            if (
                ngettext(text, many, 2) in {text, many}
                if many
                else (pgettext(context, text) if context else said(text)) == text
            )
        )
    assert len(sentences()) > 250
    assert missing == []


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect code.",
        "Too many failed login attempts. Try again later.",
        "Your account is protected by two-factor authentication. Please enter an authenticator code:",
        "Signed out of all other sessions.",
    ],
)
def test_in_english_the_library_speaks_as_it_does(text: str) -> None:
    with override("en"):
        assert said(text) == text
