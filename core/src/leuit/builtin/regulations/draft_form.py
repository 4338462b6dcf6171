"""The form of a draft: filled from what holds, refused with every fault, losing nothing typed."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from leuit.values import FieldError, LeuitError, _, parse_date
from leuit.web import Choice, Field, FormPage, Request
from leuit.work import Leuit

from .body import ordered, parse
from .drafting import Draft
from .kinds import RegulationKind, kinds
from .models import RegulationEdition
from .words import CONFIDENCE

DAY = dt.timedelta(days=1)


def empty_form(app: Leuit, row: RegulationEdition | None = None) -> FormPage:
    """A form for a new edition, or for the draft in a row."""
    known = kinds(app)
    kind = Field(
        "kind",
        _("Jenis peraturan"),
        "select",
        choices=[Choice(name, value.title) for name, value in known.items()],
    )
    return FormPage(
        title=_("Ubah naskah") if row else _("Susun edisi baru"),
        lead=_("Edisi baru berlaku setelah diaktifkan oleh orang lain."),
        submit=_("Simpan naskah"),
        back=f"/regulations/{row.id}" if row else "/regulations",
        back_label=_("Kembali ke edisi") if row else _("Kembali ke daftar"),
        fields=[
            Field("version", "", "hidden", required=False) if row else kind,
            Field("title", _("Judul")),
            Field(
                "legal_basis",
                _("Dasar hukum"),
                hint=_("Nama peraturan dan pasalnya, misalnya Perbup 25/2015 Pasal 4."),
            ),
            Field(
                "source",
                _("Sumber yang dibaca"),
                required=False,
                hint=_("Naskah, halaman, atau alamat tempat angka ini dibaca."),
            ),
            Field(
                "confidence",
                _("Tingkat keyakinan"),
                "radio",
                choices=[Choice(name, f"{mark.word}: {mark.meaning}") for name, mark in CONFIDENCE],
                missing=_("Pilih tingkat keyakinan."),
            ),
            Field("effective_from", _("Mulai berlaku"), "date", width="short"),
            Field(
                "effective_to",
                _("Hari terakhir berlaku"),
                "date",
                required=False,
                width="short",
                hint=_("Kosongkan bila berlaku sampai ada edisi berikutnya."),
                convert=parse_date,
            ),
            Field(
                "body",
                _("Angka-angka"),
                "textarea",
                rows=18,
                hint=_("Bentuk JSON. Tulis angka pecahan sebagai teks, misalnya “1.25”."),
            ),
            Field(
                "document",
                _("Naskah sumber"),
                "file",
                required=False,
                hint=_("PDF atau gambar peraturan, paling besar 8 MB."),
                accept=".pdf,.png,.jpg,.jpeg",
            ),
        ],
    )


def values_of(row: RegulationEdition, kind: RegulationKind | None) -> dict[str, Any]:
    """What the form shows of a stored draft."""
    return {
        "version": row.version,
        "kind": row.kind,
        "title": row.title,
        "legal_basis": row.legal_basis,
        "source": row.source,
        "confidence": row.confidence,
        "effective_from": _typed(row.effective_from),
        "effective_to": _typed(row.effective_to - DAY) if row.effective_to else "",
        "body": written(row.body, kind),
    }


def written(body: Any, kind: RegulationKind | None) -> str:
    """A body as JSON to edit, its figures in the order of the kind's schema."""
    return json.dumps(ordered(body, kind), ensure_ascii=False, indent=2)


def read_form(form: FormPage, request: Request) -> tuple[str, Draft] | None:
    """Kind and draft as typed, or None with the faults kept in the form."""
    read = form.read(request.form, request.files)
    body: Any = None
    if read.get("body"):
        try:
            body = parse(read["body"])
        except LeuitError as error:
            refuse(form, error)
    if not form.ok:
        return None
    last = read["effective_to"]
    return read.get("kind") or "", Draft(
        title=read["title"],
        legal_basis=read["legal_basis"],
        source=read["source"] or "",
        confidence=read["confidence"],
        effective_from=read["effective_from"],
        effective_to=last + DAY if last and last < dt.date.max else last,
        body=body,
    )


def refuse(form: FormPage, error: LeuitError) -> None:
    """Put faults at their fields; those of figures are listed with their paths at the body."""
    faults: Iterable[FieldError] = getattr(error, "fields", ())
    if not faults:
        form.errors[""] = str(error)
    figures: list[str] = []
    names = {field.name for field in form.fields}
    for fault in faults:
        name, _dot, path = fault.path.partition(".")
        inside = path or (name.removeprefix("body") if name.startswith("body[") else "")
        if name.startswith("body"):
            figures.append(f"{inside}: {fault.sentence()}" if inside else fault.sentence())
        else:
            form.errors.setdefault(name if name in names else "", fault.sentence())
    if figures:
        form.errors["body"] = " · ".join(figures)


def _typed(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")
