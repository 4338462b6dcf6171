"""The chain in a browser: the maker chooses signers, they act after their passwords."""

import re

import pytest

from leuit.builtin.organisation import set_password
from leuit.identity import SYSTEM, Account
from tests.esign.letters import PASSPHRASE, letter
from tests.esign.test_chain import Office, office
from tests.esign.test_document_pages import brought, version
from tests.support.client import Client

PASSWORD = "kata-sandi-uji-panjang"

__all__ = ["office"]  # the fixture of the services' tests


@pytest.fixture
def desk(office: Office, client: Client) -> Client:
    """The maker, signed in; everybody has the same password."""
    with office.app.read(SYSTEM) as view:
        accounts = [account.id for account in view.session.query(Account)]
    for account in accounts:
        set_password(office.app, SYSTEM, account, PASSWORD)
    client.sign_in(office.maker)
    return client


def sent(desk: Client) -> str:
    """The address of a letter on its way: a paraf by the sekda, a signature by the bupati."""
    path = brought(desk, letter())
    for inner, fields in (
        ("places", {"spot": "bottom_right", "page": "1"}),
        ("prepare", {}),
        ("steps", {"position": "Sekretaris Daerah", "kind": "paraf", "number": "1"}),
        ("steps", {"position": "KAB", "kind": "sign", "number": "2"}),
        ("start", {}),
    ):
        form = {"version": version(desk, path), **fields}
        answer = desk.post_form(f"{path}/{inner}", form)
        assert answer.status_code == 303, answer.text
    return path


def test_a_letter_goes_its_way(desk: Client, office: Office) -> None:
    """The pages of the maker and of both signers, from sending to the last signature."""
    path = sent(desk)
    assert "Menunggu tanda tangan" in desk.get(path).text
    desk.sign_in(office.who["bupati"])
    assert desk.get(path).status_code == 403
    desk.sign_in(office.who["sekda"])
    assert "Menunggu Anda" in desk.get("/esign").text
    page = desk.get(path).text
    assert "Menunggu paraf Anda" in page
    assert desk.post_form(f"{path}/paraf", {"password": PASSWORD}).status_code == 303
    desk.sign_in(office.who["bupati"])
    page = desk.get(path).text
    assert "Menunggu tanda tangan Anda" in page
    assert "Sertifikat Anda aktif sampai" in page
    assert "tempat tanda tangan Anda" in page
    form = {"password": PASSWORD, "passphrase": PASSPHRASE}
    assert desk.post_form(f"{path}/sign", form).status_code == 303
    desk.sign_in(office.maker)
    page = desk.get(path).text
    assert "Selesai" in page
    assert "SITI CONTOH" in page
    assert desk.get(f"{path}/pdf").content.count(b"/ByteRange") == 1


def test_each_secret_is_asked_for_beside_its_field(desk: Client, office: Office) -> None:
    """A wrong password or passphrase is told at its field; neither is shown again."""
    path = sent(desk)
    desk.sign_in(office.who["sekda"])
    for password, words in (("", "Isi kata sandi"), ("salah-sekali-77", "tidak cocok")):
        answer = desk.post_form(f"{path}/paraf", {"password": password})
        assert answer.status_code == 422
        assert words in answer.text
        assert "salah-sekali-77" not in answer.text
    desk.post_form(f"{path}/paraf", {"password": PASSWORD})
    desk.sign_in(office.who["bupati"])
    form = {"password": PASSWORD, "passphrase": "salah-sekali-78"}
    answer = desk.post_form(f"{path}/sign", form)
    assert answer.status_code == 422
    assert 'id="e-passphrase"' in answer.text
    assert "salah-sekali-78" not in answer.text
    assert PASSWORD not in answer.text


def test_guessing_passwords_locks_out(desk: Client, office: Office) -> None:
    """Five wrong passwords at the step lock the login, as they do at the entrance."""
    path = sent(desk)
    desk.sign_in(office.who["sekda"])
    for _time in range(5):
        assert desk.post_form(f"{path}/paraf", {"password": "salah"}).status_code == 422
    assert desk.post_form(f"{path}/paraf", {"password": PASSWORD}).status_code == 429


def test_a_refusal_is_read_by_the_maker(desk: Client, office: Office) -> None:
    """Without a reason it is refused itself; with one the maker reads it on his page."""
    path = sent(desk)
    desk.sign_in(office.who["sekda"])
    assert desk.post_form(f"{path}/refuse", {"reason": " "}).status_code == 422
    assert desk.post_form(f"{path}/refuse", {"reason": "Tanggal keliru"}).status_code == 303
    desk.sign_in(office.maker)
    page = desk.get(path).text
    assert "Ditolak" in page
    assert "Tanggal keliru" in page


def test_steps_are_added_and_taken_away(desk: Client) -> None:
    """Faults stand at their fields, what was typed stays; a place without a signer is told."""
    path = brought(desk, letter())
    desk.post_form(
        f"{path}/places", {"version": version(desk, path), "spot": "top_left", "page": "1"}
    )
    desk.post_form(f"{path}/prepare", {"version": version(desk, path)})
    form = {"version": version(desk, path), "kind": "sign", "number": "1"}
    for position, number, words in (
        (" ", "1", "Tulis nama jabatannya"),
        ("Jabatan Ngawur", "1", "Tidak ada jabatan"),
        ("Bupati", "0", "Urutan dari 1"),
        ("Bupati", "x", "Urutan dari 1"),
    ):
        answer = desk.post_form(f"{path}/steps", {**form, "position": position, "number": number})
        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{position}"' in answer.text
    answer = desk.post_form(f"{path}/start", {"version": version(desk, path)})
    assert answer.status_code == 422
    assert "penanda tangan" in answer.text
    assert desk.post_form(f"{path}/steps", {**form, "position": "Bupati"}).status_code == 303
    page = desk.get(path).text
    found = re.search(r'name="step" value="([0-9a-f-]+)"', page)
    assert found is not None
    gone = {"version": version(desk, path), "step": found[1]}
    assert desk.post_form(f"{path}/steps/remove", gone).status_code == 303
    assert "1. Bupati" not in desk.get(path).text


def test_the_maker_takes_a_letter_back(desk: Client, office: Office) -> None:
    """With a reason, from his page; the signer no longer sees it among his own."""
    path = sent(desk)
    form = {"version": version(desk, path), "reason": "Isinya berubah"}
    assert desk.post_form(f"{path}/recall", form).status_code == 303
    assert "Ditarik kembali" in desk.get(path).text
    desk.sign_in(office.who["sekda"])
    assert "Menunggu Anda" not in desk.get("/esign").text
