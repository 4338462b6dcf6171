"""The recap as a document: what is printed, when it may be made, and which version it is."""

import datetime as dt
import re
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from leuit.builtin.organisation import assign, end_assignment
from leuit.identity import DEFINITIF, PLT, SYSTEM, Assignment
from leuit.values import ConflictError, ManualClock, PermissionDeniedError, RecordRef
from leuit.work import AuditEntry, Leuit, StoredFile, store_file
from leuit_attendance.models import AttendanceDay, RecapDocument
from leuit_attendance.service import recap_documents
from leuit_attendance.service.recap_documents import Made, find_document, make_document
from tests.attendance.pages.world import World
from tests.support.client import Client

OCTOBER = dt.date(2026, 10, 1)
PATH = "/attendance/units/DIN/recaps?month=2026-10"


def newest(app: Leuit) -> RecapDocument:
    """The version with the greatest number."""
    with app.read(SYSTEM) as view:
        return view.session.scalars(
            select(RecapDocument).order_by(RecapDocument.number.desc()).limit(1)
        ).one()


def pages_of(app: Leuit, row: RecapDocument) -> list[str]:
    """The text of each page of a version, line ends as spaces."""
    with pypdfium2.PdfDocument(app.blobs.get(row.sha256)) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def test_the_document_says_what_the_page_says(world: World, client: Client) -> None:
    """Kop, title, month, everybody with NIP and counts as on the page, editions, who signs."""
    client.sign_in(world.office.staff(1))
    assert client.post_form(PATH, {}).headers["location"] == PATH
    (text,) = pages_of(world.app, newest(world.app))
    for words in (
        "KABUPATEN LEBAK DINAS CONTOH",
        "REKAPITULASI KEHADIRAN DINAS CONTOH Bulan Oktober 2026, 22 hari kerja",
        "No. Nama dan NIP Jabatan Hadir TL PSW Cuti DL TK Potongan",
        ", Perbup uji 1/2026.",
        f"2 November 2026 Kepala Dinas, Kepala Dinas NIP {world.office.nip(1)}",
        "Halaman 1 dari 1",
    ):
        assert words in text, words
    shown = client.get("/attendance/units/DIN/month?month=2026-10").text
    for number, name, counts in (
        (1, "Kepala A", "22 – 1 – – –"),
        (2, "Kepala B", "21 – – – – 1"),
        (4, "Staf A", "22 3 1 – – –"),
        (5, "Staf B", "21 – – – 1 –"),
    ):
        row = re.search(rf"{number} {name} (\d{{18}}) .*?((?: [\d–]+){{6}})", text)
        assert row is not None, name
        assert row[2].strip() == counts
    deductions = re.findall(r'data-label="Potongan"><b>([^<]+)</b>', shown)
    assert deductions
    for deduction in deductions:
        assert deduction in text


def test_the_place_for_the_signature_lies_above_the_name(world: World, app: Leuit) -> None:
    """The box is empty, on the last page, right over the printed name, within a landscape page."""
    make_document(app, world.office.staff(1), "DIN", OCTOBER)
    row = newest(app)
    place = row.place
    with pypdfium2.PdfDocument(app.blobs.get(row.sha256)) as opened:
        assert place["page"] == len(opened) - 1
        page = opened[place["page"]]
        assert page.get_size() == pytest.approx((841.89, 595.28), abs=0.01)
        text = page.get_textpage()
        box = (place["left"], place["bottom"], place["right"], place["top"])
        assert text.get_text_bounded(*box).strip() == ""
        below = text.get_text_bounded(box[0], box[1] - 30, box[2], box[1])
    assert "Kepala Dinas" in below


def test_a_long_list_repeats_its_head_on_every_page(world: World, app: Leuit) -> None:
    """Seventy people take several pages, each with the heads of the columns and its number."""
    staff = "nip,name,unit_code,position,is_head,kind,pin,effective,account\n" + "".join(
        f"1981010120050110{n:02},Orang {n:03},DIN.B,Pelaksana,,,{n},2024-01-01,\n"
        for n in range(11, 76)
    )
    world.office.bring_in("staff", staff)
    world.work_off()
    make_document(app, world.office.staff(1), "DIN", OCTOBER)
    pages = pages_of(app, newest(app))
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text
        listed = re.search(r"\d (Orang|Staf|Kepala [AB]) ", text)
        assert ("No. Nama dan NIP" in text) == bool(listed)
    assert "TL terlambat" in pages[-1]
    assert all(f"Orang {n:03}" in " ".join(pages) for n in range(11, 76))


def test_the_same_recap_is_the_same_version(world: World, app: Leuit, clock: ManualClock) -> None:
    """Nothing is made anew for the same figures, also on another day; changed figures are."""
    head = world.office.staff(1)
    first = make_document(app, head, "DIN", OCTOBER)
    clock.advance(dt.timedelta(days=1))
    again = make_document(app, head, "DIN", OCTOBER)
    assert (first.number, first.fresh) == (1, True)
    assert (again.id, again.fresh) == (first.id, False)
    world.tap((3, "2026-10-12 07:20:00"), (3, "2026-10-12 16:40:00"))
    world.work_off()
    changed = make_document(app, head, "DIN", OCTOBER)
    assert (changed.number, changed.fresh) == (2, True)
    with app.read(SYSTEM) as view:
        made = view.session.scalars(
            select(AuditEntry.ref_id).where(AuditEntry.action == "attendance.recap.made")
        ).all()
    assert made == [str(first.id), str(changed.id)]


def test_two_officers_at_the_same_button_make_one_version(
    world: World, app: Leuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is slower is given the version of the quicker one."""
    found: list[Made] = []

    def store_slowly(*arguments: Any) -> StoredFile:
        monkeypatch.undo()
        found.append(make_document(app, world.office.staff(1), "DIN", OCTOBER))
        return store_file(*arguments)

    monkeypatch.setattr(recap_documents, "store_file", store_slowly)
    slower = make_document(app, world.office.staff(1), "DIN", OCTOBER)
    assert (slower.id, slower.fresh) == (found[0].id, False)
    assert newest(app).number == 1


def test_who_stands_in_is_printed_so(world: World, app: Leuit) -> None:
    """A Plt. signs as such; another head makes another version."""
    head = world.office.staff(1)
    assert make_document(app, head, "DIN", OCTOBER).number == 1
    today = dt.date(2026, 11, 2)
    with app.change(SYSTEM) as work:
        post = world.office.post("DIN", "Kepala Dinas")
        assign(work, world.person(2), post, PLT, today)
    assert make_document(app, head, "DIN", OCTOBER).number == 2
    (text,) = pages_of(app, newest(app))
    assert f"Plt. Kepala Dinas, Kepala A NIP {world.office.nip(2)}" in text


def test_a_unit_without_a_head_gets_an_empty_name(world: World, app: Leuit) -> None:
    """The post is printed, the name is left for the pen."""
    with app.change(SYSTEM) as work:
        post = world.office.post("DIN.A", "Kepala Bidang A")
        held = work.session.scalars(
            select(Assignment).where(Assignment.position_id == post, Assignment.kind == DEFINITIF)
        ).one()
        end_assignment(work, held.id, dt.date(2026, 11, 1))
    make_document(app, world.office.staff(1), "DIN.A", OCTOBER)
    row = newest(app)
    assert (row.signer, row.position_id) == ("", post)
    assert "Kepala Bidang A," in pages_of(app, row)[0]


def test_months_that_are_not_over_or_empty_make_nothing(world: World, app: Leuit) -> None:
    """The officer is told why."""
    for month, sentence in (
        (dt.date(2026, 11, 1), "belum lewat"),
        (dt.date(2026, 12, 1), "belum lewat"),
        (dt.date(2020, 1, 1), "Belum ada hari yang dihitung"),
    ):
        with pytest.raises(ConflictError, match=sentence):
            make_document(app, world.office.staff(1), "DIN", month)


def test_open_days_make_nothing(world: World, app: Leuit, client: Client) -> None:
    """While a day of the month is not closed, its recap would change at once."""
    with app.change(SYSTEM) as work:
        day = work.session.get_one(AttendanceDay, (world.person(2), dt.date(2026, 10, 30)))
        day.status = "belum"
        work.audit("attendance.days.judged", RecordRef("core.person", "x"))
    client.sign_in(world.office.staff(1))
    answer = client.post_form(PATH, {})
    assert answer.status_code == 409
    assert "belum selesai dihitung" in answer.text


def test_only_who_may_make_it_makes_it(world: World, app: Leuit) -> None:
    """The head of another unit and staff are refused; reading everybody's month is noted."""
    for number in (3, 4, 6):
        with pytest.raises(PermissionDeniedError):
            make_document(app, world.office.staff(number), "DIN.A", OCTOBER)
    made = make_document(app, world.office.staff(2), "DIN.A", OCTOBER)
    assert world.reads() == ["core.unit"]
    with app.read(world.office.staff(3)) as view, pytest.raises(PermissionDeniedError):
        find_document(view, made.id)
