"""A browser, and the sample office that it visits; one of each for a module of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from leuit.plugins import Host
from tests.support import browser as support
from tests.system.browser_office import Site, site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module."""
    with support.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, host: Host
) -> Iterator[Site]:
    """The sample office, served."""
    with site(tmp_path_factory.mktemp("site"), sqlite_template, host) as opened:
        yield opened
