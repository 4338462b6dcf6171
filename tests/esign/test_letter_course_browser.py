"""What may happen to a letter on its way and afterwards, in Chromium: on a phone with scripts, and
on a desk without.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest

from leuit.plugins import Host
from leuit.values import local_time
from tests.esign.conftest import Judge
from tests.esign.letters import seen_text
from tests.esign.room import PASSWORD, Desk, Room, looks_right, opened
from tests.esign.test_chain import Office, office
from tests.system.test_browser_jobs import MANNERS, Manner

__all__ = ["office"]  # the fixture of the services' tests

pytestmark = pytest.mark.ci
TWO_MANNERS = [MANNERS[0], MANNERS[3]]
CHAIN = (("sekda", "paraf", 1), ("bupati", "sign", 2))
REASON = "Tanggal rapat keliru"


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture(params=TWO_MANNERS, ids=str)
def manner(request: pytest.FixtureRequest) -> Manner:
    """The two manners that differ most."""
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def letter_id(office: Office) -> UUID:
    """A letter on its way."""
    return office.send(*CHAIN)


@pytest.fixture
def other(office: Office) -> UUID:
    """Another letter, which waits for the bupati."""
    return office.send(("bupati", "sign", 1))


@pytest.fixture
def room(office: Office, letter_id: UUID, host: Host, manner: Manner) -> Iterator[Room]:
    """The office at the browser, with the letter on its way."""
    with opened(office, host, manner) as made:
        yield made


@pytest.fixture
def path(letter_id: UUID) -> str:
    """The letter's page."""
    return f"/esign/documents/{letter_id}"


def open_refusal(desk: Desk) -> None:
    """Show the question for the reason: by the bar of a phone, or by the card."""
    bar = desk.page.locator("nav.action-bar").get_by_role("link", name="Kembalikan")
    if bar.is_visible():
        with desk.page.expect_navigation():
            bar.click()
    else:
        desk.main.get_by_text("Kembalikan kepada pembuat").click()
    assert desk.main.locator("input[name=reason]").is_visible()


def test_a_letter_is_refused(room: Room, path: str) -> None:
    """Without a reason the question comes again, with one the maker reads it; nobody else waits."""
    with room.desk("sekda") as desk:
        desk.go(path)
        open_refusal(desk)
        desk.send("Kembalikan", "Alasan")
        assert desk.page.title().startswith("Kesalahan:")
        assert desk.main.locator("input[name=reason]").get_attribute("aria-invalid") == "true"
        looks_right(desk.page, "refusing")
        desk.fill(reason=REASON)
        desk.send("Kembalikan", "Dokumen dikembalikan kepada pembuatnya.")
        assert desk.tasks() == []
        desk.follow("Selesai")
        assert "Anda menolak" in desk.text
    with room.desk("maker") as desk:
        desk.go("/tasks?show=done")
        assert "Ditolak" in desk.text
        desk.go(path)
        assert f"Alasan: {REASON}" in desk.text
        assert [REASON in line for line in desk.told()].count(True) == 1
        looks_right(desk.page, "refused")
    assert room.tasks_of("bupati") == []


def test_a_letter_is_recalled(room: Room, path: str) -> None:
    """The maker takes it back with a reason; it waits for nobody any more."""
    assert room.tasks_of("sekda") == ["Surat"]
    with room.desk("maker") as desk:
        desk.go(path)
        desk.main.get_by_text("Hentikan dan tarik dokumen ini").click()
        desk.send("Tarik kembali", "Alasan")
        desk.fill(reason="Isinya berubah")
        desk.send("Tarik kembali", "Dokumen ditarik kembali.")
        assert "Alasan: Isinya berubah" in desk.text
        looks_right(desk.page, "recalled")
        assert desk.main.get_by_role("button", name="Ingatkan penanda tangan").count() == 0
    assert room.tasks_of("sekda") == []


def test_a_step_is_handed_on(room: Room, path: str) -> None:
    """To another position, with the reason: it leaves one inbox for another; both read of it."""
    with room.desk("sekda") as desk:
        desk.go(path)
        desk.follow("Teruskan ke jabatan lain")
        desk.fill(to="Jabatan Ngawur")
        desk.tell("reason", "Bidang beliau")
        desk.send("Teruskan", "Tidak ada jabatan")
        looks_right(desk.page, "handing-on")
        assert desk.main.locator("textarea[name=reason]").input_value() == "Bidang beliau"
        desk.fill(to="Kepala Dinas")
        desk.send("Teruskan", "Diteruskan kepada Kepala Dinas.")
        assert desk.tasks() == []
        desk.go(path)
        assert any("Meneruskan kepada Kepala Dinas" in line for line in desk.told())
    with room.desk("kadis") as desk:
        assert desk.tasks() == ["Surat"]
        desk.go(path)
        assert any("Bidang beliau" in line for line in desk.told())
        desk.give_paraf()
    assert room.tasks_of("bupati") == ["Surat"]


def test_a_signer_is_reminded(room: Room, path: str) -> None:
    """Once a day; who is reminded sees it at Tugas, and the maker sees when."""
    with room.desk("maker") as desk:
        desk.go(path)
        desk.send("Ingatkan penanda tangan", "Penanda tangan diingatkan.")
        assert any("Diingatkan" in line for line in desk.told())
        button = desk.main.get_by_role("button", name="Ingatkan penanda tangan")
        assert button.get_attribute("aria-disabled") == "true"
        assert "Hari ini sudah diingatkan. Ingatkan lagi besok." in desk.text
        looks_right(desk.page, "reminded")
    with room.desk("sekda") as desk:
        assert desk.tasks() == ["Surat"]
        assert "Diingatkan" in desk.text


def test_a_mandate_is_given_used_and_ended(
    other: UUID, room: Room, office: Office, letter_id: UUID, path: str, verdict_of: Judge
) -> None:
    """Who receives it signs a.n. with his own key; when it has ended nothing waits for him."""
    today = local_time(office.app.clock.now(), office.app.zone)
    with room.desk("sekda") as desk:
        desk.go(path)
        desk.give_paraf()
    with room.desk("bupati") as desk:
        desk.go("/esign/mandates")
        desk.main.get_by_role("link", name="Limpahkan wewenang").first.click()
        desk.fill(principal="Bupati", delegate="Kepala Dinas", basis="Kepbup 1/2026")
        desk.fill(since=f"{today:%d/%m/%Y}", password=PASSWORD)
        looks_right(desk.page, "mandate-new")
        desk.send("Limpahkan wewenang", "Wewenang dilimpahkan.")
        assert "Kepbup 1/2026" in desk.rows("Kepala Dinas").inner_text()
    with room.desk("kadis") as desk:
        assert desk.tasks() == ["Surat", "Surat"]
        desk.go(path)
        assert "Anda bertindak sebagai: a.n. Bupati" in desk.text
        looks_right(desk.page, "for-another")
        desk.sign()
        assert desk.tasks() == ["Surat"]
    with room.desk("bupati") as desk:
        desk.go("/esign/mandates")
        desk.send("Akhiri Kepala Dinas · Kab", "Pelimpahan diakhiri.")
        assert "Berakhir" in desk.rows("Kepala Dinas").inner_text()
        looks_right(desk.page, "mandates")
        assert desk.tasks() == ["Surat"]
    with room.desk("kadis") as desk:
        assert desk.tasks() == []
        desk.go(f"/esign/documents/{other}")
        assert "Dokumen ini milik orang lain." in desk.text
    pdf = office.pdf(letter_id)
    assert "a.n. Bupati" in seen_text(pdf)
    verdict = verdict_of(pdf)
    assert verdict.word == "VALID"
    assert [one.finding.signer for one in verdict.signatures] == ["ANI CONTOH, S.Kom."]


def test_a_signed_letter_is_revoked(room: Room, office: Office, letter_id: UUID, path: str) -> None:
    """By its signer, after his password; from then on the public is told."""
    with room.desk("sekda") as desk:
        desk.go(path)
        desk.give_paraf()
        assert desk.main.get_by_role("link", name="Cabut dokumen").count() == 0
    with room.desk("bupati") as desk:
        desk.go(path)
        desk.sign()
        desk.follow("Cabut dokumen")
        desk.tell("reason", "Dasar hukumnya dicabut")
        desk.fill(password="bukan ini")
        desk.send("Cabut dokumen", "Kata sandi akun tidak cocok.")
        looks_right(desk.page, "revoking")
        desk.fill(password=PASSWORD)
        desk.send("Cabut dokumen", "Dokumen dicabut.")
        assert "Alasan: Dasar hukumnya dicabut" in desk.text
        looks_right(desk.page, "revoked")
        assert desk.main.get_by_role("link", name="Cabut dokumen").count() == 0
    with room.desk() as desk:
        desk.go(f"/verifikasi/{office.document(letter_id).code}")
        assert "Terdaftar, tetapi tidak berlaku lagi" in desk.text
        assert "Dasar hukumnya dicabut" in desk.text
