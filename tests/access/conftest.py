"""The cast of the tests of access."""

import pytest

from tests.access.cast import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    return cast()
