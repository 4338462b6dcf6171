"""How often a stranger may ask: counted by network, over time, for each application alone."""

import datetime as dt
import uuid

import attrs
import pytest
from starlette.datastructures import QueryParams

from leuit.identity import ANONYMOUS, Identity
from leuit.plugins import Host
from leuit.values import ManualClock, TooManyRequestsError
from leuit.web import RateLimit, Request
from leuit.web.rates import network_of
from leuit.work import Leuit

MINUTE = dt.timedelta(minutes=1)
HOME, NEIGHBOUR = "203.0.113.1", "203.0.113.2"
STAFF = Identity("person", "Budi Contoh")


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def limit() -> RateLimit:
    """Six a minute, of at most three networks."""
    return RateLimit(6, MINUTE, most_networks=3)


def ask(app: Leuit, host: Host, client: str, identity: Identity = ANONYMOUS) -> Request:
    """A request from an address."""
    return Request(
        app, host, "POST", "/", {}, QueryParams(), {}, identity, frozenset(), client=client
    )


def test_a_network_may_ask_so_often(
    app: Leuit, host: Host, clock: ManualClock, limit: RateLimit
) -> None:
    """Six at once, the seventh is told when to come again, and may then; others are free."""
    for _one in range(6):
        limit.count(ask(app, host, HOME))
    with pytest.raises(TooManyRequestsError) as refused:
        limit.count(ask(app, host, HOME))
    assert refused.value.retry_after == 10
    limit.count(ask(app, host, NEIGHBOUR))
    clock.advance(dt.timedelta(seconds=refused.value.retry_after))
    limit.count(ask(app, host, HOME))
    with pytest.raises(TooManyRequestsError):
        limit.count(ask(app, host, HOME))
    clock.advance(MINUTE)
    for _one in range(6):
        limit.count(ask(app, host, HOME))


def test_what_costs_more_counts_more(
    app: Leuit, host: Host, clock: ManualClock, limit: RateLimit
) -> None:
    """A charge uses up what is left and more, but nobody waits longer than one span."""
    limit.count(ask(app, host, HOME))
    limit.charge(ask(app, host, HOME), 1000)
    with pytest.raises(TooManyRequestsError) as refused:
        limit.count(ask(app, host, HOME))
    assert refused.value.retry_after == 60
    clock.advance(MINUTE)
    limit.count(ask(app, host, HOME))


def test_who_is_signed_in_is_not_counted(app: Leuit, host: Host, limit: RateLimit) -> None:
    """Staff behind one router work on while a stranger there has used it up."""
    limit.charge(ask(app, host, HOME), 1000)
    limit.charge(ask(app, host, HOME, STAFF), 1000)
    limit.count(ask(app, host, HOME, STAFF))


def test_a_limit_for_people_counts_each_account(app: Leuit, host: Host) -> None:
    """Somebody who draws too often waits; a colleague at the same router does not."""
    limit = RateLimit(6, MINUTE, people=True)
    first, second = (attrs.evolve(STAFF, account_id=uuid.UUID(int=number)) for number in (1, 2))
    for _one in range(6):
        limit.count(ask(app, host, HOME, first))
    with pytest.raises(TooManyRequestsError) as refused:
        limit.count(ask(app, host, HOME, first))
    assert "dari Anda" in str(refused.value)
    limit.count(ask(app, host, HOME, second))
    limit.count(ask(app, host, HOME))


def test_what_is_remembered_is_bounded(
    app: Leuit, host: Host, clock: ManualClock, limit: RateLimit
) -> None:
    """Networks that are free again are forgotten first, then the one that would be free next."""
    for number in range(1, 5):
        for _one in range(number):
            limit.count(ask(app, host, f"198.51.100.{number}"))
    assert sorted(limit._busy_until[app]) == [f"198.51.100.{number}" for number in (2, 3, 4)]
    clock.advance(MINUTE)
    limit.count(ask(app, host, HOME))
    assert list(limit._busy_until[app]) == [HOME]


@pytest.mark.parametrize(
    "address, network",
    [
        ("203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_household_is_one_network(address: str, network: str) -> None:
    """Whoever has a /64 has 18 quintillion addresses; an IPv4 address is one however written."""
    assert network_of(address) == network
