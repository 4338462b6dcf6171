"""Open data of orders before an outside judge: the program of the standard's makers."""

import copy
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_ecatalog.rules.open_order import OpenOrder
from leuit_ecatalog.service.stopping import stop
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import PPK, Office, at
from tests.ecatalog.ocds_program import review
from tests.ecatalog.test_open_contracting import EXAMPLE, orders, package
from tests.support.client import Client

API = "/api/ecatalog/v1/open"
OF_EXTENSIONS = ("parties/details/scale", "tender/competitive", "/links")
"""Fields of the extensions that each package names, which the program may not fetch."""

pytestmark = pytest.mark.ci


@pytest.fixture
def made(app: Leuit) -> Office:
    """An office without neighbours, whose vendor is a firm."""
    return ordering.firm_alone(app)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_orders_of_every_course_pass(
    made: Office, clock: ManualClock, client: Client, engine: str
) -> None:
    """What the API gives of orders that were paid, stopped with a part, and never answered: the
    program finds no error and remarks nothing, in bulk and as records.
    """
    paid = ordering.whole(made)
    in_part = ordering.processed(made)
    ordering.inspected(made, in_part, ordering.delivered(made, in_part, 30), 30)
    with made.app.change(made.people[PPK]) as work:
        stop(work, in_part, at(made, in_part).version, "Berhenti", 0)
    waits = ordering.approved(made, 10)
    ordering.penned(made, waits, ordering.written(made, waits))
    clock.advance(dt.timedelta(minutes=2))
    records = [
        f"{API}/orders/{ordering.number(made, one)}/record" for one in (paid, in_part, waits)
    ]
    for path in (f"{API}/releases", *records):
        answer = client.get(path)
        assert answer.status_code == 200, path
        found = review(answer.json())
        assert (found.errors, found.remarks) == ([], {}), path
        assert [field for field in found.beyond if not field.endswith(OF_EXTENSIONS)] == [], path


@settings(max_examples=2)
@given(st.lists(orders, min_size=20, max_size=20, unique_by=lambda one: one.number))
def test_any_orders_pass(found: list[OpenOrder]) -> None:
    """Whatever an order is, the program finds no error in its release."""
    assert review(package(*found)).errors == []


def test_the_program_sees_faults() -> None:
    """A release that broke a rule does not pass: missing, not of the list, of a wrong type."""
    spoilt = copy.deepcopy(EXAMPLE)
    [told] = spoilt["releases"]
    del told["ocid"]
    told["initiationType"] = "catalogue"
    told["date"] = "kemarin"
    assert len(review(spoilt).errors) >= 3
