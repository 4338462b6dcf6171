"""Any course of filing: a record lies in at most one dossier, for ever, at a place without a gap.

Contents are kept beside by a list for each dossier; who may go where is worked out from the words
of the rule alone. Each example hands its own records over, on the shelves of those before it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.values import ConflictError
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import FILED, WAITING, Dossier, Record
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.dossiers import close_dossier, reopen_dossier
from leuit_archives.service.filing import ChosenRecord, NewDossier, file_as_proposed, file_records
from tests.archives.archive_room import Room, archive_room

CODES = ("000.1", "000.1.2", "000.1.3", "900.1")
SOURCES = ("uji.nota", "uji.surat", "uji.asing")
_AT = st.integers(0, 5)
_ACTION: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("hand"), st.sampled_from(SOURCES), st.sampled_from([2025, 2026])),
    st.tuples(st.just("hand"), st.sampled_from(SOURCES), st.just(2026)),
    st.tuples(
        st.just("new"), st.lists(_AT, min_size=1, max_size=3, unique=True), st.integers(0, 3)
    ),
    st.tuples(st.just("into"), st.lists(_AT, min_size=1, max_size=3, unique=True), _AT),
    st.tuples(st.just("proposed"), st.lists(_AT, min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("move"), _AT, _AT),
    st.tuples(st.just("code"), _AT, st.sampled_from(CODES)),
    st.tuples(st.just("close"), _AT),
    st.tuples(st.just("reopen"), _AT),
)


@attrs.define
class Shelves:
    """What should lie where, in this example; `lists` hold the titles of each dossier in order."""

    room: Room
    name: str
    sha256: str
    lists: dict[UUID, list[UUID]] = attrs.field(factory=dict)
    mine: list[UUID] = attrs.field(factory=list)
    filed: dict[UUID, int] = attrs.field(factory=dict)

    def record(self, at: int) -> Record | None:
        """One of the example's records."""
        return self.room.record(self.mine[at % len(self.mine)]) if self.mine else None

    def dossier(self, at: int) -> Dossier | None:
        """One of the unit's dossiers, the newest first."""
        found = [one for one in self.room.dossiers() if one.unit_id == self.room.unit]
        return found[-1 - at % len(found)] if found else None

    def put(self, record_id: UUID) -> None:
        """Write down that a record was filed where it lies now, as the last."""
        dossier_id = self.room.record(record_id).dossier_id
        assert dossier_id is not None
        self.lists.setdefault(dossier_id, []).append(record_id)
        self.filed[record_id] = self.filed.get(record_id, 0) + 1


def fits(record: Record, dossier: Dossier, code: str | None) -> bool:
    """The rule in other words: open, of the unit, not older, its own code or one below it."""
    return (
        dossier.closed_on is None
        and dossier.unit_id == record.unit_id
        and record.date.year >= dossier.year
        and (code is None or f"{code}.".startswith(f"{dossier.class_code}."))
    )


def hand(shelves: Shelves, source: str, year: int) -> None:
    """A record comes in; a rule may file it at once."""
    key = f"{shelves.name}-{len(shelves.mine)}"
    record = shelves.room.handed(key, source, date=dt.date(year, 10, 1), sha256=shelves.sha256)
    shelves.mine.append(record.id)
    if record.state == FILED:
        assert source == "uji.nota"
        shelves.put(record.id)


def new(shelves: Shelves, places: Iterable[int], title: int) -> None:
    """Records are filed into a dossier by name, all or none."""
    file(shelves, places, NewDossier("000.1", f"Berkas {title}"))


def into(shelves: Shelves, places: Iterable[int], at: int) -> None:
    """Records are filed into a dossier that is there, all or none."""
    dossier = shelves.dossier(at)
    if dossier is not None:
        file(shelves, places, dossier.id)


def file(shelves: Shelves, places: Iterable[int], target: UUID | NewDossier) -> None:
    """File them, and see whether the rule would."""
    found = {one.id: one for at in places if (one := shelves.record(at)) is not None}
    if not found:
        return
    chosen = [ChosenRecord(one.id, one.version) for one in found.values()]
    dossier = None
    if isinstance(target, UUID):
        [dossier] = [one for one in shelves.room.dossiers() if one.id == target]
    should = all(
        one.state == WAITING and (dossier is None or fits(one, dossier, one.class_code))
        for one in found.values()
    )
    if dossier is None:
        should &= all(one.class_code in (None, *CODES[:3]) for one in found.values())
    try:
        with shelves.room.app.change(shelves.room.archivist) as work:
            file_records(work, chosen, target)
    except ConflictError:
        assert not should
        return
    assert should
    for filed in found:
        shelves.put(filed)


def proposed(shelves: Shelves, places: Iterable[int]) -> None:
    """Records are filed where they are proposed; others stay."""
    found = {one.id: one for at in places if (one := shelves.record(at)) is not None}
    if not found:
        return
    with shelves.room.app.change(shelves.room.second) as work:
        file_as_proposed(work, [ChosenRecord(one.id, one.version) for one in found.values()])
    for one in found.values():
        now = shelves.room.record(one.id)
        if one.state == WAITING:
            known = one.ref_kind != "uji.asing" or one.class_code is not None
            assert (now.state == FILED) == known
            if now.state == FILED:
                shelves.put(one.id)


def move(shelves: Shelves, at: int, to: int) -> None:
    """A filed record is moved by a correction."""
    record, target = shelves.record(at), shelves.dossier(to)
    if record is None or target is None or record.dossier_id in (None, target.id):
        return
    assert record.dossier_id is not None
    [origin] = [one for one in shelves.room.dossiers() if one.id == record.dossier_id]
    should = origin.closed_on is None and fits(record, target, record.class_code)
    assert correct(shelves, record, Correction(dossier_id=target.id)) == should
    if should:
        shelves.lists[origin.id].remove(record.id)
        shelves.lists.setdefault(target.id, []).append(record.id)


def code(shelves: Shelves, at: int, wanted: str) -> None:
    """The code of a record is corrected; it stays where it lies, or the correction is refused."""
    record = shelves.record(at)
    if record is None:
        return
    should = True
    if record.state == FILED:
        [dossier] = [one for one in shelves.room.dossiers() if one.id == record.dossier_id]
        dossier.closed_on = None
        should = fits(record, dossier, wanted)
    assert correct(shelves, record, Correction(code=wanted)) == should


def correct(shelves: Shelves, record: Record, wanted: Correction) -> bool:
    """Whether the correction was made."""
    try:
        with shelves.room.app.change(shelves.room.archivist) as work:
            correct_record(work, record.id, record.version, wanted, "Uji")
    except ConflictError:
        return False
    return True


def close(shelves: Shelves, at: int) -> None:
    """A dossier is closed, once."""
    dossier = shelves.dossier(at)
    if dossier is not None and dossier.closed_on is None:
        with shelves.room.app.change(shelves.room.archivist) as work:
            close_dossier(work, dossier.id, dossier.version, work.today)


def reopen(shelves: Shelves, at: int) -> None:
    """A closed dossier is opened again."""
    dossier = shelves.dossier(at)
    if dossier is not None and dossier.closed_on is not None:
        with shelves.room.app.change(shelves.room.archivist) as work:
            reopen_dossier(work, dossier.id, dossier.version, "Uji")


ACTS = {act.__name__: act for act in (hand, new, into, proposed, move, code, close, reopen)}


def check(shelves: Shelves) -> None:
    """Places as the lists say and without a gap; one entry of filing for each record filed."""
    with shelves.room.app.read(SYSTEM) as view:
        rows: Any = view.connection.execute(
            select(Record.dossier_id, Record.id, Record.place)
            .where(Record.dossier_id.is_not(None))
            .order_by(Record.dossier_id, Record.place)
        ).all()
        entries: dict[str, int] = {
            row[0]: row[1]
            for row in view.connection.execute(
                select(AuditEntry.ref_id, func.count())
                .where(AuditEntry.action == "archives.record.filed")
                .group_by(AuditEntry.ref_id)
            )
        }
        serials = view.connection.execute(
            select(Dossier.unit_id, Dossier.class_code, Dossier.year, Dossier.serial).order_by(
                Dossier.unit_id, Dossier.class_code, Dossier.year, Dossier.serial
            )
        ).all()
    places: dict[UUID, list[UUID]] = {}
    for dossier_id, record_id, place in rows:
        inside = places.setdefault(dossier_id, [])
        inside.append(record_id)
        assert place == len(inside)
    assert entries == {str(record_id): 1 for inside in places.values() for record_id in inside}
    assert set(shelves.filed.values()) <= {1}
    mine = set(shelves.mine)
    for dossier_id, wanted in shelves.lists.items():
        assert [one for one in places.get(dossier_id, []) if one in mine] == wanted
    counted: dict[Any, list[int]] = {}
    for unit, class_code, year, serial in serials:
        counted.setdefault((unit, class_code, year), []).append(serial)
    assert all(found == list(range(1, len(found) + 1)) for found in counted.values())


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


@pytest.mark.ci
def test_any_course_leaves_every_record_in_its_place(room: Room) -> None:
    """Whatever people do in whatever order, and after each refusal, the shelves are as told."""
    count, sha256 = 0, room.stored().sha256

    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(_ACTION, min_size=4, max_size=14))
    def course(actions: list[tuple[Any, ...]]) -> None:
        nonlocal count
        count += 1
        shelves = Shelves(room, f"c{count}", sha256)
        for name, *rest in actions:
            ACTS[name](shelves, *rest)
        check(shelves)

    course()
