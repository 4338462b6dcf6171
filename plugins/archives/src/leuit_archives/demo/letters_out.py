"""Letters out of the demonstration: a draft, one for the service of signatures, one to be signed on
paper, and one that was sent. They go the way that people go, by the same functions.
"""

import datetime as dt

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import CAST, cast_identity, grant_role, position_named, unit_by_code
from leuit.identity import SYSTEM, Grant, Identity
from leuit.plugins import CommandContext
from leuit.values import new_id
from leuit.work import Leuit, View, Worker, store_file
from leuit_archives.models import Letter
from leuit_archives.models.letters import OUT
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.service.drafting import create, pages_in, save
from leuit_archives.service.letter_sheets import letter_pdf
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import send_for_signature, sign_by_hand

OFFICE, WRITER = "DINKES", "officer"
SINCE = dt.date(2020, 1, 1)
ROLE = "archives.drafter"


@attrs.frozen
class _Sample:
    """A letter and how far it goes: draft, electronic, paper, or sent."""

    kind: str
    goes: str
    content: LetterContent


_SAMPLES = (
    _Sample(
        "Surat Undangan",
        "draft",
        LetterContent(
            subject="Undangan rapat persiapan posyandu",
            body="Dalam rangka persiapan pelayanan posyandu, kami mengundang Saudara pada:\n\n"
            "hari, tanggal : Kamis, 3 Desember 2026\nwaktu : pukul 09.00 WIB sampai selesai\n"
            "tempat : Ruang Rapat Dinas Kesehatan\nacara : Pembagian tugas dan jadwal",
            closing="Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
            place="di tempat",
            class_code="000.1",
            urgency="segera",
        ),
    ),
    _Sample(
        "Surat Dinas",
        "electronic",
        LetterContent(
            subject="Laporan stok vaksin triwulan IV",
            body="Bersama ini kami sampaikan laporan stok vaksin triwulan IV.\n\n"
            "1. Stok seluruh jenis vaksin mencukupi sampai akhir tahun.\n"
            "2. Distribusi ke puskesmas berjalan sesuai jadwal.",
            closing="Demikian dilaporkan.",
            place="di tempat",
            class_code="400.7",
            urgency="biasa",
        ),
    ),
    _Sample(
        "Surat Undangan",
        "paper",
        LetterContent(
            subject="Undangan gerak jalan sehat",
            body="Kami mengundang Saudara mengikuti gerak jalan sehat pada:\n\n"
            "hari, tanggal : Jumat, 4 Desember 2026\nwaktu : pukul 07.00 WIB\n"
            "tempat : Alun-alun kabupaten",
            closing="Demikian disampaikan.",
            place="di tempat",
            class_code="400.7",
            urgency="biasa",
            mode="wet",
        ),
    ),
    _Sample(
        "Nota Dinas",
        "sent",
        LetterContent(
            subject="Usulan jadwal imunisasi bulan depan",
            body="Bersama ini kami usulkan jadwal imunisasi bulan depan untuk disetujui.",
            closing="Demikian dilaporkan.",
            place="di tempat",
            class_code="400.7",
            urgency="biasa",
            mode="wet",
        ),
    ),
)


def fill_letters_out(context: CommandContext) -> None:
    """Write the samples once, as the officer of the health office does."""
    app = context.app
    with app.read(SYSTEM) as view:
        if view.session.scalar(select(Letter.id).where(Letter.direction == OUT).limit(1)):
            return
    writer = cast_identity(app, WRITER)
    _let_write(context, writer)
    for sample in _SAMPLES:
        _write(app, writer, sample)


def _write(app: Leuit, writer: Identity, sample: _Sample) -> None:
    with app.read(writer) as view:
        unit = unit_by_code(view, OFFICE)
        assert unit is not None
        unit_id = unit.id
        content = attrs.evolve(
            sample.content,
            secrecy="B",
            signer=str(position_named(view, OFFICE, view.today)),
            to=(_regent(view),),
        )
    with app.change(writer) as work:
        letter_id = create(work, new_id(), unit_id, sample.kind, content).id
    if sample.goes == "draft":
        changed = attrs.evolve(content, body=content.body.replace("09.00", "10.00"))
        with app.change(writer) as work:
            save(work, letter_id, 1, changed, "Waktu rapat disesuaikan.")
        return
    with app.change(writer) as work:
        send_for_signature(work, letter_id, 1)
    Worker(app, name="demo").run_pending()
    if sample.goes != "sent":
        return
    pdf, name = letter_pdf(app, writer, letter_id)
    file, pages = store_file(app, pdf, "application/pdf", name), pages_in(pdf)
    with app.change(writer) as work:
        version = work.session.get_one(Letter, letter_id).version
        version = sign_by_hand(work, letter_id, version, file, pages).version
    with app.change(writer) as work:
        send_letter(work, letter_id, version)


def _let_write(context: CommandContext, writer: Identity) -> None:
    with context.app.change(context.identity) as work:
        unit = unit_by_code(work, OFFICE)
        assert unit is not None
        held = select(Grant.id).where(Grant.role == ROLE, Grant.account_id == writer.account_id)
        if work.session.scalar(held.limit(1)) is None:
            grant_role(work, ROLE, unit.id, account_id=writer.account_id, valid_from=SINCE)


def _regent(view: View) -> Party:
    title = CAST["regent"].position
    return Party(title, str(position_named(view, title, view.today)))
