"""Instruments of the demonstration: reference tables, drafted by one office, activated by another.

The tables are transcriptions that nobody has checked against the regulations' own texts yet, and
their editions say so. An installation at work imports its own.
"""

import datetime as dt
from importlib import resources

import attrs

from leuit.builtin.organisation import cast_identity
from leuit.builtin.regulations import activate, edition, propose
from leuit.plugins import CommandContext, DemoPlan
from leuit.values import Text, _
from leuit_archives.service.instrument_import import Head, draft_import, receive
from leuit_archives.service.instruments import INSTRUMENTS


@attrs.frozen
class _Sample:
    name: str
    file: str
    title: Text
    basis: str
    source: Text


_SAMPLES = (
    _Sample(
        "classification",
        "klasifikasi_arsip.csv",
        _("Contoh: klasifikasi arsip pemerintah daerah"),
        "Permendagri 83/2022 bagian B",
        _("Transkripsi beberapa aplikasi publik; belum dicocokkan dengan naskah peraturannya"),
    ),
    _Sample(
        "retention",
        "jra_daerah_contoh.csv",
        _("Contoh: jadwal retensi arsip"),
        "Jadwal retensi sebuah provinsi",
        _("Transkripsi sebuah aplikasi publik; nomor dan tahun peraturannya tidak diketahui"),
    ),
    _Sample(
        "secrecy",
        "keamanan_akses.csv",
        _("Contoh: klasifikasi keamanan dan akses"),
        "Perka ANRI 17/2011",
        _("Ringkasan sumber kedua; yang boleh membaca belum diperiksa"),
    ),
    _Sample(
        "urgency",
        "kecepatan.csv",
        _("Contoh: tingkat kecepatan"),
        "Permenristekdikti 20/2015 Pasal 25",
        _("Ringkasan sumber kedua; sasaran jam belum diperiksa"),
    ),
    _Sample(
        "letter_kinds",
        "jenis_naskah.csv",
        _("Contoh: jenis naskah dinas"),
        "Permendagri 1/2023",
        _("Ringkasan sumber kedua; pola nomor dan penanda tangan belum diperiksa"),
    ),
    _Sample(
        "filing",
        "pemberkasan_contoh.csv",
        _("Contoh: pemberkasan otomatis"),
        "Contoh pada kode Permendagri 83/2022",
        _("Data contoh; kodenya belum diperiksa arsiparis"),
    ),
)


def fill_instruments(context: CommandContext, plan: DemoPlan) -> None:
    """An edition of each instrument since before the demonstration begins, where none holds."""
    app = context.app
    drafter, activator = cast_identity(app, "personnel"), cast_identity(app, "regent")
    room = resources.files("leuit_archives") / "data"
    for sample in _SAMPLES:
        instrument = INSTRUMENTS[sample.name]
        with app.read(drafter) as view:
            since = view.today - dt.timedelta(weeks=plan.weeks)
            if edition(view, instrument.regulation, since) is not None:
                continue
        received = receive(app, instrument, (room / sample.file).read_bytes(), sample.file)
        head = Head(sample.title, sample.basis, "unverified", since, sample.source)
        with app.change(drafter) as work:
            draft_id = draft_import(work, received, head)
            version = propose(work, draft_id, 1).version
        with app.change(activator) as work:
            activate(work, draft_id, version)
