"""A whole letter in Chromium: five people, on a phone and a desk, with scripts and without."""

import datetime as dt
from pathlib import Path

import pytest

from leuit.plugins import Host
from leuit.values import local_time
from leuit_esign.models import Document
from tests.esign.conftest import Judge
from tests.esign.course import numbered
from tests.esign.letters import letter, seen_text
from tests.esign.room import Room, looks_right, opened
from tests.esign.test_chain import Office, office
from tests.system.test_browser_jobs import MANNERS, Manner

__all__ = ["numbered", "office"]  # the fixtures of the services' tests

pytestmark = pytest.mark.ci
TITLE, OTHER = "Undangan rapat koordinasi data desa", "Surat"
NOTE = "Jam mulai sudah saya sesuaikan menjadi 09.00."


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.mark.parametrize("manner", MANNERS, ids=str)
def test_a_letter_from_the_upload_to_the_public_page(
    numbered: Office, host: Host, manner: Manner, tmp_path: Path, verdict_of: Judge
) -> None:
    """Brought, placed, sent, two parafs side by side, signed twice, and found genuine."""
    numbered.send(("bupati", "sign", 1))  # something else that waits for the last signer
    with opened(numbered, host, manner) as room:
        path = _sent(room, tmp_path)
        for label in ("dicabut", "kadis"):
            assert room.tasks_of(label) == [TITLE]
        assert (room.tasks_of("sekda"), room.tasks_of("bupati")) == ([], [OTHER])
        _decided(room, path)
        pdf = _downloaded(room, path)
        _verified(room, pdf, tmp_path)
    verdict = verdict_of(pdf)
    assert verdict.word == "VALID"
    assert [one.finding.signer for one in verdict.signatures] == [
        "BUDI CONTOH, S.H.",
        "SITI CONTOH, S.E., M.Si.",
    ]
    year = numbered.app.clock.now().year
    assert f"000.1.5/001/Kab/{year}" in seen_text(pdf)


def _sent(room: Room, folder: Path) -> str:
    """The maker's part, to the letter on its way."""
    due = local_time(room.office.app.clock.now(), room.office.app.zone) + dt.timedelta(days=2)
    with room.desk("maker") as desk:
        path = desk.bring(TITLE, letter("Undangan rapat", pages=2), folder)
        assert "Tambahkan dahulu satu tempat" in desk.text
        desk.put("bottom_left")
        desk.put("bottom_right")
        desk.put("top_left", "number")
        looks_right(desk.page, "placing")
        desk.send("Pilih penanda tangan", "Tempat sudah ditentukan.")
        desk.ask("Kepala Bidang", "paraf", 1)
        desk.ask("Kepala Dinas", "paraf", 1)
        desk.ask("Sekretaris Daerah", "sign", 2)
        assert "TTE2 belum punya penanda tangan" in desk.text
        desk.ask("KAB", "sign", 3)
        desk.follow("Atur tenggat dan nomor")
        desk.fill(due=f"{due:%d/%m/%Y}", due_time="16.00", classification="000.1.5")
        desk.choose(pattern="Surat")
        desk.send("Simpan", "Tenggat dan nomor disimpan.")
        looks_right(desk.page, "prepared")
        desk.send("Kirim untuk ditandatangani", "Dokumen dikirim.")
        assert "Menunggu tanda tangan" in desk.text
        assert desk.tasks() == []
        desk.follow("Menunggu orang lain 2")
        assert TITLE in desk.text
    return path


def _decided(room: Room, path: str) -> None:
    """The parts of the four who decide; each finds it at Tugas when it is his turn, and no more."""
    for label, note in (("dicabut", ""), ("kadis", NOTE)):
        with room.desk(label) as desk:
            desk.go("/tasks")
            assert "konsep oleh Hilda Contoh" in desk.text
            desk.main.get_by_role("link", name=TITLE).click()
            assert desk.page.url == path
            assert "Menunggu paraf Anda" in desk.text
            looks_right(desk.page, "for-my-paraf")
            desk.give_paraf(note)
            assert desk.tasks() == []
    for label, then in (("sekda", []), ("bupati", [OTHER])):
        with room.desk(label) as desk:
            assert sorted(desk.tasks()) == sorted([TITLE, *then])
            looks_right(desk.page, "tasks")
            desk.go(path)
            assert "Menunggu tanda tangan Anda" in desk.text
            assert any(NOTE in line for line in desk.told())
            looks_right(desk.page, "for-my-signature")
            desk.sign()
            assert desk.tasks() == then
            desk.follow("Selesai")
            assert "Anda menandatangani" in desk.text


def _downloaded(room: Room, path: str) -> bytes:
    """What the maker finds at the end: the letter with all that happened, and its file."""
    with room.desk("maker") as desk:
        desk.go("/tasks?show=done")
        assert "selesai ditandatangani" in desk.text
        desk.go(path)
        looks_right(desk.page, "done")
        told = desk.told()
        for line, words in zip(
            told,
            (
                "Hilda Contoh Membawa dokumen",
                "RINA CONTOH Paraf Kepala Bidang",
                "ANI CONTOH, S.Kom. Paraf Kepala Dinas",
                "BUDI CONTOH, S.H. Tanda tangan Sekretaris Daerah",
                "SITI CONTOH, S.E., M.Si. Tanda tangan Bupati",
                "Selesai",
            ),
            strict=True,
        ):
            assert line.startswith(words)
        assert NOTE in told[2]
        with desk.page.expect_download() as coming:
            desk.main.get_by_role("link", name="Unduh PDF").click()
        assert coming.value.suggested_filename == f"{TITLE}.pdf"
        return Path(coming.value.path()).read_bytes()


def _verified(room: Room, pdf: bytes, folder: Path) -> None:
    """A stranger asks with the file, and with the code to which the QR on the letter leads."""
    file = folder / "dari-email.pdf"
    file.write_bytes(pdf)
    with room.office.app.read(room.office.maker) as view:
        code = view.session.query(Document).filter_by(title=TITLE).one().code
    with room.desk() as desk:
        desk.go("/verifikasi")
        desk.send_file(file, "Periksa berkas", "Ya, asli dan berlaku")
        looks_right(desk.page, "verified")
        desk.go(f"/verifikasi/{code}")
        assert desk.main.get_by_role("heading", name="Terdaftar", exact=True).count() == 1
        assert TITLE in desk.text
        desk.send_file(file, "Bandingkan", "Dokumennya cocok dengan kode")
