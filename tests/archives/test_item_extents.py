"""A frozen list tells of secret records by its figures only who may read them."""

import datetime as dt
from uuid import UUID

import pypdfium2
import pytest

from leuit.identity import SYSTEM, Identity
from leuit.work import Leuit
from leuit_archives.service.disposals import items_of
from leuit_archives.service.ending_papers import draw_disposal
from leuit_archives.service.item_extents import Extent, extents
from tests.archives.archive_room import grant
from tests.archives.ending import Ending, ending
from tests.support.client import Client

pytestmark = pytest.mark.ci


@pytest.fixture
def end(app: Leuit) -> Ending:
    """The regency and its people."""
    return ending(app)


def listed(end: Ending, secrecy: str) -> UUID:
    """A list of one dossier with three records, of 1 to 3 January 2011."""
    [disposal] = end.proposed(end.dossier(records=3, secrecy=secrecy))
    return disposal


def told(end: Ending, who: Identity, disposal_id: UUID) -> Extent:
    """What somebody is told of its one item."""
    with end.app.read(who) as view:
        [one] = extents(view, items_of(view, end.disposal(disposal_id))).values()
    return one


def paper(end: Ending, who: Identity, disposal_id: UUID) -> str:
    """What the printed list says to him."""
    document = pypdfium2.PdfDocument(draw_disposal(end.app, who, disposal_id)[0])
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def test_figures_of_secret_records_are_for_who_reads_them(end: Ending, client: Client) -> None:
    """Page and paper alike; the frozen item and the hash of its list stay."""
    with end.app.change(SYSTEM) as work:
        grant(work, end.room.office, 20, "archives.secret", "DIN")
    whole = Extent(3, dt.date(2011, 1, 1), dt.date(2011, 1, 3))
    none = Extent(0, None, None)
    secret, plain = listed(end, "secret"), listed(end, "open")
    before = end.disposal(secret).list_sha256
    for who, expected in (
        (end.room.trusted, whole),
        (SYSTEM, whole),
        (end.room.archivist, none),
        (end.who["keeper"], none),
    ):
        assert told(end, who, secret) == expected
        assert told(end, who, plain) == whole
    span = "01/01/2011 – 03/01/2011"
    assert span in paper(end, SYSTEM, secret)
    assert span not in paper(end, end.who["keeper"], secret)
    assert span in paper(end, end.who["keeper"], plain)
    with client.as_(end.who["keeper"]):
        assert "1 Jan 2011" not in client.get(f"/archives/disposals/{secret}").text
        assert "1 Jan 2011" in client.get(f"/archives/disposals/{plain}").text
    [item] = end.items(secret)
    assert (item.records, end.disposal(secret).list_sha256) == (3, before)
