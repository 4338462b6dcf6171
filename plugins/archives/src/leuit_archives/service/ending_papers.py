"""Printed papers of the lawful end: minutes of a transfer, minutes and certificate of a disposal.

They are drawn from what is kept, so they can be printed again at any time as it stands; what was
signed, by hand or by a service, is the file that was recorded with its step.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.documents import Rendered, letterhead_on, render_document
from leuit.identity import Identity, Person, Unit
from leuit.values import format_date, local_day
from leuit.work import Leuit, View
from leuit_archives.models import Disposal, DisposalItem, Transfer
from leuit_archives.rules.lifecycle import DONE

from .committee import members_of, papers_of
from .disposals import find_disposal, items_of
from .executing import report_of
from .item_extents import extents
from .record_access import shown_titles, signature_of
from .transfers import find_transfer
from .transfers import items_of as transferred

_TEMPLATE = Path(__file__).parent.parent / "documents" / "lawful_end.typ"
_OUTCOMES = {
    "destroyed": "Dimusnahkan",
    "handed_over": "Diserahkan",
    "committee_refuse": "Ditolak panitia",
    "committee_again": "Dinilai kembali",
    "hold": "Ditahan untuk perkara",
    "undone": "Dibatalkan",
}
_AUTHORITIES = {
    "anri": "Kepala ANRI",
    "head": "Kepala daerah",
    "institution": "Kepala lembaga kearsipan daerah",
}
_STEPS = {
    "committee": "Keputusan panitia penilai",
    "appraise": "Pertimbangan panitia penilai",
    "approve": "Persetujuan",
    "determine": "Penetapan",
    "sign": "Berita acara",
}
"""Words on paper, which is in Indonesian whoever prints it."""


TRANSFER_ROLES = ("Yang memindahkan", "Yang menerima")
DISPOSAL_ROLES = ("Pelaksana", "Saksi", "Saksi")
"""Who signs a berita acara, in order; a last witness may be missing where a service signs."""


Titles = Callable[[View, Mapping[UUID, str]], dict[UUID, str]]
"""Which titles of a list a paper tells; the others are redacted."""


@attrs.frozen
class EndingSheet:
    """A paper of the lawful end as it is drawn: its values, its title and the name of its file."""

    values: dict[str, Any]
    title: str
    name: str

    def drawn(self, now: dt.datetime) -> Rendered:
        """The PDF/A, and the places of its signatures by their order; outside a unit of work."""
        return render_document(_TEMPLATE, self.values, title=self.title, now=now)


@attrs.frozen
class Signer:
    """Who signs: his role, and his post, name and NIP where they are known beforehand."""

    role: str
    title: str = ""
    name: str = ""
    nip: str = ""


def draw_transfer(app: Leuit, identity: Identity, transfer_id: UUID) -> tuple[bytes, str]:
    """The berita acara of a transfer with its list; call it outside a unit of work."""
    with app.read(identity) as view:
        transfer = find_transfer(view, transfer_id)
        signers = [Signer(role) for role in TRANSFER_ROLES]
        number, dated = transfer.number, transfer.dated or view.today
        sheet, now = transfer_sheet(view, transfer, number, dated, signers), view.now
    return sheet.drawn(now).pdf, sheet.name


def draw_disposal(app: Leuit, identity: Identity, disposal_id: UUID) -> tuple[bytes, str]:
    """The berita acara of a disposal with its list, to be signed; the report once it is done."""
    with app.read(identity) as view:
        disposal = find_disposal(view, disposal_id)
        signers = [Signer(role) for role in DISPOSAL_ROLES]
        sheet, now = disposal_sheet(view, disposal, disposal.number, signers), view.now
    return sheet.drawn(now).pdf, sheet.name


def transfer_sheet(
    view: View,
    transfer: Transfer,
    number: str,
    dated: dt.date,
    signers: Sequence[Signer],
    shown: Titles = shown_titles,
) -> EndingSheet:
    """The berita acara of a transfer with its list; `shown` gives the titles that it may tell."""
    moved = transferred(view, transfer.id)
    titles = shown(view, {one.id: one.title for one in moved})
    unit = view.session.get_one(Unit, transfer.unit_id)
    values = {
        "letterhead": attrs.asdict(letterhead_on(view, unit.id, view.today)),
        "title": "BERITA ACARA PEMINDAHAN ARSIP INAKTIF",
        "number": number,
        "facts": [("Unit pengolah", unit.name), ("Tanggal", format_date(dated))],
        "text": "Arsip inaktif dalam daftar ini dipindahkan ke unit kearsipan.",
        "heads": ["No.", "Nomor berkas", "Uraian"],
        "rows": [
            [str(place), signature_of(one), titles[one.id]] for place, one in enumerate(moved, 1)
        ],
        "signers": [attrs.asdict(one) for one in signers],
    }
    name = f"berita-acara-pemindahan-{local_day(transfer.prepared_at, view.app.zone)}.pdf"
    return EndingSheet(values, "Berita acara pemindahan", name)


def disposal_sheet(
    view: View,
    disposal: Disposal,
    number: str,
    signers: Sequence[Signer],
    more: Sequence[tuple[str, str]] = (),
    shown: Titles = shown_titles,
) -> EndingSheet:
    """The berita acara of a disposal with its list, `more` facts beside those that are kept."""
    items = items_of(view, disposal)
    titles = shown(view, {one.dossier_id: one.title for one in items})
    what = "PEMUSNAHAN" if disposal.kind == "destroy" else "PENYERAHAN"
    done = disposal.state == DONE
    values = {
        "letterhead": attrs.asdict(letterhead_on(view, disposal.unit_id, view.today)),
        "title": f"LAPORAN {what} ARSIP" if done else f"BERITA ACARA {what} ARSIP",
        "number": number,
        "facts": [*_facts(view, disposal), *more],
        "text": _text(view, disposal),
        "heads": ["No.", "Nomor berkas", "Uraian", "Kurun waktu", "Jumlah", "Retensi", "Akhir"],
        "rows": _rows(view, items, titles, done=done),
        "signers": [attrs.asdict(one) for one in signers],
    }
    kind = "laporan" if done else "berita-acara"
    name = f"{kind}-penyusutan-{disposal.serial}-{disposal.year}.pdf"
    return EndingSheet(values, str(values["title"]).capitalize(), name)


def _facts(view: View, disposal: Disposal) -> list[tuple[str, str]]:
    facts = [
        ("Daftar", disposal.number),
        ("Jumlah berkas", str(disposal.count)),
        ("Retensi terlama", f"{disposal.longest} tahun"),
        ("Yang berwenang menyetujui", _AUTHORITIES[disposal.authority]),
        ("Sidik daftar (SHA-256)", disposal.list_sha256),
    ]
    papers = papers_of(view, disposal)
    for step, title in _STEPS.items():
        if step in papers:
            paper = papers[step]
            facts.append((title, f"{paper.number}, {format_date(paper.dated)}"))
    names = [view.session.get_one(Person, one.person_id).name for one in members_of(view, disposal)]
    if names:
        facts.append(("Panitia penilai", ", ".join(names)))
    if "sign" in papers:
        facts.append(("Cara dan saksi", papers["sign"].text))
    if disposal.backups_until:
        facts.append(("Terhapus dari cadangan", format_date(disposal.backups_until)))
    return facts


def _text(view: View, disposal: Disposal) -> str:
    if disposal.state != DONE:
        if disposal.kind == "destroy":
            return "Arsip dalam daftar ini dimusnahkan menurut jadwal retensi arsip."
        return (
            "Arsip dalam daftar ini diserahkan kepada lembaga kearsipan daerah dan dinyatakan"
            " autentik, terpercaya, utuh, dan dapat digunakan."
        )
    report = report_of(view, disposal)
    return (
        f"{report['ended']} berkas selesai, {report['left']} berkas dikeluarkan dari daftar;"
        f" {report['files_gone']} berkas digital terhapus,"
        f" {report['files_kept']} masih dipakai layanan lain."
    )


def _rows(
    view: View, items: Sequence[DisposalItem], titles: Mapping[UUID, str], *, done: bool
) -> list[list[Any]]:
    rows = []
    told = extents(view, items)
    for item in items:
        extent = told[item.place]
        span = "–"
        if extent.first and extent.last:
            span = f"{extent.first:%d/%m/%Y} – {extent.last:%d/%m/%Y}"
        outcome = "–"
        if done or item.outcome:
            outcome = _OUTCOMES.get(item.outcome, "Dikeluarkan saat pemeriksaan akhir")
        rows.append(
            [
                str(item.place),
                _number(item),
                titles[item.dossier_id],
                span,
                str(extent.records),
                f"{item.years} tahun",
                outcome,
            ]
        )
    return rows


def _number(item: DisposalItem) -> str:
    """The number of a dossier, with the paper of the appraisal that its end rests on."""
    if not item.appraisal:
        return item.number
    return f"{item.number} (dinilai kembali: {item.appraisal['number']})"
