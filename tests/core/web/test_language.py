"""Programs that ask for English are answered in English; everybody else in Indonesian."""

import pytest

from leuit.testing import cast
from leuit.values import _, translate
from leuit.work import Leuit
from tests.support.client import Client

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,id;q=0.5"}
ABSENCE = {
    "nip": "199001012020121001",
    "kind": "leave",
    "first_day": "2026-10-05",
    "last_day": "2026-10-05",
    "document": "800/1",
}


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


def test_an_error_of_the_core_speaks_the_language_asked_for(client: Client) -> None:
    """Title and detail of a problem follow Accept-Language; the code never changes."""
    indonesian = client.get("/api/attendance/v1/absences").json()
    english = client.get("/api/attendance/v1/absences", headers=ENGLISH).json()
    assert indonesian["title"] == "Anda belum masuk."
    assert english["title"] == "You are not signed in."
    assert english["detail"] == "Sign in first, then try again."
    assert english["code"] == indonesian["code"] == "not_signed_in"
    lost = client.get("/api/nowhere", headers=ENGLISH).json()
    assert lost["title"] == "That page does not exist."


def test_an_error_of_a_plugin_speaks_the_language_asked_for(app: Leuit, client: Client) -> None:
    """A plugin's catalogue is found beside its modules, without the plugin saying so."""
    path = "/api/attendance/v1/absences"
    with client.as_(cast(app).administrator):
        indonesian = client.post(path, json=ABSENCE)
        english = client.post(path, json=ABSENCE, headers=ENGLISH)
    assert (indonesian.status_code, english.status_code) == (404, 404)
    assert indonesian.json()["title"] == "Tidak ada pegawai dengan NIP itu."
    assert english.json()["title"] == "There is no employee with that NIP."


def test_faults_of_a_body_speak_the_language_asked_for(app: Leuit, client: Client) -> None:
    """Each fault of a JSON body is a sentence at its path, in the language of the program."""
    path = "/api/attendance/v1/absences"
    body = {**ABSENCE, "first_day": "5 Oktober", "extra": 1, "record": {"kind": "x"}}
    del body["document"]
    with client.as_(cast(app).administrator):
        indonesian = client.post(path, json=body).json()["errors"]
        english = client.post(path, json=body, headers=ENGLISH).json()["errors"]
    assert {(fault["path"], fault["code"]): fault["message"] for fault in indonesian} == {
        ("document", "missing"): "Harus diisi.",
        ("extra", "unknown"): "Nama ini tidak dikenal di sini.",
        ("first_day", "invalid"): "Harus berupa tanggal seperti 2026-10-05.",
        ("record.id", "missing"): "Harus diisi.",
    }
    assert {fault["message"] for fault in english} == {
        "Must be given.",
        "This name is not known here.",
        "Must be a date such as 2026-10-05.",
    }


def test_a_filled_sentence_can_still_be_translated() -> None:
    """A marked sentence keeps what its gaps were filled with; marked words in it follow."""
    filled = _("Anda tidak berhak: %(title)s.") % {"title": _("Beranda")}
    assert filled == "Anda tidak berhak: Beranda."
    assert translate(filled, "en") == "You do not have the right: Home."
    assert translate(_("Isi %s.") % _("Beranda"), "en") == translate(_("Isi %s."), "en") % "Home"
    assert translate(_("%s dari %s") % (1, _("Beranda")), "en").endswith("Home")


def test_a_refused_right_is_named_in_the_same_language(app: Leuit, client: Client) -> None:
    """The title of a permission inside a sentence is translated with it."""
    with client.as_(cast(app).member):
        refused = client.get("/api/attendance/v1/absences", headers=ENGLISH)
        home = client.get("/", headers=ENGLISH)
    assert refused.status_code == 403
    assert refused.json()["title"] == (
        "You do not have the right: Record leave, official duty elsewhere and permissions."
    )
    assert '<html lang="id"' in home.text  # pages are Indonesian until they are translated whole
