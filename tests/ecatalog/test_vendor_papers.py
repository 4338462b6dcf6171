"""Papers of vendors: hostile files refused by their content, and which paper counts."""

import datetime as dt
import io
import struct
import zlib
from uuid import UUID

import pytest
from PIL import Image

from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    NotFoundError,
    TooLargeError,
)
from leuit.work import Leuit
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.paper_files import LARGEST, receive_file
from leuit_ecatalog.service.submitting import parts_of
from leuit_ecatalog.service.vendor_papers import (
    Paper,
    add_paper,
    own_paper,
    papers_by_kind,
    read_paper,
    receive_paper,
    remove_paper,
)
from tests.ecatalog.shop_office import ShopOffice, jpeg, picture, png, shop_office

pytestmark = pytest.mark.ci

TODAY = dt.date(2026, 10, 5)


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def bomb() -> bytes:
    """A PNG that says it has 100,000 by 100,000 points."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    crc = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + crc + png()[33:]


def gif() -> bytes:
    """A picture of a kind that is not taken."""
    packed = io.BytesIO()
    Image.new("RGB", (40, 30)).save(packed, "GIF")
    return packed.getvalue()


HOSTILE = {
    "empty": (b"", "required"),
    "text": (b"bukan dokumen", "media_type"),
    "a page of the web": (b"<html><script>alert(1)</script></html>", "media_type"),
    "a program": (b"MZ" + bytes(200), "media_type"),
    "a zip": (b"PK\x03\x04" + bytes(100), "media_type"),
    "gif": (gif(), "media_type"),
    "half a photograph": (jpeg(400, 300)[:200], "unreadable"),
    "half a picture": (png()[:40], "unreadable"),
    "a picture with a broken part": (png().replace(b"IDAT", b"IDAX"), "unreadable"),
    "only the beginning of a photograph": (b"\xff\xd8\xff", "unreadable"),
    "a bomb": (bomb(), "unreadable"),
    "only the beginning of a PDF": (b"%PDF-1.7\n", "unreadable"),
    "a PDF of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50, "unreadable"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(app: Leuit, name: str) -> None:
    """What is no PDF, JPEG or PNG by its content is refused at the field, whatever its name."""
    data, code = HOSTILE[name]
    with pytest.raises(InvalidInputError) as caught:
        receive_file(app, "dokumen.pdf", data)
    assert [fault.path for fault in caught.value.fields] == ["file"]
    assert caught.value.fields[0].code in (code, "too_many_points")


def test_a_file_above_the_limit_is_refused(app: Leuit) -> None:
    """One byte more than the limit is too large."""
    with pytest.raises(TooLargeError):
        receive_file(app, "a.png", png() + bytes(LARGEST))


def test_honest_files_are_kept(app: Leuit) -> None:
    """PDF, JPEG and PNG are told by their content; of a name only a plain label is kept."""
    packed = io.BytesIO()
    Image.new("RGB", (40, 30)).save(packed, "PDF")
    kinds = {"image/png": png(), "image/jpeg": jpeg(), "application/pdf": packed.getvalue()}
    for media_type, data in kinds.items():
        file = receive_file(app, "C:\\foto\\../../nib\x00.exe", data)
        assert (file.media_type, file.name) == (media_type, "nib.exe")
        assert app.blobs.get(file.sha256) == data


def test_the_newest_of_a_kind_counts(office: ShopOffice) -> None:
    """A second file takes the place of one that nobody verified; of a verified one both stay."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    second = receive_paper(office.app, who, "baru.jpg", jpeg())
    with office.app.change(who) as work:
        add_paper(work, office.version(who), Paper("nib"), second)
    with office.app.read(who) as view:
        assert papers_by_kind(view, own_vendor(view))["nib"].file_name == "baru.jpg"
    office.send(who)
    office.judge(who)
    third = picture(office.app)
    with office.app.change(who) as work:
        added = add_paper(work, office.version(who), Paper("nib", "9"), third).id
    with office.app.read(who) as view:
        counts = papers_by_kind(view, own_vendor(view))["nib"]
        assert (counts.id, counts.verified_at) == (added, None)
    with office.app.change(who) as work:
        remove_paper(work, office.version(who), added)
    with office.app.read(who) as view:
        assert papers_by_kind(view, own_vendor(view))["nib"].file_name == "baru.jpg"


def test_a_renewed_paper_is_verified_alone(office: ShopOffice) -> None:
    """An active vendor sends a renewed paper; the round is about it and nothing else."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        add_paper(work, office.version(who), Paper("nib", "baru"), picture(office.app))
    office.send(who)
    office.judge(who)
    with office.app.read(who) as view:
        assert papers_by_kind(view, own_vendor(view))["nib"].verified_at is not None


def test_a_verified_paper_stays(office: ShopOffice) -> None:
    """What was verified is not taken back."""
    who = office.active("aren@contoh.id")
    with office.app.read(who) as view:
        paper_id = papers_by_kind(view, own_vendor(view))["nib"].id
    with pytest.raises(ConflictError), office.app.change(who) as work:
        remove_paper(work, office.version(who), paper_id)


def test_papers_of_others_are_not_there(office: ShopOffice) -> None:
    """Another vendor's paper is not found; an officer finds it at its own vendor only."""
    mine, other = office.active("satu@contoh.id"), office.open("dua@contoh.id")
    with office.app.read(mine) as view:
        paper_id = papers_by_kind(view, own_vendor(view))["nib"].id
        assert own_paper(view, paper_id).kind == "nib"
    with pytest.raises(NotFoundError), office.app.read(other) as view:
        own_paper(view, paper_id)
    with office.app.read(office.reader) as view:
        assert read_paper(view, office.vendor(mine).id, paper_id).id == paper_id
        with pytest.raises(NotFoundError):
            read_paper(view, office.vendor(other).id, paper_id)
        with pytest.raises(NotFoundError):
            read_paper(view, office.vendor(mine).id, UUID(int=3))


def test_dates_of_a_paper_are_checked(office: ShopOffice) -> None:
    """Issued tomorrow, expired, or expiring before it was issued: each at its field."""
    who = office.open("aren@contoh.id")
    file = picture(office.app)
    day = dt.timedelta(days=1)
    for paper, paths in (
        (Paper("?", "x" * 81, TODAY + day, TODAY), ["kind", "number", "issued", "expires"]),
        (Paper("nib", "", TODAY + 2 * day, TODAY + day), ["issued", "expires"]),
    ):
        with pytest.raises(InvalidInputError) as caught, office.app.change(who) as work:
            add_paper(work, office.version(who), paper, file)
        assert [fault.path for fault in caught.value.fields] == paths


def test_a_paper_that_has_expired_is_missing_again(office: ShopOffice, clock: ManualClock) -> None:
    """A paper that was good when it was brought does not let a registration go once it expired."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    soon = Paper("nib", "1", TODAY, TODAY + dt.timedelta(days=1))
    with office.app.change(who) as work:
        add_paper(work, office.version(who), soon, picture(office.app))
    clock.advance(dt.timedelta(days=2))
    with office.app.read(who) as view:
        missing = [part for part in parts_of(view, own_vendor(view)) if not part.is_done]
    assert [part.code for part in missing] == ["papers"]
