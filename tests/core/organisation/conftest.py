"""The regency in which organisation is tested."""

import pytest

from leuit.work import Leuit
from tests.core.organisation.office import Office, open_office


@pytest.fixture
def office(app: Leuit) -> Office:
    """A small regency on the engine of the test."""
    return open_office(app)
