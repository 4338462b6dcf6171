"""Asking for figures: which edition of a kind holds on a date, and what it says.

Of the active editions the one with the latest `effective_from` on or before the date holds; of two
that begin on the same day the one activated later (it is the correction). It holds until the next
one begins or its own `effective_to` is reached; after that own end nothing holds, an older edition
does not come back.
Which edition holds is one SELECT. Figures are structured once per installation and kept by the
edition's id, as an active body never changes; a body that no longer has its hash is refused.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import attrs
from sqlalchemy import Row, bindparam, select

from leuit.storage import Prepared
from leuit.values import ConflictError, NotFoundError, RecordRef, UnavailableError, _, format_date
from leuit.work import Leuit, View

from .body import digest, read_body
from .kinds import RegulationKind, kind_named
from .models import RegulationEdition

REF_KIND = "core.regulation"


@attrs.frozen
class Edition:
    """An active edition. `until` is the first day on which it no longer holds, None while open.

    `figures` is a value of the kind's schema. Keep `id` beside a decision that was made under it.
    """

    id: UUID
    kind: str
    title: str
    legal_basis: str
    source: str
    confidence: str
    effective_from: dt.date
    until: dt.date | None
    body_sha256: str
    figures: Any = attrs.field(repr=False, eq=False)

    @property
    def ref(self) -> RecordRef:
        return RecordRef(REF_KIND, str(self.id), self.title)

    def holds_on(self, day: dt.date) -> bool:
        """Whether this is the edition of that day."""
        return self.effective_from <= day and (self.until is None or day < self.until)


def edition(view: View, kind: str, on: dt.date) -> Edition | None:
    """The edition of a kind that holds on a date, or None when none does."""
    known = kind_named(view.app, kind)
    for row, until in _timeline(view, kind):
        if row.effective_from <= on and (until is None or on < until):
            return _editions(view, known, [(row, until)])[0]
    return None


def require_edition(view: View, kind: str, on: dt.date) -> Edition:
    """The edition of a kind that holds on a date; ConflictError naming the gap when none does."""
    found = edition(view, kind, on)
    if found is None:
        raise ConflictError(
            _("Belum ada edisi “%(title)s” yang berlaku pada %(day)s."),
            advice=_("Buat dan aktifkan edisinya di halaman Peraturan."),
            title=kind_named(view.app, kind).title,
            day=format_date(on),
        )
    return found


def editions(view: View, kind: str) -> tuple[Edition, ...]:
    """Every edition of a kind that holds on some day, in order of time."""
    return _editions(view, kind_named(view.app, kind), _timeline(view, kind))


def edition_by_id(view: View, edition_id: UUID) -> Edition:
    """The edition under which something was decided, also when another holds by now."""
    kind = view.session.execute(
        select(RegulationEdition.kind).where(
            RegulationEdition.id == edition_id, RegulationEdition.status == "active"
        )
    ).scalar_one_or_none()
    if kind is None:
        raise NotFoundError(_("Edisi peraturan itu tidak ada atau belum berlaku."))
    known = kind_named(view.app, kind)
    held = [pair for pair in _timeline(view, kind) if pair[0].id == edition_id]
    if not held:  # corrected by a later activation from the same day
        rows = view.session.execute(_columns().where(RegulationEdition.id == edition_id)).all()
        held = [(row, row.effective_from) for row in rows]
    return _editions(view, known, held)[0]


def spans(view: View) -> dict[UUID, tuple[dt.date, dt.date | None]]:
    """From which day until which day (not included) each edition of any kind holds."""
    rows = view.session.execute(
        _columns()
        .where(RegulationEdition.status == "active")
        .order_by(RegulationEdition.kind, *_IN_TIME)
    ).all()
    return {
        row.id: (row.effective_from, until)
        for _kind, group in groupby(rows, key=lambda row: row.kind)
        for row, until in _held(list(group))
    }


def _columns() -> Any:
    return select(
        RegulationEdition.id,
        RegulationEdition.kind,
        RegulationEdition.title,
        RegulationEdition.legal_basis,
        RegulationEdition.source,
        RegulationEdition.confidence,
        RegulationEdition.effective_from,
        RegulationEdition.effective_to,
        RegulationEdition.body_sha256,
    )


def _timeline(view: View, kind: str) -> list[tuple[Row[Any], dt.date | None]]:
    return _held(_ACTIVE.rows(view.connection, {"kind": kind}))


_IN_TIME = (
    RegulationEdition.effective_from,
    RegulationEdition.activated_at,
    RegulationEdition.id,
)
_ACTIVE = Prepared(
    _columns()
    .where(RegulationEdition.kind == bindparam("kind"), RegulationEdition.status == "active")
    .order_by(*_IN_TIME)
)


def _held(rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], dt.date | None]]:
    """Those of one kind that hold on some day, with the first day on which each no longer does."""
    held: list[tuple[Row[Any], dt.date | None]] = []
    for row, following in zip_longest(rows, rows[1:]):
        if following is not None and following.effective_from == row.effective_from:
            continue
        ends = [end for end in (row.effective_to, following and following.effective_from) if end]
        held.append((row, min(ends) if ends else None))
    return held


_kept: "WeakKeyDictionary[Leuit, dict[UUID, Any]]" = WeakKeyDictionary()
"""Structured figures by installation and edition; an installation that is gone takes its own."""
_lock = threading.Lock()


def _editions(
    view: View, kind: RegulationKind, held: Sequence[tuple[Row[Any], dt.date | None]]
) -> tuple[Edition, ...]:
    figures = _figures(view, kind, [row.id for row, _until in held])
    return tuple(
        Edition(
            id=row.id,
            kind=row.kind,
            title=row.title,
            legal_basis=row.legal_basis,
            source=row.source,
            confidence=row.confidence,
            effective_from=row.effective_from,
            until=until,
            body_sha256=row.body_sha256,
            figures=figures[row.id],
        )
        for row, until in held
    )


def _figures(view: View, kind: RegulationKind, ids: Iterable[UUID]) -> dict[UUID, Any]:
    with _lock:
        kept = _kept.setdefault(view.app, {})
        found = {edition_id: kept[edition_id] for edition_id in ids if edition_id in kept}
    missing = [edition_id for edition_id in ids if edition_id not in found]
    if missing:
        rows = view.session.execute(
            select(
                RegulationEdition.id, RegulationEdition.body, RegulationEdition.body_sha256
            ).where(RegulationEdition.id.in_(missing))
        ).all()
        fresh = {row.id: _structured(kind, row.id, row.body, row.body_sha256) for row in rows}
        found.update(fresh)
        with _lock:
            kept.update(fresh)
    return found


def _structured(kind: RegulationKind, edition_id: UUID, body: Any, sha256: str) -> Any:
    if digest(body) != sha256:
        raise UnavailableError(
            _("Isi edisi %(id)s di basis data tidak cocok dengan sidik jarinya."),
            advice=_("Pulihkan baris itu dari cadangan; tidak ada yang dihitung dengannya."),
            id=str(edition_id),
        )
    _plain, faults = read_body(kind, body)
    if faults:
        raise UnavailableError(
            _("Isi edisi %(id)s tidak dapat dibaca program ini: %(path)s."),
            advice=_("Pasang versi plugin yang mengenal bentuk isi itu."),
            id=str(edition_id),
            path=faults[0].path,
        )
    return kind.structure(body)
