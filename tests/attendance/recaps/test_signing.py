"""Recap documents on their way to a signature: with a service that signs, and without."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import assign
from leuit.identity import PLT, SYSTEM
from leuit.values import ManualClock, RecordRef
from leuit.work import AuditEntry, Leuit
from leuit_attendance.models import RecapDocument
from leuit_attendance.service.recap_documents import make_document
from tests.attendance.pages.world import World
from tests.support.client import Client

from .signers import SIGNED_PDF, Accepting, breaking, refusing, tell_ended, tell_signed, with_port

OCTOBER = dt.date(2026, 10, 1)
PATH = "/attendance/units/DIN/recaps?month=2026-10"
SEND = "Kirim untuk ditandatangani"
BY_HAND = "Catat tanda tangan basah"
SCAN = b"%PDF-1.4 pindaian"


@pytest.fixture
def head(world: World, client: Client) -> Client:
    """The head of the dinas, with the document of October made."""
    make_document(world.app, world.office.staff(1), "DIN", OCTOBER)
    client.sign_in(world.office.staff(1))
    return client


def row(app: Leuit) -> RecapDocument:
    """The only version."""
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(RecapDocument)).one()


def actions(app: Leuit) -> list[str]:
    """What was audited about recap documents, in order."""
    with app.read(SYSTEM) as view:
        return list(
            view.session.scalars(
                select(AuditEntry.action)
                .where(AuditEntry.ref_kind == "attendance.recap")
                .order_by(AuditEntry.id)
            )
        )


def send(client: Client, version: int = 1) -> Any:
    """Press the button as the page of that version does."""
    return client.post_form(
        f"/attendance/recaps/{row(client.leuit).id}/send", {"version": str(version)}
    )


def by_hand(client: Client, data: bytes = SCAN, **fields: str) -> Any:
    """Send the form with a scan."""
    known = row(client.leuit)
    sent = {"version": str(known.version), "signer": "Kepala Dinas", "signed_on": "2026-11-02"}
    return client.post_form(
        f"/attendance/recaps/{known.id}/by-hand",
        sent | fields,
        files={"document": ("pindaian.pdf", data)},
    )


def test_absent_the_way_is_by_hand(world: World, app: Leuit, head: Client) -> None:
    """Nothing offers to send; a scan is kept with who signed on what day, and downloaded again."""
    text = head.get(PATH).text
    assert SEND not in text
    assert BY_HAND in text
    refused = send(head)
    assert refused.headers["location"] == PATH
    assert "Tidak ada layanan tanda tangan elektronik" in head.get(PATH).text
    assert head.get(f"/attendance/recaps/{row(app).id}/by-hand").status_code == 200
    assert by_hand(head).headers["location"] == PATH
    kept = row(app)
    assert (kept.state, kept.signer, kept.signed_on) == (
        "by_hand",
        "Kepala Dinas",
        dt.date(2026, 11, 2),
    )
    assert kept.recorded_by == world.office.staff(1).account_id
    text = head.get(PATH).text
    assert "Tanda tangan basah" in text
    assert "Ditandatangani Kepala Dinas pada 2 November 2026." in text
    assert BY_HAND not in text
    answer = head.get(f"/attendance/recaps/{kept.id}/signed")
    assert answer.content == SCAN
    assert (
        'filename="rekap-DIN-2026-10-1-ditandatangani.pdf"'
        in (answer.headers["content-disposition"])
    )
    assert actions(app) == ["attendance.recap.made", "attendance.recap.signed_by_hand"]


REFUSED: tuple[tuple[bytes, dict[str, str], str], ...] = (
    (b"GIF89a", {}, "Pilih berkas PDF, PNG, atau JPEG"),
    (b"", {}, "Pilih berkas"),
    (b"%PDF-" + b" " * (8 * 1024 * 1024), {}, "paling besar 8 MB"),
    (SCAN, {"signed_on": "2026-11-01"}, "Pilih hari sejak naskah dibuat"),
    (SCAN, {"signed_on": "2026-11-03"}, "Pilih hari sejak naskah dibuat"),
    (SCAN, {"signed_on": "kapan-kapan"}, "tanggal"),
    (SCAN, {"signer": ""}, "Isi ditandatangani oleh"),
    (SCAN, {"signer": "x" * 201}, "Paling banyak 200 huruf"),
    (SCAN, {"version": "99"}, "sudah berubah"),
    (SCAN, {"version": "x"}, "Muat ulang halaman"),
)


def test_scans_that_cannot_be_kept_are_refused(app: Leuit, head: Client) -> None:
    """The form tells what is wrong and nothing is stored."""
    for data, fields, sentence in REFUSED:
        answer = by_hand(head, data, **fields)
        assert answer.status_code == 422, sentence
        assert sentence in answer.text, sentence
        assert row(app).state == "made"


def test_a_scan_is_what_its_first_bytes_say(app: Leuit, head: Client) -> None:
    """A picture is kept as a picture, whatever it was called."""
    by_hand(head, b"\x89PNG\r\n\x1a\nx")
    answer = head.get(f"/attendance/recaps/{row(app).id}/signed")
    assert answer.headers["content-type"] == "image/png"
    assert 'ditandatangani.png"' in answer.headers["content-disposition"]


def test_accepting_it_waits_for_the_head(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """The request names file, position, box and owner; while it waits no pen is taken."""
    assert SEND in head.get(PATH).text
    assert BY_HAND not in head.get(PATH).text
    assert send(head).headers["location"] == PATH
    (asked,) = accepting.asked
    kept = row(app)
    assert (asked.sha256, asked.key) == (kept.sha256, f"attendance.recap:{kept.id}:1")
    assert asked.ref == RecordRef("attendance.recap", str(kept.id), asked.title)
    assert asked.title == "Rekapitulasi Kehadiran Dinas, Oktober 2026"
    assert asked.owner_id == world.person(1)
    (step,) = asked.steps
    assert (step.position_id, step.kind) == (world.office.post("DIN", "Kepala Dinas"), "sign")
    assert step.place is not None
    assert step.place.page == 0
    assert step.place.right - step.place.left == pytest.approx(198.4, abs=1)
    text = head.get(PATH).text
    assert "Menunggu tanda tangan" in text
    assert "Dikirim 2 November 2026 kepada Kepala Dinas." in text
    assert SEND not in text
    assert BY_HAND not in text
    assert by_hand(head).status_code == 409
    assert row(app).state == "waiting"


def test_slow_the_signature_comes_later(
    world: World, app: Leuit, head: Client, accepting: Accepting, clock: ManualClock
) -> None:
    """Days after, and told twice: one change, the signed PDF, and whose it is."""
    send(head)
    clock.advance(dt.timedelta(days=3))
    sha256 = tell_signed(app, accepting.asked[0])
    assert row(app).state == "waiting"
    world.work_off()
    tell_signed(app, accepting.asked[0])
    world.work_off()
    tell_ended(app, accepting.asked[0])
    world.work_off()
    kept = row(app)
    assert (kept.state, kept.signed_sha256, kept.signed_on) == (
        "signed",
        sha256,
        dt.date(2026, 11, 5),
    )
    assert actions(app)[1:] == ["attendance.recap.sent", "attendance.recap.signed"]
    head.sign_in(world.office.staff(1))
    text = head.get(PATH).text
    assert "Ditandatangani Kepala Dinas pada 5 November 2026." in text
    assert head.get(f"/attendance/recaps/{kept.id}/signed").content == SIGNED_PDF
    assert world.reads()[-1] == "core.unit"


def test_raising_nothing_is_stored(app: Leuit, head: Client) -> None:
    """The officer reads the service's own sentence; the version is as before and may go again."""
    with_port(app, breaking)
    assert send(head).status_code == 500
    with_port(app, refusing)
    assert send(head).headers["location"] == PATH
    assert "Layanan uji sedang penuh. Coba lagi nanti." in head.get(PATH).text
    kept = row(app)
    assert (kept.state, kept.round, kept.version) == ("made", 0, 1)
    assert actions(app) == ["attendance.recap.made"]
    accepting = Accepting()
    with_port(app, accepting)
    send(head)
    assert [asked.key for asked in accepting.asked] == [f"attendance.recap:{kept.id}:1"]


def test_pressed_twice_it_is_sent_once(app: Leuit, head: Client, accepting: Accepting) -> None:
    """The second press finds another state."""
    send(head)
    send(head)
    assert "sudah berubah" in head.get(PATH).text
    send(head, version=2)
    assert "sudah dikirim" in head.get(PATH).text
    assert len(accepting.asked) == 1


OUTCOMES: tuple[tuple[Any, str], ...] = (
    ("recalled", "Ditarik kembali"),
    ("expired", "Lewat tenggat"),
    ("unfit", "Tidak dapat ditandatangani"),
    ("refused", "Ditolak"),
)


def test_ended_it_may_go_again_or_by_hand(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """The reason is shown; a new round has a new key, and the old one's end counts no more."""
    for number, (outcome, word) in enumerate(OUTCOMES):
        send(head, row(app).version)
        tell_ended(app, accepting.asked[number], outcome, "Nama <keliru>")
        world.work_off()
        text = head.get(PATH).text
        assert word in text
        assert "Alasan: Nama &lt;keliru&gt;" in text
        assert BY_HAND in text
        assert "Kirim lagi untuk ditandatangani" in text
    send(head, row(app).version)
    assert [asked.key[-2:] for asked in accepting.asked] == [":1", ":2", ":3", ":4", ":5"]
    tell_signed(app, accepting.asked[0])
    world.work_off()
    assert row(app).state == "waiting"
    assert (row(app).outcome, row(app).reason) == ("", "")
    tell_ended(app, accepting.asked[4])
    world.work_off()
    assert by_hand(head).headers["location"] == PATH
    assert row(app).state == "by_hand"


def test_what_is_told_of_others_is_not_ours(world: World, app: Leuit, head: Client) -> None:
    """Events of other records, and of versions that are gone, change nothing and park nothing."""
    accepting = Accepting()
    with_port(app, accepting)
    send(head)
    asked = accepting.asked[0]
    for ref in (
        RecordRef("archives.letter", asked.ref.id),
        RecordRef("attendance.recap", str(UUID(int=7))),
    ):
        foreign = type(asked)(asked.key, ref, "x", asked.sha256, asked.owner_id, asked.steps)
        tell_signed(app, foreign)
        tell_ended(app, foreign)
    world.work_off()
    assert row(app).state == "waiting"


def test_a_provider_that_left_opens_the_pen(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """What waits for a service that is no longer installed may be signed by hand."""
    send(head)
    with_port(app, None)
    assert BY_HAND in head.get(PATH).text
    assert by_hand(head).headers["location"] == PATH
    tell_signed(app, accepting.asked[0])
    world.work_off()
    assert row(app).state == "by_hand"


def test_another_head_needs_another_document(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """The printed name must be that of who signs; only the newest version goes on."""
    with app.change(SYSTEM) as work:
        post = world.office.post("DIN", "Kepala Dinas")
        assign(work, world.person(2), post, PLT, dt.date(2026, 11, 2))
    send(head)
    assert "Kepala unit sudah berganti" in head.get(PATH).text
    old = row(app)
    make_document(app, world.office.staff(1), "DIN", OCTOBER)
    head.post_form(f"/attendance/recaps/{old.id}/send", {"version": "1"})
    assert "Sudah ada naskah yang lebih baru" in head.get(PATH).text
    assert not accepting.asked


def test_the_api_makes_and_sends(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """201 for a new version, 200 for the one there is; sending answers with its state."""
    api = "/api/attendance/v1"
    same_site = {"Sec-Fetch-Site": "same-origin"}
    known = head.post(f"{api}/units/DIN/recaps", json={"month": "2026-10"}, headers=same_site)
    assert (known.status_code, known.json()["number"]) == (200, 1)
    fresh = head.post(f"{api}/units/DIN.A/recaps", json={"month": "2026-10"}, headers=same_site)
    assert (fresh.status_code, fresh.json()["people"]) == (201, 2)
    wrong = head.post(f"{api}/units/DIN/recaps", json={"month": "10/2026"}, headers=same_site)
    assert wrong.status_code == 422
    path = f"{api}/recaps/{known.json()['id']}/send"
    sent = head.post(path, json={"version": 1}, headers=same_site)
    assert (sent.status_code, sent.json()["state"]) == (200, "waiting")
    assert head.post(path, json={"version": 1}, headers=same_site).status_code == 409
    (listed,) = head.get(f"{api}/units/DIN/recaps?month=2026-10").json()["items"]
    assert listed == sent.json()


def test_who_may_not_is_refused(world: World, app: Leuit, client: Client) -> None:
    """Heads of other units and staff neither see, make, send, download nor record."""
    make_document(app, world.office.staff(2), "DIN.A", OCTOBER)
    document = f"/attendance/recaps/{row(app).id}"
    path = "/attendance/units/DIN.A/recaps?month=2026-10"
    for number in (3, 4, 6):
        client.sign_in(world.office.staff(number))
        for address in (path, f"{document}/draft", f"{document}/signed", f"{document}/by-hand"):
            assert client.get(address).status_code == 403, (number, address)
        for address in (path, f"{document}/send"):
            assert client.post_form(address, {"version": "1"}).status_code == 403
        assert by_hand(client).status_code == 403
    client.sign_in(world.office.staff(1))
    for code in ("%00", "TIDAKADA", "DIN'--"):
        assert client.get(f"/attendance/units/{code}/recaps").status_code == 404, code
    assert client.get("/attendance/recaps/bukan-id/draft").status_code == 404
    assert client.get(f"{document}/draft").content.startswith(b"%PDF-")
    assert client.get(f"{document}/signed").status_code == 404


def test_an_account_without_a_person_cannot_send(
    world: World, app: Leuit, head: Client, accepting: Accepting
) -> None:
    """Somebody must be able to follow and recall a document."""
    head.sign_in(world.office.identity("admin"))
    send(head)
    assert "Hanya akun pegawai" in head.get(PATH).text
    assert not accepting.asked
