"""One record: its metadata, its files, and what was corrected, by whom and why."""

import datetime as dt
from typing import Any

from leuit.identity import Unit
from leuit.values import NotFoundError, _, format_date
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    local,
    page,
    parse_id,
    run_form,
    version_of,
)
from leuit.work import View
from leuit_archives.inbox_filing import DESK
from leuit_archives.models import FILED, Dossier, Record
from leuit_archives.models.instruments import CODE, TITLE
from leuit_archives.models.records import NUMBER
from leuit_archives.permissions import FILE_RECORDS, MANAGE_HOLDS
from leuit_archives.rules.secrecy import GRADES
from leuit_archives.service.correcting import (
    CORRECTED,
    Correction,
    Event,
    correct_record,
    history_of,
)
from leuit_archives.service.dossiers import REASON
from leuit_archives.service.placing import RECORD_FILED
from leuit_archives.service.proposals import Proposing, short_title
from leuit_archives.service.record_access import find_record, signature_of
from leuit_archives.service.record_files import read_file
from leuit_archives.service.record_listing import files_of, open_dossiers, shown_places
from leuit_archives.service.stubs import stub_of
from leuit_archives.service.taking_many import IMPORTED
from leuit_archives.words import FIELD_WORDS, GRADE_WORDS, grade_word

from .asked import id_in
from .filing_desk import told_proposal

MOST_DOSSIERS = 200


def show_record(request: Request) -> Response:
    """A record that the reader may read."""
    with request.read() as view:
        record = find_record(view, id_in(request, "record_id"))
        unit = view.session.get_one(Unit, record.unit_id)
        dossier = view.session.get(Dossier, record.dossier_id) if record.dossier_id else None
        proposal = Proposing(view).of(record) if dossier is None else None
        files = files_of(view, record.id)
        place = shown_places(view, [record]).get(record.id)
        events = [_event(request, one) for one in history_of(view, record)]
        stub = stub_of(view, record)
        may_file = view.allows(FILE_RECORDS, record.unit_id) and stub is None
        may_hold = view.allows(MANAGE_HOLDS, record.unit_id) and stub is None
    facts: list[tuple[Any, ...]] = [
        (_("Nomor"), record.number),
        (_("Tanggal"), format_date(record.date)),
        (_("Jenis"), record.kind or record.ref_label),
        (_("Unit pencipta"), unit.name),
        (_("Kode klasifikasi"), _class(record)),
        (_("Keamanan dan akses"), grade_word(record.secrecy)),
        (_("Tanda tangan"), _("Ditandatangani") if record.signed else _("Tanpa tanda tangan")),
        (_("Diterima"), format_date(local(request, record.taken_at))),
    ]
    if record.legacy_unverified:
        facts.append((_("Retensi asal"), _("Belum diperiksa; arsip dari sistem lain")))
    return page(
        request,
        "archives/record.html",
        record=record,
        place=place,
        dossier=dossier,
        where=f"{signature_of(dossier)} · {dossier.title}" if dossier else "",
        proposal=told_proposal(proposal) if proposal else "",
        facts=facts,
        files=files,
        events=events,
        may_file=may_file,
        may_hold=may_hold,
        stub=stub,
        filed=record.state == FILED,
        desk=DESK,
    )


def download(request: Request) -> Response:
    """A file of a record, as it was handed over; the reading is noted."""
    number = str(request.params["place"])
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise NotFoundError(_("Berkas digital itu tidak ada."))
    with request.read() as view:
        file = read_file(view, id_in(request, "record_id"), int(number))
    return file_answer(request.app.blobs.get(file.sha256), file.name, file.media_type)


def correct(request: Request) -> Response:
    """Correct a record, with the reason."""
    record_id = id_in(request, "record_id")
    path = f"{DESK}/{record_id}"
    with request.read() as view:
        record = find_record(view, record_id)
        view.require(FILE_RECORDS, record.unit_id)
        places = _places(view, record)
    fields = [
        Field("title", _("Uraian"), most=TITLE),
        Field("number", _("Nomor"), required=False, most=NUMBER, width="medium"),
        Field("date", _("Tanggal"), kind="date"),
        Field("code", _("Kode klasifikasi"), required=False, most=CODE, width="medium"),
        Field(
            "secrecy",
            _("Keamanan dan akses"),
            kind="select",
            choices=[Choice(word, str(title)) for word, title in GRADE_WORDS.items()],
            width="medium",
        ),
        Field("reason", _("Alasan perbaikan"), kind="textarea", rows=3, most=REASON),
        Field("version", "", kind="hidden"),
    ]
    if places:
        fields.insert(5, Field("dossier", _("Berkas"), kind="select", choices=places))
    form = FormPage(
        title=_("Perbaiki arsip"),
        lead=record.title,
        fields=fields,
        submit=_("Simpan perbaikan"),
        action=f"{path}/correct",
        back=path,
        back_label=_("Arsip"),
    ).fill(
        {
            "title": record.title,
            "number": record.number,
            "date": f"{record.date:%d/%m/%Y}",
            "code": record.class_code,
            "secrecy": GRADES[record.secrecy - 1],
            "dossier": record.dossier_id,
            "version": record.version,
        }
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        wanted = Correction(
            title=values["title"],
            number=values["number"] or "",
            date=values["date"],
            code=values["code"],
            secrecy=values["secrecy"],
            dossier_id=parse_id(values["dossier"]) if values.get("dossier") else None,
        )
        with request.change() as work:
            correct_record(work, record_id, version_of(values), wanted, values["reason"])
        return path, str(_("Perbaikan disimpan dan dicatat."))

    return run_form(request, form, act)


def _places(view: View, record: Record) -> list[Choice]:
    """The dossier of a filed record and the open ones that it may move to."""
    if record.dossier_id is None:
        return []
    present = view.session.get_one(Dossier, record.dossier_id)
    others = open_dossiers(view, record.unit_id, "", MOST_DOSSIERS)
    known = {one.id: one for one in (present, *others)}
    return [Choice(str(one.id), f"{signature_of(one)} · {one.title}") for one in known.values()]


def _class(record: Record) -> str:
    if record.class_code is None:
        return ""
    return f"{record.class_code} {short_title(record.class_title or '')}"


def _event(request: Request, event: Event) -> dict[str, Any]:
    """A line of the history: what happened, by whom and when; of a correction all that changed."""
    at = local(request, event.at)
    said = event.details
    changes: list[dict[str, str]] = []
    title, remark = str(_("Diterima")), ""
    if event.action == RECORD_FILED:
        title, remark = str(_("Diberkaskan")), str(said.get("dossier", ""))
        if said.get("by_rule"):
            title = str(_("Diberkaskan menurut aturan otomatis"))
    elif event.action == IMPORTED:
        title, remark = str(_("Dimasukkan dari folder arsip lama")), said.get("dossier") or ""
    elif event.action == CORRECTED:
        title, remark = str(_("Diperbaiki")), str(said.get("reason", ""))
        changes = [
            {
                "field": str(FIELD_WORDS[name]),
                "before": _shown(name, said["before"][name]),
                "after": _shown(name, value),
            }
            for name, value in said.get("after", {}).items()
        ]
    return {"at": at, "actor": event.actor, "title": title, "remark": remark, "changes": changes}


def _shown(field: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if field == "date":
        return format_date(dt.date.fromisoformat(value))
    return str(GRADE_WORDS[value]) if field == "secrecy" else str(value)
