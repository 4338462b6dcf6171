"""A document's own page once its places are set: who acts, what to do, and what happened."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Person
from leuit.values import _, format_date, format_time, shown_paper_code
from leuit.web import Request, Response, local, page
from leuit.work import View
from leuit_esign.models import (
    DONE,
    DRAFT,
    FOR_SIGNATURE,
    PARAF,
    PREPARED,
    RUNNING,
    SIGN,
    Document,
    Handing,
    Step,
)
from leuit_esign.service.acting import readable
from leuit_esign.service.chain import free_fields, steps_of
from leuit_esign.service.documents import places_of, sheets_of
from leuit_esign.service.keys import NoKeyError, key_of
from leuit_esign.service.numbering import is_given_after
from leuit_esign.service.passing import may_revoke, to_remind
from leuit_esign.service.stamp import address_of
from leuit_esign.service.turn import capacities, lines_of, step_of

from .choices import positions
from .documents import STATES, id_of, path_of
from .placing import show_placing, shown_place

KINDS = {PARAF: _("Paraf"), SIGN: _("Tanda tangan")}
ENDS = {
    "done": _("Selesai"),
    "recalled": _("Ditarik kembali oleh pembuatnya"),
    "expired": _("Berakhir karena tenggatnya lewat"),
    "superseded": _("Diganti dokumen yang lebih baru"),
    "revoked": _("Dicabut"),
}


def show_document(request: Request, errors: dict[str, str] | None = None) -> Response:
    """The document's page by its state: placing, choosing signers, or on its way."""
    with request.read() as view:
        document = readable(view, id_of(request))
        own = document.owner_id == view.identity.person_id
        placing = document.state == DRAFT and own and document.asked_by is None
        values = None if placing else _values(request, view, document)
    if values is None:
        return show_placing(request, errors)
    return page(
        request,
        "esign/letter.html",
        status=422 if errors else 200,
        errors=errors or {},
        typed={} if not errors else _typed(request),
        **values,
    )


def _values(request: Request, view: View, document: Document) -> dict[str, Any]:
    steps = steps_of(view, document.id)
    handings = _handings(view, steps)
    people = _people(view, document, steps, handings)
    mine = step_of(view, document)
    owned = document.owner_id == view.identity.person_id
    asked = document.asked_by is not None
    return {
        "document": document,
        "path": path_of(document),
        "state": STATES[document.state],
        "sheets": _sheets(view, document, steps),
        "my_field": mine.field if mine else None,
        "owner": people[document.owner_id],
        "owned": owned,
        "mine": mine,
        "signs": mine is not None and mine.field is not None,
        "acting_as": _acting_as(view, mine),
        "certificate": _certificate(view, mine),
        "kinds": KINDS,
        "history": _history(request, document, steps, handings, people, mine),
        "steps": steps,
        "choosing": owned and document.state == PREPARED,
        "recallable": owned and document.state in (DRAFT, PREPARED, RUNNING),
        "remindable": owned and document.state == RUNNING,
        "reminded": not to_remind(view, document),
        "revocable": may_revoke(view, document),
        "positions": positions(view) if owned and document.state == PREPARED else [],
        "unaddressed": not address_of(view, ""),
        "free": free_fields(view, document.id) if document.state == PREPARED else [],
        "next_number": max((step.number for step in steps), default=0) + 1,
        "facts": _facts(request, view, document, people[document.owner_id]),
        "since": _when(request, mine.opened_at) if mine else "",
        "due": _when(request, document.due_at) if document.due_at else "",
        "newer": _newer(view, document),
        "asked": asked,
    }


def _sheets(view: View, document: Document, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Pages with the places that are still empty."""
    signed = {step.field for step in steps if step.state == "done"}
    sent = document.current_sha256 is not None
    shown = [
        row
        for row in places_of(view, document.id)
        if row.field not in signed and not (sent and row.purpose != FOR_SIGNATURE)
    ]
    return [
        {
            "number": number + 1,
            "width": round(one.width, 2),
            "height": round(one.height, 2),
            "places": [shown_place(row, one.height) for row in shown if row.page == number],
        }
        for number, one in enumerate(sheets_of(document))
    ]


def _acting_as(view: View, mine: Step | None) -> str:
    """The name line under which the reader would sign, when it is not simply his own post."""
    if mine is None:
        return ""
    lines = lines_of(view, mine, capacities(view)[mine.position_id])
    return "" if lines == (mine.title,) else " / ".join(lines)


def _certificate(view: View, mine: Step | None) -> str:
    if mine is None or mine.field is None or view.identity.person_id is None:
        return ""
    try:
        return format_date(key_of(view, view.identity.person_id).not_after)
    except NoKeyError:
        return ""


def _facts(request: Request, view: View, document: Document, owner: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = [(_("Pembuat"), owner), (_("Keadaan"), STATES[document.state][0])]
    if document.number or document.pattern:
        rows.append((_("Nomor"), document.number or _number_to_come(view, document)))
    if document.due_at is not None:
        due: str = _when(request, document.due_at)
        rows.append((_("Tenggat"), _("%s · berakhir sendiri") % due if document.expires else due))
    if document.replaces_id is not None:
        older = view.session.get_one(Document, document.replaces_id)
        rows.append((_("Menggantikan"), older.title))
    if document.asked_by is not None:
        rows.append((_("Diminta oleh"), document.asked_by["label"]))
    if document.current_sha256 is not None:
        rows.append((_("Kode verifikasi"), shown_paper_code(document.code)))
    if document.filed_id:
        rows.append((_("Arsip"), _("Sudah diserahkan")))
    return rows


def _number_to_come(view: View, document: Document) -> str:
    if document.ended_at is not None:
        return _("Tidak diberikan")
    if document.state == RUNNING or is_given_after(view, document.pattern):
        return _("Diberikan sesudah tanda tangan terakhir")
    return _("Diberikan ketika dikirim")


def _newer(view: View, document: Document) -> Document | None:
    """The document that superseded this one, for those who may read it."""
    if document.state != "superseded":
        return None
    newer = view.session.scalar(
        select(Document).where(Document.replaces_id == document.id, Document.state == DONE)
    )
    own = newer is not None and newer.owner_id == view.identity.person_id
    return newer if own else None


def _history(
    request: Request,
    document: Document,
    steps: Sequence[Step],
    handings: dict[UUID, list[Handing]],
    people: dict[UUID, str],
    mine: Step | None,
) -> list[dict[str, str]]:
    asked = document.asked_by is not None
    told = [
        {
            "state": "done",
            "title": people[document.owner_id],
            "meta": (_("Meminta tanda tangan · %s") if asked else _("Membawa dokumen · %s"))
            % _when(request, document.created_at),
            "remark": "",
        }
    ]
    for step in steps:
        told.extend(_handed(request, one, people) for one in handings.get(step.id, []))
        told.append(_step_told(request, document, step, people, mine))
    if document.state in ENDS and document.ended_at is not None:
        told.append(
            {
                "state": "done" if document.state == DONE else "next",
                "title": ENDS[document.state],
                "meta": _when(request, document.ended_at),
                "remark": "" if document.state == DONE else document.reason,
            }
        )
    return told


def _handed(request: Request, handing: Handing, people: dict[UUID, str]) -> dict[str, str]:
    words = {"to": handing.to_title, "when": _when(request, handing.at)}
    return {
        "state": "done",
        "title": people[handing.person_id],
        "meta": _("Meneruskan kepada %(to)s · %(when)s") % words,
        "remark": handing.note,
    }


def _step_told(
    request: Request,
    document: Document,
    step: Step,
    people: dict[UUID, str],
    mine: Step | None,
) -> dict[str, str]:
    kind = KINDS[step.kind]
    if step.state in ("done", "refused") and step.person_id:
        verb = kind if step.state == "done" else _("Menolak")
        return {
            "state": "done" if step.state == "done" else "next",
            "title": people[step.person_id],
            "meta": f"{verb} {step.acted_as} · {_when(request, step.decided_at)}",
            "remark": step.note,
        }
    turn = step.state == "open"
    meta: str = f"{kind} {step.title}"
    if turn:
        words = {"step": meta, "when": _when(request, step.opened_at)}
        meta = _("%(step)s · menunggu sejak %(when)s") % words
    elif document.state in (PREPARED, RUNNING):
        meta = _("%s · berikutnya") % meta
    return {
        "state": "now" if turn else "next",
        "title": _("Anda") if mine is not None and step.id == mine.id else step.title,
        "meta": meta,
        "remark": _("Diingatkan %s") % _when(request, step.reminded_at) if step.reminded_at else "",
    }


def _when(request: Request, moment: dt.datetime | None) -> str:
    if moment is None:
        return "–"
    there = local(request, moment)
    return f"{format_date(there, 'medium')}, {format_time(there)}"


def _handings(view: View, steps: Sequence[Step]) -> dict[UUID, list[Handing]]:
    found: dict[UUID, list[Handing]] = {}
    query = select(Handing).where(Handing.step_id.in_([step.id for step in steps]))
    for handing in view.session.scalars(query.order_by(Handing.at, Handing.id)):
        found.setdefault(handing.step_id, []).append(handing)
    return found


def _people(
    view: View, document: Document, steps: Sequence[Step], handings: dict[UUID, list[Handing]]
) -> dict[UUID, str]:
    """Names by id of everybody who acted."""
    ids = {step.person_id for step in steps if step.person_id} | {document.owner_id}
    ids |= {handing.person_id for group in handings.values() for handing in group}
    rows = view.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _typed(request: Request) -> dict[str, str]:
    """What was typed, without what is secret."""
    return {
        name: value
        for name, value in request.form.items()
        if name not in ("password", "passphrase")
    }
