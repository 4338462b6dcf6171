"""The market of these tests."""

import pytest

from leuit.work import Leuit
from tests.ecatalog.shop import Shop, open_shop


@pytest.fixture
def shop(app: Leuit) -> Shop:
    """Vendors, a category, a moderator."""
    return open_shop(app)
