"""Bringing in TPP base amounts: tried without any change, then stored in one unit of work.

A row that is there already changes nothing. One that says something else for the same person and
day is refused, unless replacing is asked for: then the report shows the old and the new amount, and
the audit log keeps both. Amounts that a payment was taken up with never change by it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from leuit.builtin.organisation import RefusedRowsError, Report, check_digest, store_table
from leuit.identity import Identity, Person
from leuit.values import ConflictError, RecordRef, _, format_date, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_sp2d.models import TppBase
from leuit_sp2d.permissions import TPP
from leuit_sp2d.rules.rupiah import format_rupiah

from .same_request import digest_of, note_done, was_done
from .tpp_file import AskedBase, AskedBases, read_bases

IMPORTED, REPLACED = "sp2d.tpp.imported", "sp2d.tpp.replaced"
_CHUNK = 500


@attrs.frozen
class ReceivedBases:
    """A file that could be read, in the store; no row names it yet."""

    rows: AskedBases
    file: StoredFile
    replace: bool


@attrs.frozen
class ListedBase:
    """An amount of a person, and the day from which it holds."""

    name: str
    nip: str
    amount: int
    valid_from: dt.date
    decree: str


@attrs.frozen
class _Plan:
    report: Report
    new: tuple[tuple[UUID, AskedBase], ...]
    changed: tuple[tuple[UUID, AskedBase, TppBase], ...]


def receive_bases(app: Leuit, data: bytes, name: str, *, replace: bool = False) -> ReceivedBases:
    """Read a file and put it into the store, outside of any unit of work."""
    rows = read_bases(data)
    return ReceivedBases(rows, store_table(app, data, one_line(name) or "tpp"), replace)


def try_bases(view: View, received: ReceivedBases) -> Report:
    """What storing the file would do now."""
    view.require_on_root(TPP)
    # Asking again gives another report: the rows of a file are read anew for it.
    return _plan(view, received).report


def apply_bases(
    app: Leuit,
    identity: Identity,
    received: ReceivedBases,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> Report:
    """As `store_bases`, in a unit of work of its own."""
    with app.change(identity, request_id=request_id) as work:
        return store_bases(work, received, digest=digest)


def store_bases(work: Work, received: ReceivedBases, *, digest: str | None = None) -> Report:
    """Store the amounts; RefusedRowsError when a row is refused, and then nothing is stored.

    ChangedReportError when the outcome is not the one whose digest was given; but whoever has
    stored the file by that digest is told that nothing is left to do.
    """
    work.require_on_root(TPP)
    asked = digest_of(work, "store_bases", received.file.sha256, received.replace, digest)
    plan = _plan(work, received)
    if plan.report.changes_nothing and was_done(work, asked):
        return attrs.evolve(plan.report, applied=True)
    check_digest(digest, plan.report)
    if plan.report.refused:
        raise RefusedRowsError(plan.report)
    if not plan.report.changes_nothing:
        _store(work, received, plan, asked)
    return attrs.evolve(plan.report, applied=True)


def bases_on(view: View, people: Sequence[UUID], day: dt.date) -> Mapping[UUID, TppBase]:
    """The row of each person that holds on a day; who has none is left out."""
    found: dict[UUID, TppBase] = {}
    for start in range(0, len(people), _CHUNK):
        rows = view.session.scalars(
            select(TppBase)
            .where(TppBase.person_id.in_(people[start : start + _CHUNK]), TppBase.valid_from <= day)
            .order_by(TppBase.valid_from)
        )
        found |= {row.person_id: row for row in rows}
    return found


def listed_bases(view: View, text: str, limit: int, offset: int) -> tuple[list[ListedBase], int]:
    """Every amount by name and day, the latest first; `text` is a part of a name or a NIP.

    Reading them is noted: what others earn is personal data.
    """
    view.require_on_root(TPP)
    wanted = Person.name.icontains(text, autoescape=True) | (Person.nip == text)
    base = select(TppBase).join(Person, Person.id == TppBase.person_id).where(wanted)
    total = view.connection.execute(
        select(func.count()).select_from(base.with_only_columns(TppBase.person_id).subquery())
    ).scalar_one()
    rows = view.connection.execute(
        base.with_only_columns(
            Person.name, Person.nip, TppBase.amount, TppBase.valid_from, TppBase.decree
        )
        .order_by(Person.name, Person.id, TppBase.valid_from.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    if rows:
        view.note_access(
            RecordRef("sp2d.tpp_base", "all", _("Besaran TPP")), fields=["amount"], rows=len(rows)
        )
    return [ListedBase(row[0], row[1] or "", *row[2:]) for row in rows], total


def _plan(view: View, received: ReceivedBases) -> _Plan:
    rows = [attrs.evolve(row, report=_copied(row)) for row in received.rows.rows]
    people = _people(view, [row.nip for row in rows if row.nip])
    known = _known(view, list(people.values()))
    new: list[tuple[UUID, AskedBase]] = []
    changed: list[tuple[UUID, AskedBase, TppBase]] = []
    for row in rows:
        if row.report.faults:
            continue
        person_id = people.get(row.nip)
        if person_id is None:
            row.report.refuse("nip", _("Pegawai dengan NIP itu tidak ada."))
            continue
        before = known.get((person_id, row.valid_from))
        if before is None:
            told = (format_rupiah(row.amount), format_date(row.valid_from))
            row.report.changed(_("%s sejak %s.") % told, new=True)
            new.append((person_id, row))
        elif (before.amount, before.decree) != (row.amount, row.decree):
            _differing(row, before, replace=received.replace)
            changed.append((person_id, row, before))
    report = Report("tpp", tuple(row.report for row in rows), received.rows.ignored)
    return _Plan(report, tuple(new), tuple(changed))


def _differing(row: AskedBase, before: TppBase, *, replace: bool) -> None:
    if replace:
        told = (
            format_rupiah(before.amount),
            before.decree,
            format_rupiah(row.amount),
            row.decree,
        )
        row.report.changed(_("%s (%s) menjadi %s (%s).") % told)
        return
    told_of = (format_date(row.valid_from), format_rupiah(before.amount), before.decree)
    row.report.refuse(
        "nominal",
        _(
            "Sejak %s sudah tercatat %s (%s). Tulis tanggal berlaku yang lain, atau pilih mengganti"
            " yang tercatat bila itu keliru."
        )
        % told_of,
    )


def _copied(row: AskedBase) -> Any:
    """The report of a row as the file alone gives it, so that judging twice tells nothing twice."""
    report = row.report
    return attrs.evolve(report, changes=list(report.changes), faults=list(report.faults))


def _people(view: View, nips: Sequence[str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for start in range(0, len(nips), _CHUNK):
        rows = view.connection.execute(
            select(Person.nip, Person.id).where(Person.nip.in_(nips[start : start + _CHUNK]))
        )
        found |= {row.nip: row.id for row in rows if row.nip}
    return found


def _known(view: View, people: Sequence[UUID]) -> dict[tuple[UUID, Any], TppBase]:
    found: dict[tuple[UUID, Any], TppBase] = {}
    for start in range(0, len(people), _CHUNK):
        query = (
            select(TppBase)
            .where(TppBase.person_id.in_(people[start : start + _CHUNK]))
            .order_by(TppBase.person_id, TppBase.valid_from)
        )
        if isinstance(view, Work):  # what is stored next is told from what stands now
            query = query.with_for_update().execution_options(populate_existing=True)
        rows = view.session.scalars(query)
        found |= {(row.person_id, row.valid_from): row for row in rows}
    return found


def _store(work: Work, received: ReceivedBases, plan: _Plan, asked: str) -> None:
    sha256 = register_file(work, received.file)
    ref = RecordRef("sp2d.tpp_base", sha256[:40], received.file.name)
    if plan.new:
        try:
            with work.session.begin_nested():
                work.connection.execute(
                    insert(TppBase),
                    [{"person_id": person_id, **_columns(row)} for person_id, row in plan.new],
                )
        except IntegrityError as error:
            if was_done(work, asked):  # by the same request, a moment ago
                work.audit(IMPORTED, ref, sha256=sha256, repeated=True)
                return
            raise ConflictError(
                _("Besaran TPP baru saja disimpan lewat berkas lain."),
                advice=_("Periksa berkasnya sekali lagi."),
            ) from error
    for person_id, row, before in plan.changed:
        work.audit(
            REPLACED,
            RecordRef("core.person", str(person_id), row.report.label),
            valid_from=row.valid_from,
            before=before.amount,
            before_decree=before.decree,
            amount=row.amount,
            decree=row.decree,
        )
        work.connection.execute(
            update(TppBase)
            .where(TppBase.person_id == person_id, TppBase.valid_from == row.valid_from)
            .values(amount=row.amount, decree=row.decree)
        )
    note_done(work, asked)
    work.audit(IMPORTED, ref, sha256=sha256, **plan.report.counts)


def _columns(row: AskedBase) -> dict[str, Any]:
    return {"valid_from": row.valid_from, "amount": row.amount, "decree": row.decree}
