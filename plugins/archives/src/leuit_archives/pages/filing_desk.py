"""The archivist's desk: records that wait with what is proposed, filed together or one by one."""

from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import edition
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    StaleEditError,
    _,
    one_line,
)
from leuit.web import PAGE_SIZE, Request, Response, local, page, redirect
from leuit.work import View
from leuit_archives.inbox_filing import DESK
from leuit_archives.models import FILED, WAITING, Dossier, Record
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.service import classification
from leuit_archives.service.filing import (
    MOST_AT_ONCE,
    ChosenRecord,
    NewDossier,
    file_as_proposed,
    file_records,
    waiting_records,
)
from leuit_archives.service.proposals import Proposal, Proposing, short_title
from leuit_archives.service.record_access import signature_of
from leuit_archives.service.record_listing import (
    RecordFilter,
    count_records,
    open_dossiers,
    records,
    units_with_records,
)
from leuit_archives.words import grade_word, is_secret

from .asked import cursor_in, faults_of, next_page, unit_in, year_in

PLACE = f"{DESK}/place"
MOST_DOSSIERS = 10
EXISTING, NEW = "berkas:", "baru:"


@attrs.frozen
class Target:
    """One place that a record may be filed into, as the page offers it; a proposal has a note."""

    value: str
    label: str
    note: str


def show_desk(request: Request, errors: dict[str, str] | None = None) -> Response:
    """Records that the reader may read: those that wait with proposals, or those filed."""
    state = FILED if request.query.get("state") == FILED else WAITING
    wanted = RecordFilter(
        state=state,
        unit_id=unit_in(request),
        year=year_in(request),
        text=one_line(request.query.get("q", ""))[:100],
    )
    with request.read() as view:
        found = records(view, wanted, PAGE_SIZE + 1, after=cursor_in(request))
        total = count_records(view, wanted) if state == WAITING else None
        proposing = Proposing(view)
        rows = [_row(request, proposing, record, unit) for record, unit in found[:PAGE_SIZE]]
        units = units_with_records(view)
        year = view.today.year
    return page(
        request,
        "archives/filing_desk.html",
        status=422 if errors else 200,
        errors=errors or {},
        rows=rows,
        total=total,
        more=next_page(request, found, PAGE_SIZE, lambda row: str(row[0].id)),
        units=units,
        years=range(year, year - 10, -1),
        wanted=wanted,
        waiting=state == WAITING,
        may_check=request.may(FILE_RECORDS),
        may_file=request.may(FILE_RECORDS) and state == WAITING,
        proposed=sum(bool(row["proposal"]) for row in rows),
    )


def file_proposed(request: Request) -> Response:
    """File every record that was ticked where it is proposed."""
    try:
        with request.change() as work:
            outcome = file_as_proposed(work, chosen_in(request.form.all("record")))
    except InvalidInputError as error:
        return show_desk(request, faults_of(error))
    sentence = _("%(filed)s arsip diberkaskan.") % {"filed": outcome.filed}
    if not outcome.left:
        return redirect(DESK, str(sentence))
    reasons = [reason for _title, reason in outcome.left]
    return show_desk(request, {"": " ".join([str(sentence), *reasons])})


def place(request: Request) -> Response:
    """Choose where records go: the proposal, an open dossier, or a new one by its code."""
    sent = request.method == "POST"
    chosen = chosen_in(request.form.all("record") if sent else request.query.getlist("record"))
    if not chosen:
        return redirect(DESK, str(_("Pilih sedikitnya satu arsip.")), "tunggu")
    errors: dict[str, str] = {}
    if sent:
        try:
            return _file(request, chosen)
        except (InvalidInputError, ConflictError, StaleEditError) as error:
            errors = faults_of(error)
    text = one_line(request.query.get("q", ""))[:80]
    with request.read() as view:
        found = waiting_records(view, [one.id for one in chosen])
        if not found:
            if errors:  # somebody filed it meanwhile, and the refusal says where it lies
                return show_desk(request, errors)
            raise NotFoundError(
                _("Arsip itu tidak menunggu lagi."), advice=_("Mulai dari daftar arsip.")
            )
        targets = _targets(view, found, text)
        codes = _codes(view, text)
    picked = request.form.get("target", "") if sent else ""
    return page(
        request,
        "archives/place.html",
        status=422 if errors else 200,
        errors=errors,
        records=found,
        carried=[f"{record.id}:{record.version}" for record in found],
        targets=targets,
        codes=codes,
        text=text,
        picked=picked or next((one.value for one in targets if one.note), ""),  # the proposal
        title=request.form.get("title", "") if sent else "",
        several_units=len({record.unit_id for record in found}) > 1,
        desk=DESK,
        action=PLACE,
    )


def _file(request: Request, chosen: list[ChosenRecord]) -> Response:
    with request.change() as work:
        dossier = file_records(work, chosen, _target(request))
        told = _("%(count)s arsip diberkaskan di %(dossier)s.") % {
            "count": len(chosen),
            "dossier": signature_of(dossier),
        }
        path = f"/archives/dossiers/{dossier.id}"
    return redirect(path, str(told))


def chosen_in(values: list[str]) -> list[ChosenRecord]:
    """Records and their versions as the boxes of a page hold them; what is none is left out."""
    found = []
    for value in values[: MOST_AT_ONCE + 1]:
        name, _sign, version = value.partition(":")
        if version.isascii() and version.isdigit() and len(version) < 10:
            try:
                found.append(ChosenRecord(UUID(name), int(version)))
            except ValueError:
                continue
    return found


def _row(request: Request, proposing: Proposing, record: Record, unit: str) -> dict[str, Any]:
    proposal = proposing.of(record) if record.state == WAITING else None
    return {
        "record": record,
        "unit": unit,
        "value": f"{record.id}:{record.version}",
        "since": local(request, record.taken_at),
        "grade": grade_word(record.secrecy) if is_secret(record.secrecy) else "",
        "proposal": told_proposal(proposal) if proposal else "",
        "note": _proposal_note(proposal) if proposal else "",
    }


def told_proposal(proposal: Proposal) -> str:
    """Where a record is proposed to go: the number of an open dossier or a code, and the title."""
    where = signature_of(proposal.dossier) if proposal.dossier else proposal.held.code
    return f"{where} · {proposal.title}"


def _proposal_note(proposal: Proposal) -> str:
    if proposal.dossier is not None:
        return ""
    return str(_("berkas lama sudah ditutup") if proposal.was_closed else _("berkas baru"))


def _targets(view: View, found: list[Record], text: str) -> list[Target]:
    """The proposal, where all have the same one, then open dossiers of the unit that match."""
    targets: list[Target] = []
    proposing = Proposing(view)
    proposals = [proposing.of(record) for record in found]
    first = proposals[0]
    if first is not None and all(one == first for one in proposals) and not text:
        value = (
            f"{EXISTING}{first.dossier.id}"
            if first.dossier
            else f"{NEW}{first.held.code}:{first.title}"
        )
        note = _proposal_note(first)
        told = _("Usul · %s") % note if note else _("Usul")
        targets.append(Target(value, told_proposal(first), str(told)))
    taken = {target.value for target in targets}
    others = [
        Target(f"{EXISTING}{dossier.id}", _told_dossier(dossier), "")
        for dossier in open_dossiers(view, found[0].unit_id, text, MOST_DOSSIERS)
    ]
    return [*targets, *(one for one in others if one.value not in taken)]


def _told_dossier(dossier: Dossier) -> str:
    return f"{signature_of(dossier)} · {dossier.title}"


def _codes(view: View, text: str) -> list[Target]:
    """Codes of the classification of today that match, for a new dossier."""
    held = edition(view, classification.REGULATION, view.today)
    if held is None or not text:
        return []
    return [
        Target(f"{NEW}{one.code}:", f"{one.code} · {short_title(one.title)}", "")
        for one in classification.search(view, held, text)
    ]


def _target(request: Request) -> UUID | NewDossier:
    value = request.form.get("target", "")
    if value.startswith(NEW):
        code, _sign, title = value.removeprefix(NEW).partition(":")
        return NewDossier(code, title or request.form.get("title", ""))
    try:
        return UUID(value.removeprefix(EXISTING))
    except ValueError:
        raise InvalidInputError(_("Pilih berkas, atau kode untuk berkas baru.")) from None
