"""Official lists: which columns each has, and where its rows come from.

A new list is one `OfficialList` here: a title, a choice of columns, and a source that gives rows by
column, page by page, so that a list of any length is written in the memory of one page.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import exists, func, select, tuple_

from leuit.identity import Unit, UnitLink, holds_on
from leuit.values import format_date, local_day
from leuit.work import View
from leuit_archives.models import Addressee, Appraisal, Letter, RecordFile, Retention
from leuit_archives.models.letters import IN, OUT, REGISTERED, SENT, VOID
from leuit_archives.rules.final_actions import DESTROY, EXTEND, KEEP
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE, TO_DESTROY

from .appraisals import last_appraisals
from .effective import effective_rules
from .letter_access import visible_letters
from .list_columns import Column, columns
from .record_access import find_dossier, signature_of
from .record_listing import DossierFilter, ListedDossier, contents, dossiers

Row = dict[str, Any]
PAGE = 500
_GRADES = ("Biasa/Terbuka", "Terbatas", "Rahasia", "Sangat Rahasia")
_UNDECIDED = "Perlu diputuskan orang"
_ENDS = {DESTROY: "Musnah", KEEP: "Permanen"}
_LETTER_STATES = {REGISTERED: "Dicatat", SENT: "Diteruskan", VOID: "Batal"}
"""Words on paper, which is in Indonesian whoever prints it."""


@attrs.frozen
class Asked:
    """What a list is of; each list takes what it knows of."""

    dossiers: DossierFilter = attrs.field(factory=DossierFilter)
    dossier_id: UUID | None = None
    unit_id: UUID | None = None
    year: int | None = None


@attrs.frozen
class OfficialList:
    """One list: `name` is its address, `rows` gives what the reader may read of what was asked."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[View, Asked], Iterator[Row]]


def _dossiers(view: View, asked: Asked) -> Iterator[Row]:
    """Dossiers, the newest first as their page has them."""
    after = None
    while found := dossiers(view, asked.dossiers, PAGE, after=after):
        after = found[-1].dossier.id
        yield from _dossier_rows(view, found)
        view.session.expunge_all()


def _dossier_rows(view: View, found: Sequence[ListedDossier]) -> Iterator[Row]:
    rules = effective_rules(view, [one.dossier for one in found])
    for one in found:
        dossier, rule = one.dossier, rules[one.dossier.id]
        yield {
            "dossier": signature_of(dossier),
            "unit": one.unit,
            "code": dossier.class_code,
            "description": dossier.title,
            "span": _span(one.first, one.last),
            "amount": one.count,
            "measure": "arsip",
            "active": rule.active(_UNDECIDED),
            "inactive": rule.inactive(_UNDECIDED),
            "final": rule.final,
            "ends_on": _day(rule.ends_on),
            "held": rule.held,
            "remark": ", ".join(str(word) for word, _tone in rule.states),
        }


def _in_state(state: str, *, decided: bool = False) -> Callable[[View, Asked], Iterator[Row]]:
    """Dossiers in one state of their retention, with what it says of them.

    `decided` keeps those on which people decided by an appraisal, in whatever state.
    """

    def rows(view: View, asked: Asked) -> Iterator[Row]:
        wanted = attrs.evolve(asked.dossiers, retention=state, appraised=decided)
        after = None
        while found := dossiers(view, wanted, PAGE, after=after):
            after = found[-1].dossier.id
            told = list(_dossier_rows(view, found))
            kept = _retention(view, [one.dossier.id for one in found])
            last = last_appraisals(view, [one.dossier.id for one in found])
            for one, row in zip(found, told, strict=True):
                retention = kept[one.dossier.id]
                yield {
                    **row,
                    **_appraised(retention, last.get(one.dossier.id)),
                    "inactive_from": _day(retention.inactive_from),
                    "ends_on": _day(retention.ends_on),
                    "remark": _remark(vital=retention.vital, held=row["held"]),
                }
            view.session.expunge_all()

    return rows


def _remark(*, vital: bool, held: bool) -> str:
    told = [*(["Vital atau terjaga"] if vital else []), *(["Ditahan"] if held else [])]
    return ", ".join(told)


def _appraised(kept: Retention, last: Appraisal | None) -> Row:
    """What an appraisal says of a dossier on paper: the end that it decided, and by what."""
    if last is None or not kept.appraised:
        return {"decision": "", "paper": ""}
    extended = last.decision == EXTEND
    return {
        "decision": f"Diperpanjang {last.years} tahun" if extended else _ENDS[last.decision],
        "paper": f"{last.number}, {_day(last.dated)}",
        "final": _ENDS.get(kept.final_action, "Dinilai kembali"),
    }


def _retention(view: View, ids: Sequence[UUID]) -> dict[UUID, Retention]:
    rows = view.session.scalars(select(Retention).where(Retention.dossier_id.in_(ids)))
    return {row.dossier_id: row for row in rows}


def _contents(view: View, asked: Asked) -> Iterator[Row]:
    """What lies in one dossier."""
    assert asked.dossier_id is not None
    dossier = find_dossier(view, asked.dossier_id)
    number, after = signature_of(dossier), 0
    while found := contents(view, dossier.id, PAGE, after=after):
        after = found[-1].place or 0
        files = _files(view, [record.id for record in found])
        for record in found:
            yield {
                "dossier": number,
                "code": record.class_code,
                "description": record.title,
                "number": record.number,
                "dated": format_date(record.date, "medium"),
                "amount": files[record.id],
                "measure": "file",
                "stage": "Asli" if record.signed else "Salinan",
                "medium": "Elektronik",
                "secrecy": _GRADES[record.secrecy - 1],
                "remark": "Retensi asal belum diperiksa" if record.legacy_unverified else "",
            }
        view.session.expunge_all()


def _agenda(direction: str) -> Callable[[View, Asked], Iterator[Row]]:
    """Letters of one direction that are in the agenda, in its order."""

    def rows(view: View, asked: Asked) -> Iterator[Row]:
        after = None
        while found := _letters(view, asked, direction, after):
            after = found[-1][0]
            receivers = _receivers(view, [letter.id for letter, _unit in found])
            for letter, unit in found:
                yield {
                    "unit": unit,
                    "agenda": letter.agenda,
                    "came": _day(letter.received_on),
                    "went": _day(letter.sent_at and local_day(letter.sent_at, view.app.zone)),
                    "number": letter.number,
                    "dated": _day(letter.dated),
                    "sender": letter.sender,
                    "receivers": "; ".join(receivers.get(letter.id, ())),
                    "subject": letter.subject,
                    "urgency": letter.urgency,
                    "secrecy": _GRADES[letter.secrecy - 1],
                    "remark": _LETTER_STATES.get(letter.state, ""),
                }
            view.session.expunge_all()

    return rows


DOSSIERS = OfficialList(
    "berkas",
    "Daftar berkas",
    columns(
        "item",
        "dossier",
        "unit",
        "code",
        "description",
        "span",
        "amount",
        "measure",
        "active",
        "inactive",
        "final",
        "ends_on",
        "remark",
    ),
    _dossiers,
)
CONTENTS = OfficialList(
    "isi-berkas",
    "Daftar isi berkas",
    columns(
        "item",
        "dossier",
        "code",
        "description",
        "number",
        "dated",
        "amount",
        "measure",
        "stage",
        "medium",
        "secrecy",
        "remark",
    ),
    _contents,
)
_KEPT = (
    "item",
    "dossier",
    "unit",
    "code",
    "description",
    "span",
    "amount",
    "measure",
    "active",
    "inactive",
    "final",
    "inactive_from",
    "ends_on",
    "remark",
)
ACTIVE_RECORDS = OfficialList(
    "arsip-aktif", "Daftar arsip aktif", columns(*_KEPT), _in_state(ACTIVE)
)
INACTIVE_RECORDS = OfficialList(
    "arsip-inaktif", "Daftar arsip inaktif", columns(*_KEPT), _in_state(INACTIVE)
)
TO_BE_DESTROYED = OfficialList(
    "usul-musnah", "Daftar arsip usul musnah", columns(*_KEPT), _in_state(TO_DESTROY)
)
APPRAISED = OfficialList(
    "dinilai-kembali",
    "Daftar arsip yang dinilai kembali",
    columns(*_KEPT[:-1], "decision", "paper", "remark"),
    _in_state("", decided=True),
)
BY_RETENTION = {
    ACTIVE: ACTIVE_RECORDS,
    INACTIVE: INACTIVE_RECORDS,
    TO_DESTROY: TO_BE_DESTROYED,
    "appraised": APPRAISED,
}
"""Lists of dossiers by the state of their retention, and of those that people appraised."""

LETTERS_IN = OfficialList(
    "naskah-masuk",
    "Buku registrasi naskah masuk",
    columns(
        "unit",
        "agenda",
        "came",
        "number",
        "dated",
        "sender",
        "receivers",
        "subject",
        "urgency",
        "secrecy",
        "remark",
    ),
    _agenda(IN),
)
LETTERS_OUT = OfficialList(
    "naskah-keluar",
    "Buku registrasi naskah keluar",
    columns(
        "unit",
        "agenda",
        "went",
        "number",
        "dated",
        "receivers",
        "subject",
        "urgency",
        "secrecy",
        "remark",
    ),
    _agenda(OUT),
)
LISTS = {
    one.name: one for one in (DOSSIERS, CONTENTS, *BY_RETENTION.values(), LETTERS_IN, LETTERS_OUT)
}


def numbered(view: View, wanted: OfficialList, asked: Asked) -> Iterator[Row]:
    """The rows of a list with their numbers, counted over what the reader may read."""
    for item, row in enumerate(wanted.rows(view, asked), 1):
        yield {"item": item, **row}


def unit_of(view: View, wanted: OfficialList, asked: Asked) -> UUID:
    """The unit whose letterhead a list bears: that of what it is of, else the regency itself."""
    if wanted is CONTENTS and asked.dossier_id is not None:
        return find_dossier(view, asked.dossier_id).unit_id
    chosen = asked.dossiers.unit_id or asked.unit_id
    if chosen is not None and view.session.get(Unit, chosen) is not None:
        return chosen
    linked = exists().where(
        UnitLink.unit_id == Unit.id, holds_on(UnitLink.valid_from, UnitLink.valid_to, view.today)
    )
    root: UUID = view.connection.execute(select(Unit.id).where(~linked).limit(1)).scalar_one()
    return root


def _letters(
    view: View, asked: Asked, direction: str, last: Letter | None
) -> Sequence[tuple[Letter, str]]:
    """The next letters behind the last one, by unit, year and number."""
    order = (Letter.unit_id, Letter.year, Letter.agenda)
    query = (
        select(Letter, Unit.short)
        .join(Unit, Unit.id == Letter.unit_id)
        .where(Letter.direction == direction, Letter.agenda.is_not(None), visible_letters(view))
    )
    if asked.unit_id is not None:
        query = query.where(Letter.unit_id == asked.unit_id)
    if asked.year is not None:
        query = query.where(Letter.year == asked.year)
    if last is not None:
        query = query.where(tuple_(*order) > (last.unit_id, last.year, last.agenda))
    rows = view.session.execute(query.order_by(*order).limit(PAGE))
    return [(row[0], row[1]) for row in rows]


def _receivers(view: View, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """To whom letters went, in their order."""
    rows = view.connection.execute(
        select(Addressee.letter_id, Addressee.name)
        .where(Addressee.letter_id.in_(ids))
        .order_by(Addressee.letter_id, Addressee.part.desc(), Addressee.place)
    )
    found: dict[UUID, list[str]] = {}
    for letter_id, name in rows:
        found.setdefault(letter_id, []).append(name)
    return found


def _files(view: View, ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many files records have."""
    rows = view.connection.execute(
        select(RecordFile.record_id, func.count())
        .where(RecordFile.record_id.in_(ids))
        .group_by(RecordFile.record_id)
    )
    return dict.fromkeys(ids, 0) | {row[0]: row[1] for row in rows}


def _day(day: dt.date | None) -> str:
    return format_date(day, "medium") if day else ""


def _span(first: dt.date | None, last: dt.date | None) -> str:
    """The years and days between which the contents were made (kurun waktu)."""
    if first is None or first == last:
        return _day(first)
    return f"{_day(first)} – {_day(last)}"
