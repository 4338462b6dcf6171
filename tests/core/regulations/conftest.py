"""The office in which editions are made."""

import pytest

from leuit.work import Leuit
from tests.core.regulations.office import Office, open_office


@pytest.fixture
def office(app: Leuit) -> Office:
    """An installation with one kind of regulation and the people who make its editions."""
    return open_office(app)
