"""Recap documents: made from a month that is over, signed by the head of the unit, or by hand.

A recap that says something else by now makes a new version; one that says the same gives back the
version there is. Only the newest version goes on. When some service signs documents, it is sent
there; the way by paper, pen and scanner is open when there is none, or when signing ended without
a signature.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, insert, select

from leuit.builtin.checks import TextChecker
from leuit.builtin.documents import Rendered, footer_lines, render_document
from leuit.builtin.regulations import store_document
from leuit.contracts import SigningPlace, SigningRequest, SigningStep
from leuit.identity import Account, Identity, Person, Unit
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
    format_date,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_attendance.documents import RECAP
from leuit_attendance.models import BY_HAND, ENDED, MADE, WAITING, RecapDeduction, RecapDocument
from leuit_attendance.models.documents import SIGNER

from .recap_claims import ASKED, ask_for_payment, may_ask
from .recap_content import RecapContent, head_of, recap_content
from .recap_filing import ask_to_file_recap
from .recap_names import REF_KIND, ref_of
from .unit_scope import readable_unit

READ_RECAP = "attendance.recap.export"
MAKE = "attendance.recap.make"
PORT = "sign_document"


@attrs.frozen
class Made:
    """A version of a recap document; `fresh` is False when it said the same already."""

    id: UUID
    number: int
    fresh: bool


def make_document(app: Leuit, identity: Identity, code: str, month: dt.date) -> Made:
    """Make the document of a unit's month, in a unit of work of its own; draws outside of it."""
    with app.read(identity) as view:
        unit = readable_unit(view, code, MAKE)
        content = recap_content(view, unit, month)
        known = _newest(view, unit.id, content.month)
        now, today = view.now, view.today
        footer = footer_lines(view, today) if app.has_port(PORT) else ()
    if known is not None and _says_the_same(known, content):
        return Made(known.id, known.number, fresh=False)
    values = content.values | {"signer": content.values["signer"] | {"place": format_date(today)}}
    plain = _drawn(content, values | {"footer": []}, now)
    pdfs = [plain.pdf]
    if footer:
        pdfs.append(_drawn(content, values | {"footer": list(footer)}, now).pdf)
    name = f"rekap-{unit.code}-{content.month:%Y-%m}.pdf"
    files = [store_file(app, pdf, "application/pdf", name) for pdf in pdfs]
    with app.change(identity) as work:
        return _keep(work, content, files, plain.places["signer"])


def send_document(work: Work, document_id: UUID, version: int) -> RecapDocument:
    """Ask the service that signs for the signature of the unit's head."""
    row = _to_go_on(work, document_id, version)
    unit = work.session.get_one(Unit, row.unit_id)
    if not work.app.has_port(PORT):
        raise ConflictError(
            _("Tidak ada layanan tanda tangan elektronik di pemasangan ini."),
            advice=_("Cetak naskahnya, lalu unggah pindaian yang sudah ditandatangani."),
        )
    if row.state not in (MADE, ENDED):
        raise ConflictError(_("Naskah itu sudah dikirim atau sudah ditandatangani."))
    if work.identity.person_id is None:
        raise ConflictError(_("Hanya akun pegawai yang dapat mengirim untuk ditandatangani."))
    head = head_of(work, unit)
    if row.position_id is None or not row.signer:
        raise ConflictError(
            _("Unit itu belum mempunyai kepala."),
            advice=_("Isi jabatan kepalanya, lalu buat naskah lagi."),
        )
    if (head.position_id, head.name) != (row.position_id, row.signer):
        raise ConflictError(
            _("Kepala unit sudah berganti sejak naskah dibuat."), advice=_("Buat naskah lagi.")
        )
    row.round += 1
    ref = ref_of(row, unit)
    step = SigningStep(row.position_id, "sign", 1, SigningPlace(**row.place))
    asked = SigningRequest(
        key=key_of(row),
        ref=ref,
        title=ref.label,
        sha256=row.electronic_sha256 or row.sha256,
        owner_id=work.identity.person_id,
        steps=(step,),
    )
    record: RecordRef = work.app.port(PORT)(work, asked)
    row.state, row.record_kind, row.record_id = WAITING, record.kind, record.id
    row.sent_by, row.sent_at = work.identity.account_id, work.now
    row.outcome = row.reason = ""
    row.ended_at = None
    _changed(work, row)
    work.audit("attendance.recap.sent", ref, round=row.round, position=row.position_id)
    return row


def store_scan(app: Leuit, name: str, data: bytes) -> StoredFile:
    """Put a scan into the store, outside of a unit of work: PDF, PNG or JPEG of at most 8 MB."""
    return store_document(app, name, data)


def record_by_hand(
    work: Work, document_id: UUID, version: int, file: StoredFile, signer: str, signed_on: dt.date
) -> RecapDocument:
    """Keep the scan of a document that was printed and signed by hand."""
    row = _to_go_on(work, document_id, version)
    if not by_hand_is_open(work.app, row):
        raise ConflictError(
            _("Naskah itu ditandatangani secara elektronik, bukan dengan tangan."),
            advice=_("Kirim untuk ditandatangani, atau tunggu sampai selesai."),
        )
    check = TextChecker()
    text = check.read("signer", signer, most=SIGNER)
    made_on = row.made_at.astimezone(work.app.zone).date()
    if not made_on <= signed_on <= work.today:
        check.fault(
            "signed_on", _("Pilih hari sejak naskah dibuat sampai hari ini."), "out_of_range"
        )
    if check.faults:
        raise InvalidInputError(_("Tanda tangan belum dicatat."), fields=check.faults)
    row.state, row.signed_sha256 = BY_HAND, register_file(work, file)
    row.signer, row.signed_on, row.ended_at = text, signed_on, work.now
    row.recorded_by = work.identity.account_id
    ask_for_payment(work, row)
    ask_to_file_recap(work, row)
    _changed(work, row)
    ref = ref_of(row, work.session.get_one(Unit, row.unit_id))
    work.audit("attendance.recap.signed_by_hand", ref, scan=file.sha256, on=signed_on)
    return row


def by_hand_is_open(app: Leuit, row: RecapDocument) -> bool:
    """Whether this version may be signed with a pen."""
    return row.state == ENDED or (row.state in (MADE, WAITING) and not app.has_port(PORT))


def ask_payment_of(work: Work, document_id: UUID) -> None:
    """Ask for the payment of a recap that was signed while nobody paid claims.

    ConflictError when it is not such a one; asked twice it is asked once.
    """
    row, unit = find_document(work, document_id, MAKE)
    work.session.refresh(row, with_for_update=True)
    if row.claim_state == ASKED:
        return
    if not may_ask(work, row):
        raise ConflictError(_("TPP dari naskah itu tidak dapat diserahkan sekarang."))
    ask_for_payment(work, row)
    work.audit("attendance.recap.claim_asked", ref_of(row, unit))


def documents_of(view: View, unit: Unit, month: dt.date) -> Sequence[RecapDocument]:
    """The versions of a unit's month, the newest first; the right to the unit is the caller's."""
    return view.session.scalars(
        select(RecapDocument)
        .where(RecapDocument.unit_id == unit.id, RecapDocument.month == month)
        .order_by(RecapDocument.number.desc())
    ).all()


def find_document(
    view: View, document_id: UUID, permission: str = READ_RECAP
) -> tuple[RecapDocument, Unit]:
    """A version and its unit; NotFoundError, or a refusal without the right on the unit."""
    row = view.session.get(RecapDocument, document_id)
    if row is None:
        raise NotFoundError(_("Naskah rekap itu tidak ada."), advice=_("Mulai dari rekap unit."))
    view.require(permission, row.unit_id)
    return row, view.session.get_one(Unit, row.unit_id)


def file_of(view: View, document_id: UUID, *, signed: bool) -> Blob:
    """The file of a version as it was made, or as it was signed; reading it is noted."""
    row, unit = find_document(view, document_id)
    sha256 = row.signed_sha256 if signed else row.sha256
    if sha256 is None:
        raise NotFoundError(_("Naskah itu belum ditandatangani."))
    view.note_access(
        RecordRef("core.unit", str(unit.id), unit.name),
        what="recap_document",
        month=f"{row.month:%Y-%m}",
        people=row.people,
    )
    return view.session.get_one(Blob, sha256)


def makers(view: View, rows: Sequence[RecapDocument]) -> Mapping[UUID, str]:
    """What the accounts that made versions are called."""
    wanted = {row.made_by for row in rows if row.made_by}
    found = view.session.execute(
        select(Account.id, func.coalesce(Person.name, Account.login))
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id.in_(wanted))
    )
    return {row[0]: row[1] for row in found}


def key_of(row: RecapDocument) -> str:
    """The key of the present round of signatures."""
    return f"{REF_KIND}:{row.id}:{row.round}"


def _newest(view: View, unit_id: UUID, month: dt.date) -> RecapDocument | None:
    return view.session.scalars(
        select(RecapDocument)
        .where(RecapDocument.unit_id == unit_id, RecapDocument.month == month)
        .order_by(RecapDocument.number.desc())
        .limit(1)
    ).one_or_none()


def _says_the_same(known: RecapDocument, content: RecapContent) -> bool:
    return known.content_sha256 == content.sha256


def _drawn(content: RecapContent, values: Mapping[str, Any], now: dt.datetime) -> Rendered:
    return render_document(RECAP, values, title=content.title, now=now, author=content.government)


def _keep(
    work: Work, content: RecapContent, files: Sequence[StoredFile], place: SigningPlace
) -> Made:
    """Keep the file for the pen and, where there are two, the one that is signed electronically."""
    work.require(MAKE, content.unit.id)
    # Two officers at the same button: the second waits here, and finds the version of the first.
    work.session.scalars(
        select(Unit).where(Unit.id == content.unit.id).with_for_update(key_share=True)
    ).one()
    known = _newest(work, content.unit.id, content.month)
    if known is not None and _says_the_same(known, content):
        return Made(known.id, known.number, fresh=False)
    row = RecapDocument(
        unit_id=content.unit.id,
        month=content.month,
        number=known.number + 1 if known else 1,
        content_sha256=content.sha256,
        sha256=register_file(work, files[0]),
        electronic_sha256=register_file(work, files[1]) if len(files) > 1 else None,
        people=content.people,
        made_by=work.identity.account_id,
        made_at=work.now,
        position_id=content.head.position_id,
        signer=content.head.name,
        place=attrs.asdict(place),
    )
    work.session.add(row)
    work.session.flush()
    work.connection.execute(
        insert(RecapDeduction),
        [
            {"document_id": row.id, "person_id": person_id, "deduction": deduction}
            for person_id, deduction in content.deductions.items()
        ],
    )
    work.audit(
        "attendance.recap.made",
        ref_of(row, content.unit),
        number=row.number,
        people=row.people,
        sha256=row.sha256,
    )
    return Made(row.id, row.number, fresh=True)


def _to_go_on(work: Work, document_id: UUID, version: int) -> RecapDocument:
    """The version, locked; refused unless it is the newest and is still as the caller saw it."""
    row = work.session.scalars(
        select(RecapDocument).where(RecapDocument.id == document_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFoundError(_("Naskah rekap itu tidak ada."), advice=_("Mulai dari rekap unit."))
    work.require(MAKE, row.unit_id)
    if row.version != version:
        raise StaleEditError(
            _("Keadaan naskah itu sudah berubah."), advice=_("Muat ulang halaman.")
        )
    newest = _newest(work, row.unit_id, row.month)
    if newest is not None and newest.id != row.id:
        raise ConflictError(
            _("Sudah ada naskah yang lebih baru."), advice=_("Pakai naskah yang terbaru.")
        )
    return row


def _changed(work: Work, row: RecapDocument) -> None:
    row.version += 1
    work.session.flush()
