"""An appraisal by page: picked from the desk's pile, decided on, shown, and told everywhere."""

import re

import pytest

from leuit.work import Leuit
from tests.archives.ending import Ending, ending
from tests.archives.test_ending_pages import SCAN, filled
from tests.support.client import Client

pytestmark = pytest.mark.ci

NEW, DECIDE = "/archives/appraisals/new", "/archives/appraisals/decide"


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def test_dossiers_are_picked_decided_and_shown(end: Ending, client: Client) -> None:
    """From the pile over the form to the page of the decision, and back to the card."""
    first, second = end.dossier("000.1"), end.dossier("000.1")
    with client.as_(end.who["first_member"]):
        desk = client.get("/archives/desk?pile=appraise").text
        assert NEW in desk
        assert str(first) in desk
        listed = client.get(NEW).text
        assert (str(first) in listed, str(second) in listed) == (True, True)
        none = client.get(DECIDE, follow_redirects=False)
        assert none.headers["location"] == NEW
        form = client.get(f"{DECIDE}?dossier={first}&dossier={second}")
        assert "Berkas" in form.text
        values = filled(form.text, {"decision": "diperpanjang", "reason": "Masih diperiksa"})
        values |= {"number": "BA-7/2026", "dated": "05/10/2026"}
        refused = client.post(DECIDE, data=values, files={"document": SCAN})
        assert (refused.status_code, "Sebutkan berapa tahun" in refused.text) == (422, True)
        refused = client.post(DECIDE, data=values | {"years": "dua"}, files={"document": SCAN})
        assert "angka bulat" in refused.text
        done = client.post(DECIDE, data=values | {"years": "2"}, files={"document": SCAN})
        assert done.status_code == 303, done.text
        path = done.headers["location"]
        shown = client.get(path).text
        assert "Diperpanjang 2 tahun" in shown
        assert (str(first) in shown, str(second) in shown) == (True, True)
        assert client.get(f"{path}/file").content == SCAN[1]
        assert "Tidak ada yang menunggu" in client.get(NEW).text
    with client.as_(end.room.archivist):
        card = client.get(f"/archives/dossiers/{first}/retention").text
        assert path in card
        assert "Masih diperiksa" in card
        assert DECIDE not in card
        assert "BA-7/2026" in client.get("/archives/appraisals").text
        assert client.get(NEW).status_code == 403
    with client.as_(end.room.stranger):
        assert client.get(path).status_code in (403, 404)


def test_a_frozen_list_and_its_minutes_tell_of_the_appraisal(end: Ending, client: Client) -> None:
    """The number of the paper stands beside the dossier that rests on it."""
    dossier = end.dossier("000.1", records=1)
    end.appraised(dossier)
    [disposal] = end.proposed(dossier)
    [item] = end.items(disposal)
    assert item.appraisal is not None
    number = item.appraisal["number"]
    with client.as_(end.who["keeper"]):
        page = client.get(f"/archives/disposals/{disposal}").text
        assert re.search(rf"dinilai kembali: {number}\b", page)
        paper = client.get(f"/archives/disposals/{disposal}/paper.pdf")
        assert paper.content.startswith(b"%PDF")


def test_the_card_tells_of_a_decision_that_does_not_hold(end: Ending, client: Client) -> None:
    """Where the periods turned out to be longer than on its day, it is to be appraised anew."""
    dossier = end.dossier("000.1")
    end.appraised(dossier)
    with client.as_(end.room.archivist):
        assert "tidak berlaku" not in client.get(f"/archives/dossiers/{dossier}/retention").text
    changed = end.dossier("000.1")
    end.appraised(changed, dated=end.retention(changed).ends_on)
    end.closed_later(changed)
    with client.as_(end.who["first_member"]):
        card = client.get(f"/archives/dossiers/{changed}/retention").text
        assert "Keputusan terakhir tidak berlaku" in card
        assert f"{DECIDE}?dossier={changed}" in card
