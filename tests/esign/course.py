"""Letters on their way for tests: numbered or not, sent with options, under mandates."""

import datetime as dt
from uuid import UUID

import pytest

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit.work import Number, Worker
from leuit_esign.models import FOR_NUMBER
from leuit_esign.service.chain import NewStep, add_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.mandates import NewMandate
from leuit_esign.service.numbering import NUMBERING
from leuit_esign.service.places import add_preset, close_placing
from leuit_esign.service.sending import SendOptions, send, set_options
from tests.esign.letters import letter
from tests.esign.test_chain import PEOPLE, SINCE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests

WEEK = dt.timedelta(days=7)


@pytest.fixture
def numbered(office: Office) -> Office:
    """The office with numberings in force: one before signing, one after."""
    pattern = "{kode}/{urut:03}/{unit}/{tahun}"
    after = {"name": "Nota", "pattern": pattern, "given": "sesudah"}
    body = {"patterns": [{"name": "Surat", "pattern": pattern}, after]}
    with office.app.change(SYSTEM) as work:
        seed_edition(work, NUMBERING, Draft("Uji", "Uji", "unverified", SINCE, body))
    return office


def drafted(office: Office, *, number: bool = False) -> tuple[UUID, int]:
    """A letter with one signature of the bupati, ready to be sent, and its version."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    version = 1
    for purpose in ("sign", FOR_NUMBER) if number else ("sign",):
        with office.app.change(office.maker) as work:
            spot = "bottom_left" if purpose == "sign" else "top_left"
            add_preset(work, document_id, version, spot, 0, purpose)
        version += 1
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, version)
    with office.app.change(office.maker) as work:
        add_step(work, document_id, version + 1, NewStep(PEOPLE["bupati"], "sign", 1))
    return document_id, version + 2


def sent(office: Office, options: SendOptions, *, number: bool = False) -> UUID:
    """The same, sent with options."""
    document_id, version = drafted(office, number=number)
    with office.app.change(office.maker) as work:
        set_options(work, document_id, version, options)
    send(office.app, office.maker, document_id, version + 1)
    return document_id


def numbers(office: Office) -> list[tuple[int, str]]:
    """Every number of the only series with its state, in order."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.query(Number).order_by(Number.value)
        return [(row.value, row.state) for row in rows]


def run_watch(office: Office) -> None:
    """What the clock asks for every few minutes."""
    with office.app.change(SYSTEM) as work:
        work.enqueue("esign.watch", {})
    Worker(office.app, name="test").run_pending(raise_errors=True)


def chained(office: Office, *labels: str, options: SendOptions | None = None) -> UUID:
    """A letter with signatures one after the other, sent."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    version = 1
    for _label in labels:
        with office.app.change(office.maker) as work:
            add_preset(work, document_id, version, "bottom_left", 0)
        version += 1
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, version)
    for number, label in enumerate(labels, 1):
        version += 1
        with office.app.change(office.maker) as work:
            add_step(work, document_id, version, NewStep(PEOPLE[label], "sign", number))
    version += 1
    if options is not None:
        with office.app.change(office.maker) as work:
            set_options(work, document_id, version, options)
        version += 1
    send(office.app, office.maker, document_id, version)
    return document_id


def mandate(office: Office, **changes: object) -> NewMandate:
    """From the bupati to the sekda, from today on."""
    day = office.app.clock.now().date()
    values = {
        "principal": "Bupati",
        "delegate": "Sekretaris Daerah",
        "basis": "Kepbup 1/2026",
        "since": day + dt.timedelta(days=1),
    }
    return NewMandate(**(values | changes))  # type: ignore[arg-type]  # as given
