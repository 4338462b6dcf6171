"""What programs are told of records and dossiers, and how a change answers."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeVar
from uuid import UUID

import attrs

from leuit.web import Request, Response, json_answer, wrong_cursor
from leuit.work import View, Work
from leuit_archives.models import Dossier, Record
from leuit_archives.rules.secrecy import GRADES
from leuit_archives.service.correcting import history_of
from leuit_archives.service.effective import Effective, effective_rules
from leuit_archives.service.record_access import find_dossier, find_record, signature_of
from leuit_archives.service.record_listing import (
    ListedDossier,
    files_of,
    listed_dossier,
    shown_places,
)
from leuit_archives.service.stubs import Stub, stub_of

Told = TypeVar("Told")
Grade = Literal["open", "limited", "secret", "top_secret"]


@attrs.frozen
class RecordLine:
    """A record in a list; `secrecy` is `open`, `limited`, `secret` or `top_secret`.

    `source` is the kind of the caller's own record. `code` is null until it is classified,
    `dossier_id` and `place` until it is filed. `place` counts what the asker may read there.
    """

    id: UUID
    title: str
    number: str
    date: dt.date
    kind: str
    source: str
    unit_id: UUID
    signed: bool
    secrecy: str
    state: str
    code: str | None
    dossier_id: UUID | None
    place: int | None
    version: int


@attrs.frozen
class FileAnswer:
    """A file of a record, by its place there."""

    place: int
    name: str
    sha256: str


@attrs.frozen
class EventAnswer:
    """What happened to a record: `details` of a correction are `before`, `after` and `reason`."""

    at: dt.datetime
    action: str
    actor: str
    details: dict[str, Any]


@attrs.frozen
class DestroyedAnswer:
    """When a record was destroyed, by which list and place there, and the hashes of its files;
    those in `still_there` another service needs yet.
    """

    at: dt.datetime
    list: str
    place: int
    hashes: tuple[str, ...]
    still_there: tuple[str, ...]


@attrs.frozen
class RecordAnswer:
    """A record with its files and its history; `destroyed` is null while it lives.

    Of a destroyed record no details are told.
    """

    record: RecordLine
    files: list[FileAnswer]
    history: list[EventAnswer]
    destroyed: DestroyedAnswer | None


@attrs.frozen
class DossierAnswer:
    """A dossier; `count`, `first` and `last` are of what the asker may read in it.

    Its periods are those of the rule that keeps it longest; `final_action`, `retention_years` (both
    periods with what an appraisal added) and `retention_ends_on` are those that hold today. Years
    of null with an empty final action: no rule of the schedule is there for it.
    """

    id: UUID
    number: str
    title: str
    unit_id: UUID
    code: str
    code_title: str
    year: int
    serial: int
    opened_on: dt.date
    closed_on: dt.date | None
    active_years: int | None
    active_trigger: str
    inactive_years: int | None
    inactive_trigger: str
    final_action: str
    retention_years: int | None
    retention_ends_on: dt.date | None
    count: int
    first: dt.date | None
    last: dt.date | None
    version: int


def lines_of(view: View, found: Sequence[Record]) -> list[RecordLine]:
    """Records as lists tell them."""
    places = shown_places(view, found)
    return [_line_of(record, places.get(record.id)) for record in found]


def _line_of(record: Record, place: int | None) -> RecordLine:
    return RecordLine(
        id=record.id,
        title=record.title,
        number=record.number,
        date=record.date,
        kind=record.kind,
        source=record.ref_kind,
        unit_id=record.unit_id,
        signed=record.signed,
        secrecy=GRADES[record.secrecy - 1],
        state=record.state,
        code=record.class_code,
        dossier_id=record.dossier_id,
        place=place,
        version=record.version,
    )


def record_answer(view: View, record_id: UUID) -> RecordAnswer:
    """A record that the asker may read."""
    record = find_record(view, record_id)
    [line] = lines_of(view, [record])
    return RecordAnswer(
        line,
        [FileAnswer(one.place, one.name, one.sha256) for one in files_of(view, record.id)],
        [
            EventAnswer(one.at, one.action, one.actor, one.details)
            for one in history_of(view, record)
        ],
        _destroyed(stub_of(view, record)),
    )


def _destroyed(stub: Stub | None) -> DestroyedAnswer | None:
    if stub is None:
        return None
    return DestroyedAnswer(stub.destroyed_at, stub.number, stub.place, stub.hashes, stub.there)


def dossier_answer(view: View, dossier_id: UUID) -> DossierAnswer:
    """A dossier that the asker may see."""
    [told] = told_dossiers(view, [listed_dossier(view, find_dossier(view, dossier_id))])
    return told


def told_dossiers(view: View, found: Sequence[ListedDossier]) -> list[DossierAnswer]:
    """Dossiers as programs are told them."""
    rules = effective_rules(view, [one.dossier for one in found])
    return [_told_dossier(one, rules[one.dossier.id]) for one in found]


def _told_dossier(one: ListedDossier, rule: Effective) -> DossierAnswer:
    dossier: Dossier = one.dossier
    return DossierAnswer(
        id=dossier.id,
        number=signature_of(dossier),
        title=dossier.title,
        unit_id=dossier.unit_id,
        code=dossier.class_code,
        code_title=dossier.class_title,
        year=dossier.year,
        serial=dossier.serial,
        opened_on=dossier.opened_on,
        closed_on=dossier.closed_on,
        active_years=rule.active_years,
        active_trigger=rule.active_trigger,
        inactive_years=rule.inactive_years,
        inactive_trigger=rule.inactive_trigger,
        final_action=rule.final_action,
        retention_years=rule.years,
        retention_ends_on=rule.ends_on,
        count=one.count,
        first=one.first,
        last=one.last,
        version=dossier.version,
    )


def changed(request: Request, act: Callable[[Work], Any]) -> Response:
    """Act in one unit of work; the answer is what `act` returns, made before the unit ends."""
    with request.change() as work:
        answer = act(work)
    return told(answer)


def each(kind: type[Told], rows: Iterable[object]) -> list[Told]:
    """Rows as a class whose fields they have."""
    names = [field.name for field in attrs.fields(kind)]  # type: ignore[arg-type]  # a class of attrs
    return [kind(**{name: getattr(row, name) for name in names}) for row in rows]


def told(answer: Any, status: int = 200) -> Response:
    """An answer about papers of people: kept by nobody on the way."""
    response = json_answer(answer, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def id_of(text: str) -> UUID:
    """The id in a cursor; a refusal for a cursor that no page gave."""
    try:
        return UUID(text)
    except ValueError:
        raise wrong_cursor() from None
