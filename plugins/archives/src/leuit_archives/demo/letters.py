"""Letters of the demonstration: registered at the health office, one of them acted on already.

Senders, numbers and people are invented. Everything goes the way that people go, by the same
functions, so that what the demonstration shows is what an office gets.
"""

import datetime as dt
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
from sqlalchemy import select

from leuit.builtin.documents import render_pdf
from leuit.builtin.organisation import cast_identity, unit_by_code
from leuit.identity import SYSTEM, Identity
from leuit.plugins import CommandContext, DemoAccount
from leuit.values import format_date, new_id
from leuit.work import Leuit, Work, store_file
from leuit_archives.models import Addressee, Letter
from leuit_archives.models.letters import TO
from leuit_archives.reading import read_letter
from leuit_archives.service.disposition_rules import disposition_rules
from leuit_archives.service.dispositions import Instructed, instruct
from leuit_archives.service.letter_reading import note_read
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from leuit_archives.service.receivers import receivers

from .people import CLERK, hired
from .rules import rules_in_force

OFFICE = "DINKES"
_TEMPLATE = Path(str(resources.files("leuit_archives") / "documents" / "demo_letter.typ"))


@attrs.frozen
class Sample:
    """One letter; `days` ago it was written, and the next day it came."""

    government: str
    office: str
    place: str
    number: str
    sifat: str
    secrecy: str
    urgency: str
    kind: str
    attached: str
    subject: str
    body: tuple[str, ...]
    post: str
    signer: str
    days: int
    goes: str


_SAMPLES = (
    Sample(
        "PEMERINTAH KABUPATEN SUKAMUKTI",
        "DINAS KESEHATAN",
        "Sukamukti",
        "400.7.8/217/Dinkes/2026",
        "Segera",
        "B",
        "segera",
        "Surat Undangan",
        "1 (satu) berkas",
        "Undangan rapat koordinasi pencegahan demam berdarah",
        (
            (
                "Dalam rangka menyatukan langkah pencegahan demam berdarah di wilayah perbatasan, "
                "kami mengundang Saudara hadir dalam rapat koordinasi yang membahas pemetaan "
                "kasus, jadwal pengasapan, dan pembagian larvasida."
            ),
            (
                "Mohon membawa data kasus tiga bulan terakhir per desa. Atas perhatian Saudara "
                "kami ucapkan terima kasih."
            ),
        ),
        "Kepala Dinas Kesehatan",
        "Wulan Batuwangi",
        4,
        "instructed",
    ),
    Sample(
        "YAYASAN PADI NUSANTARA",
        "RUMAH SAKIT PADI MULYA",
        "Rangkasbitung",
        "118/RSPM/XI/2026",
        "Biasa",
        "B",
        "biasa",
        "Surat Dinas",
        "-",
        "Permohonan data fasilitas kesehatan tingkat pertama",
        (
            (
                "Untuk menyusun rencana rujukan tahun depan, kami memohon data fasilitas kesehatan "
                "tingkat pertama di Kabupaten Lebak beserta jumlah tempat tidurnya."
            ),
            "Demikian permohonan ini kami sampaikan.",
        ),
        "Direktur",
        "Panji Randusari",
        2,
        "sent",
    ),
    Sample(
        "PEMERINTAH KABUPATEN SUKAMUKTI",
        "INSPEKTORAT",
        "Sukamukti",
        "R-12/Insp/700.1/2026",
        "Rahasia",
        "R",
        "sangat_segera",
        "Surat Dinas",
        "1 (satu) amplop",
        "Permintaan keterangan",
        (
            (
                "Sehubungan dengan pemeriksaan bersama atas pengadaan alat kesehatan, kami meminta "
                "keterangan tertulis dari pejabat yang menangani penerimaan barang."
            ),
        ),
        "Inspektur",
        "Galih Situkancana",
        1,
        "sent",
    ),
    Sample(
        "PEMERINTAH KABUPATEN SUKAMUKTI",
        "DINAS PERPUSTAKAAN DAN KEARSIPAN",
        "Sukamukti",
        "000.5.3/88/Disperpusip/2026",
        "Biasa",
        "B",
        "biasa",
        "Surat Pengantar",
        "1 (satu) berkas",
        "Pengantar pedoman pemberkasan arsip kesehatan",
        ("Bersama ini kami kirimkan pedoman pemberkasan arsip kesehatan untuk digunakan.",),
        "Kepala Dinas",
        "Ratih Curugsari",
        1,
        "registered",
    ),
)


def fill_letters(context: CommandContext) -> list[DemoAccount]:
    """Register the samples once, as the clerk does; the head has acted on the first."""
    app = context.app
    clerk = hired(context, CLERK)
    rules_in_force(app)
    with app.read(SYSTEM) as view:
        there = view.session.scalar(select(Letter.id).limit(1))
    if there is None:
        for sample in _SAMPLES:
            _bring(app, clerk, sample)
    return [CLERK.account]


def _bring(app: Leuit, clerk: Identity, sample: Sample) -> None:
    with app.read(clerk) as view:
        unit = unit_by_code(view, OFFICE)
        assert unit is not None
        unit_id, today, now = unit.id, view.today, view.now
    dated = today - dt.timedelta(days=sample.days + 1)
    pdf = render_pdf(_TEMPLATE, _values(sample, dated), title=sample.subject, now=now)
    reading = read_letter(pdf, "surat.pdf")
    name = f"{sample.subject}.pdf"
    file = store_file(app, pdf, reading.media_type, name)
    incoming = Incoming(
        sender=f"{sample.office.title()}, {sample.government.title()}",
        subject=sample.subject,
        received_on=today - dt.timedelta(days=sample.days),
        secrecy=sample.secrecy,
        to=(OFFICE,),
        number=sample.number,
        dated=dated,
        kind=sample.kind,
        attached=sample.attached,
        urgency=sample.urgency,
    )
    with app.change(clerk) as work:
        letter = register_letter(work, unit_id, incoming, [(file, reading.pages)], key=new_id())
        if sample.goes != "registered":
            send_letter(work, letter.id, letter.version)
        letter_id = letter.id
    if sample.goes == "instructed":
        with app.change(cast_identity(app, "head")) as work:
            _instruct(work, letter_id)


def _instruct(work: Work, letter_id: Any) -> None:
    """The head reads it and hands it to the two nearest posts, until a week from now."""
    note_read(work, letter_id)
    part = work.session.scalars(
        select(Addressee).where(Addressee.letter_id == letter_id, Addressee.part == TO)
    ).one()
    assert part.position_id is not None
    letter = work.session.get_one(Letter, letter_id)
    nearest = receivers(work, part.position_id, letter, disposition_rules(work))[:2]
    told = Instructed(
        receivers=tuple(post.id for post in nearest),
        instructions=("koordinasi", "hadir", "lapor"),
        note="Siapkan data kasus per desa sebelum berangkat.",
        due=work.today + dt.timedelta(days=7),
        coordinator=nearest[0].id,
    )
    instruct(work, part.id, told, key=new_id())


def _values(sample: Sample, dated: dt.date) -> Mapping[str, Any]:
    return {
        "government": sample.government,
        "office": sample.office,
        "address": f"Jalan Contoh Nomor 1, {sample.place}",
        "placed": f"{sample.place}, {format_date(dated)}",
        "number": sample.number,
        "sifat": sample.sifat,
        "attached": sample.attached,
        "subject": sample.subject,
        "addressee": "Kepala Dinas Kesehatan Kabupaten Lebak",
        "body": list(sample.body),
        "post": sample.post,
        "signer": sample.signer,
    }
