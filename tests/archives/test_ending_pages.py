"""The lawful end by page: the desk, a dossier's card, holds, a transfer, and a whole disposal."""

import re
from typing import Any

import pytest

from leuit.identity import SYSTEM, Identity
from leuit.work import Leuit
from leuit_archives.service.disposals import listed_disposals
from leuit_archives.service.transfers import listed_transfers
from tests.archives.ending import Ending, ending
from tests.support.client import Client

pytestmark = pytest.mark.ci

SCAN = ("naskah.pdf", b"%PDF-1.7 naskah uji", "application/pdf")


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def filled(page: str, values: dict[str, Any]) -> dict[str, Any]:
    """A form as the browser would send it: what it carries along, and what is typed."""
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {name: value for name, value in kept.items() if name != "csrf"} | values


def sent(client: Client, who: Identity, path: str, *, scan: bool = False, **values: Any) -> str:
    """Open a form, fill it in and send it; where it leads."""
    with client.as_(who):
        page = client.get(path)
        assert page.status_code == 200, page.text
        data = filled(page.text, values)
        if scan:
            data |= {"number": "N-1", "dated": "05/10/2026"}
            answer = client.post(path, data=data, files={"document": SCAN})
        else:
            answer = client.post_form(path, data)
        assert answer.status_code == 303, answer.text
        where: str = answer.headers["location"]
        return where


def test_a_disposal_goes_its_way_by_page(end: Ending, client: Client) -> None:
    """Proposed, appraised, approved, determined, signed, executed by two, certified."""
    dossier = end.dossier(records=1)
    [record] = end.records_of(dossier)
    proposer, keeper = end.who["proposer"], end.who["keeper"]
    with client.as_(proposer):
        page = client.get("/archives/disposals/new").text
        assert "Edisi jadwalnya belum dibandingkan" in page
        unit = re.findall(r'name="unit" value="([^"]+)"', page)[0]
        form = {"unit": unit, "kind": "destroy", "dossier": str(dossier), "reason": "Habis"}
        refused = client.post_form("/archives/disposals/new", form)
        assert (refused.status_code, "Edisi" in refused.text) == (422, True)
        answer = client.post_form("/archives/disposals/new", {**form, "confirmed": "ya"})
        path = answer.headers["location"]
    members: dict[str, Any] = {
        f"member_{at}": str(one.person_id) for at, one in enumerate(end.committee, 1)
    }
    assert sent(client, keeper, f"{path}/committee", scan=True, **members) == path
    opinion: dict[str, Any] = {"opinion-1": "agree"}
    for member in end.committee:
        assert sent(client, member, f"{path}/opinions", **opinion) == path
    sent(client, keeper, f"{path}/step", scan=True)
    sent(client, keeper, f"{path}/step", scan=True, authority="head")
    sent(client, keeper, f"{path}/step", scan=True)
    with client.as_(end.who["executor"]):
        minutes = client.get(f"{path}/paper.pdf")
        assert minutes.content.startswith(b"%PDF")
    more: dict[str, Any] = {"text": "Dicacah", "backups_until": "31/12/2027"}
    sent(client, keeper, f"{path}/step", scan=True, **more)
    for who in ("executor", "witness"):
        with client.as_(end.who[who]):
            page = client.get(f"{path}/execute").text
            wrong = client.post_form(f"{path}/execute", filled(page, {"password": "salah"}))
            assert wrong.status_code == 422
        end.confirmed(disposal_of(end), who)
    end.work_off()
    with client.as_(end.room.archivist):
        shown = client.get(f"/archives/records/{record.id}").text
        assert "Dimusnahkan menurut daftar" in shown
        assert end.files()[0].sha256 in shown
        assert client.get(f"/archives/records/{record.id}/files/1").status_code == 404
        assert "Dimusnahkan" in client.get(f"/archives/dossiers/{dossier}/retention").text
    with client.as_(proposer):
        done = client.get(path).text
        assert "Berkas digital terhapus" in done
        assert client.get(f"{path}/paper.pdf").content.startswith(b"%PDF")
        assert "Selesai" in client.get("/archives/disposals").text


def disposal_of(end: Ending) -> Any:
    with end.app.read(SYSTEM) as view:
        return listed_disposals(view, 1)[0].id


def test_a_transfer_goes_its_way_by_page(end: Ending, client: Client) -> None:
    """Prepared of what is due, its minutes printed, the signed ones recorded; or called off."""
    dossiers = [end.dossier(inactive=False) for _ in range(2)]
    who = end.who["proposer"]
    with client.as_(who):
        page = client.get("/archives/transfers/new").text
        unit = re.findall(r'name="unit" value="([^"]+)"', page)[0]
        assert str(dossiers[0]) in page
        none = client.post_form("/archives/transfers/new", {"unit": unit})
        assert none.status_code == 422
        form = {"unit": unit, "dossier": str(dossiers[0])}
        path = client.post_form("/archives/transfers/new", form).headers["location"]
        assert client.get(f"{path}/minutes.pdf").content.startswith(b"%PDF")
    sent(client, who, f"{path}/sign", scan=True)
    assert end.state(dossiers[0]) == "inactive"
    sent(client, who, f"/archives/dossiers/{dossiers[0]}/take-back", reason="Masih dipakai")
    assert end.state(dossiers[0]) == "active"
    with client.as_(who):
        form = {"unit": unit, "dossier": str(dossiers[1])}
        path = client.post_form("/archives/transfers/new", form).headers["location"]
    sent(client, who, f"{path}/call-off", reason="Salah pilih")
    with client.as_(who):
        assert "Dibatalkan" in client.get("/archives/transfers").text
    with end.app.read(SYSTEM) as view:
        assert {one.state for one in listed_transfers(view, 9)} == {"moved", "called_off"}


def test_a_card_tells_what_is_next_and_why(end: Ending, client: Client) -> None:
    """The published words, the event that it waits for, the proof, and what comes then."""
    dossier = end.dossier("000.1.2", inactive=False)
    path = f"/archives/dossiers/{dossier}"
    with client.as_(end.room.archivist):
        page = client.get(f"{path}/retention").text
        assert "2 Tahun setelah tahun anggaran berakhir" in page
        assert "Menunggu peristiwa" in page
        form = client.get(f"{path}/events").text
        values = filled(form, {"kind": "tahun_anggaran_berakhir", "happened_on": "31/12/2013"})
        refused = client.post_form(f"{path}/events", values)
        assert refused.status_code == 422
        answer = client.post(f"{path}/events", data=values, files={"document": SCAN})
        assert answer.headers["location"] == f"{path}/retention"
        page = client.get(f"{path}/retention").text
        assert "Dipindahkan ke unit kearsipan" in page
        [proof] = re.findall(rf'href="({path}/events/[^"]+/file)"', page)
        assert client.get(proof).content == SCAN[1]
        client.post_form(f"{path}/vital", {"reason": "Arsip vital"})
        assert "Vital atau terjaga" in client.get(f"{path}/retention").text
        desk = client.get("/archives/desk").text
        assert f"{path}/retention" in desk
        for pile in ("disposal", "event", "decide", "held", "lain"):
            assert client.get(f"/archives/desk?pile={pile}").status_code == 200


def test_a_hold_by_page(end: Ending, client: Client) -> None:
    """Begun from the card of a dossier, joined by a second one, by question, and ended."""
    first, second = end.dossier(inactive=False), end.dossier(inactive=False)
    who = end.who["legal"]
    new = "/archives/holds/new"
    path = sent(client, who, f"{new}?dossier={first}", case_number="1/Pdt/2026", reason="Perkara")
    hold = path.rpartition("/")[2]
    sent(client, who, f"{new}?dossier={second}", hold=hold)
    with client.as_(who):
        shown = client.get(path).text
        assert (str(first) in shown, str(second) in shown) == (True, True)
        assert "1/Pdt/2026" in client.get(f"/archives/dossiers/{first}/retention").text
        bare = client.post_form(new, {"case_number": "2/Pdt/2026", "reason": "Perkara"})
        assert bare.status_code == 422
    admin = end.room.office.identity("admin")
    asked = sent(client, admin, new, case_number="2/Pdt/2026", reason="Perkara", code="000.1")
    with client.as_(admin):
        assert str(first) in client.get(asked).text
    narrowed: dict[str, Any] = {"unit_id": str(end.root), "words": "berkas"}
    asked = sent(client, who, new, case_number="3/Pdt/2026", reason="Perkara", **narrowed)
    with client.as_(who):
        shown = client.get(asked).text
        assert (str(first) in shown, "Dinas Contoh" in shown) == (True, True)
    sent(client, who, f"{path}/end", reason="Putus")
    with client.as_(end.room.neighbour):
        assert client.get(path).status_code == 404
    with client.as_(end.room.archivist):
        assert "Selesai" in client.get("/archives/holds").text
