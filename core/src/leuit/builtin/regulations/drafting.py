"""Writing an edition: drafts are checked as strictly as active editions, all faults at once.

A draft, or a proposal that nobody has activated yet, may be revised by whoever may draft; revising
a proposal makes it a draft again. Every version remembers who wrote it and what it changed, so
that a stale edit can be told what it would have overwritten, and so that four eyes are counted
over all who wrote, not only the first.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import StoredFile, Work, register_file

from .body import differences, digest, read_body
from .kinds import kinds
from .lookup import REF_KIND
from .models import LEGAL_BASIS, SOURCE, TITLE, RegulationEdition
from .register import DRAFT, changes_since, missing

CONFIDENCE = ("primary", "secondary", "derived", "unverified")
SHOWN_CHANGES = 5


@attrs.frozen
class Draft:
    """What a drafter writes. `body` is the plain form of the figures.

    `effective_to` is the first day on which the edition no longer holds; None leaves it open until
    the next edition. `source` names the text or address that was read.
    """

    title: str
    legal_basis: str
    confidence: str
    effective_from: dt.date
    body: Any
    source: str = ""
    effective_to: dt.date | None = None


def draft_edition(
    work: Work, kind: str, draft: Draft, document: StoredFile | None = None
) -> RegulationEdition:
    """A new draft. Raises InvalidInputError with the path of every fault."""
    work.require_on_root(DRAFT)
    values = _checked(work, kind, draft)
    row = RegulationEdition(
        kind=kind,
        **values,
        source_sha256=register_file(work, document) if document else None,
        drafted_by=work.identity.account_id,
        drafted_at=work.now,
        revisions=[_revision(work, 1, [])],
        version=1,
    )
    work.session.add(row)
    work.session.flush()
    work.audit("core.regulation.drafted", ref_of(row), kind=kind, body_sha256=row.body_sha256)
    return row


def revise_draft(
    work: Work,
    edition_id: UUID,
    version: int,
    draft: Draft,
    document: StoredFile | None = None,
) -> RegulationEdition:
    """Replace the contents of a draft or proposal; without a document the stored one stays.

    Raises StaleEditError telling what changed since `version`.
    """
    work.require_on_root(DRAFT)
    row = locked(work, edition_id, version)
    refuse_unless(row, "draft", "proposed")
    values = _checked(work, row.kind, draft)
    if document:
        values["source_sha256"] = register_file(work, document)
    before = _snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    changes = differences(before, _snapshot(row))
    if not changes:
        return row
    if row.status == "proposed":
        changes.append({"path": "status", "before": "proposed", "after": "draft"})
        row.status, row.proposed_by, row.proposed_at = "draft", None, None
    revised(work, row, changes)
    work.audit(
        "core.regulation.revised",
        ref_of(row),
        version=row.version,
        body_sha256=row.body_sha256,
        changed=[change["path"] for change in changes[:50]],
    )
    return row


def locked(work: Work, edition_id: UUID, version: int) -> RegulationEdition:
    """The row, kept from others until this unit ends; refuses a version that is not current."""
    row = work.session.scalars(
        select(RegulationEdition)
        .where(RegulationEdition.id == edition_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise missing()
    if row.version != version:
        told = changes_since(row, version)
        to = _("menjadi")
        lines = [
            f"{change['path']}: {_short(change['before'])} {to} {_short(change['after'])}"
            for change in told[:SHOWN_CHANGES]
        ]
        if len(told) > SHOWN_CHANGES:
            lines.append(f"+{len(told) - SHOWN_CHANGES}")
        raise StaleEditError(
            _("Edisi ini sudah diubah orang lain sejak Anda membukanya: %(changes)s."),
            advice=_("Muat ulang, periksa perubahannya, lalu ulangi."),
            changes="; ".join(lines) or _("versinya"),
        )
    return row


def refuse_unless(row: RegulationEdition, *statuses: str) -> None:
    """Raise ConflictError when the edition is past the step at hand."""
    if row.status in statuses:
        return
    if row.status == "active":
        raise ConflictError(
            _("Edisi ini sudah berlaku dan tidak dapat diubah."),
            advice=_("Buat edisi baru untuk memperbaikinya."),
        )
    if row.status == "withdrawn":
        raise ConflictError(_("Edisi ini sudah ditarik."), advice=_("Buat naskah baru."))
    raise ConflictError(
        _("Naskah ini belum diajukan."), advice=_("Ajukan dahulu, lalu minta orang lain memeriksa.")
    )


def revised(work: Work, row: RegulationEdition, changes: list[dict[str, Any]]) -> None:
    """Count up the version and remember what it changed."""
    row.version += 1
    row.revisions = [*row.revisions, _revision(work, row.version, changes)]
    work.session.flush()


def ref_of(row: RegulationEdition) -> RecordRef:
    return RecordRef(REF_KIND, str(row.id), row.title)


def _revision(work: Work, version: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
    account = work.identity.account_id
    return {
        "version": version,
        "by": str(account) if account else None,
        "at": work.now.isoformat(),
        "changes": changes,
    }


def _checked(work: Work, kind: str, draft: Draft) -> dict[str, Any]:
    """The columns of a draft, or InvalidInputError with every fault."""
    check = TextChecker()
    values: dict[str, Any] = {
        "title": check.read("title", draft.title, most=TITLE),
        "legal_basis": check.read("legal_basis", draft.legal_basis, most=LEGAL_BASIS),
        "source": check.read("source", draft.source, most=SOURCE, required=False),
        "confidence": draft.confidence,
        "effective_from": draft.effective_from,
        "effective_to": draft.effective_to,
    }
    if draft.confidence not in CONFIDENCE:
        check.fault("confidence", _("Pilih salah satu tanda keyakinan."), "unknown_choice")
    if draft.effective_to is not None and draft.effective_to <= draft.effective_from:
        check.fault("effective_to", _("Harus sesudah tanggal mulai berlaku."), "range")
    faults: list[FieldError] = check.faults
    known = kinds(work.app).get(kind)
    if known is None:
        message = _("Jenis peraturan “%(kind)s” tidak dikenal.")
        faults.append(FieldError("kind", message, "unknown_kind", {"kind": kind[:80]}))
    else:
        values["body"], body_faults = read_body(known, draft.body)
        faults.extend(body_faults)
    if faults:
        raise InvalidInputError(
            _("Edisi ini belum dapat disimpan."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    values["body_sha256"] = digest(values["body"])
    return values


def _snapshot(row: RegulationEdition) -> dict[str, Any]:
    return {
        "title": row.title,
        "legal_basis": row.legal_basis,
        "source": row.source,
        "source_sha256": row.source_sha256,
        "confidence": row.confidence,
        "effective_from": row.effective_from.isoformat(),
        "effective_to": row.effective_to and row.effective_to.isoformat(),
        "body": row.body,
    }


def _short(value: Any) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
