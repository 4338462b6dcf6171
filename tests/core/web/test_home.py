"""The home page: cards of plugins stand alone, and a bad one takes nobody with it."""

import threading
from collections.abc import Callable

import attrs
import pytest

from leuit.plugins import SIGNED_IN, Bulkheads, CardContent, HomeCard, Host
from leuit.testing import cast
from leuit.work import Leuit, View
from tests.support.client import Client


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


def with_cards(host: Host, **cards: Callable[[View], CardContent | None]) -> Host:
    """The host with these cards alone, and threads of its own."""
    made = {
        name: ("uji", HomeCard(name, f"Kartu {name}", render, SIGNED_IN))
        for name, render in cards.items()
    }
    merged = attrs.evolve(host.merged, cards=made)
    return attrs.evolve(host, merged=merged, parts=Bulkheads())


def test_a_card_that_fails_or_says_nothing_is_left_out(app: Leuit, host: Host) -> None:
    """The others are drawn as ever."""

    def broken(_view: View) -> CardContent:
        raise RuntimeError("rusak")

    def good(_view: View) -> CardContent:
        return CardContent("Tujuh hari")

    more = with_cards(host, good=good, broken=broken, silent=lambda _view: None)
    with Client(app, more) as client, client.as_(cast(app).member):
        page = client.get("/")
    assert page.status_code == 200
    assert "Tujuh hari" in page.text
    assert "Kartu broken" not in page.text
    assert "Kartu silent" not in page.text


def test_a_card_that_is_late_is_left_out(app: Leuit, host: Host) -> None:
    """The page does not wait for it."""
    gate = threading.Event()

    def late(_view: View) -> CardContent:
        gate.wait(60)
        return CardContent("Terlambat")

    more = with_cards(host, late=late)
    hasty = attrs.evolve(app.settings.server, card_milliseconds=50)
    app.settings = attrs.evolve(app.settings, server=hasty)
    with Client(app, more) as client, client.as_(cast(app).member):
        try:
            page = client.get("/")
        finally:
            gate.set()
    for pool in more.parts._pools.values():
        pool.shutdown()
    assert page.status_code == 200
    assert "Kartu late" not in page.text
