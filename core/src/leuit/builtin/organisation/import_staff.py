"""Staff from a table: what each row would do, worked out without touching the database.

Columns: nip, nik, name, sex, unit_code, position, is_head, kind, pin, effective, until, email,
account. A person is known by NIP, else by NIK; names are labels. An empty cell says nothing, and
never takes anything away. `kind` is definitif when empty; a person may stand in several rows, once
definitif and any number of times as Plt. or Plh. `effective` (today when empty) is the day from
which post and PIN hold, `until` the last day of the post. Rows are judged together: two people may
change PINs, and a head may follow another, in one file and in any order.
"""

import datetime as dt
import re
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.checks import TextChecker
from leuit.identity import DEFINITIF
from leuit.values import LeuitError, _, format_date, new_id, parse_date
from leuit.work import View

from .import_units import day_of
from .people import PIN, Details, check_details
from .posts import KINDS
from .report import RowReport, answer
from .staff_state import PersonState, PostState, StaffState, load_staff, share_a_day
from .tables import Line

COLUMNS = (
    "nip",
    "nik",
    "name",
    "sex",
    "unit_code",
    "position",
    "is_head",
    "kind",
    "pin",
    "effective",
    "until",
    "email",
    "account",
)
REQUIRED = ("name", "unit_code", "position")
_ROUNDED = re.compile(r"[0-9][.,][0-9]+[eE][+]?[0-9]+|[0-9]{15,}[.]0")


@attrs.define
class StaffPlan:
    """The rows' reports, and the state with all that is to be written."""

    state: StaffState
    today: dt.date
    actor: UUID | None
    rows: list[RowReport] = attrs.field(factory=list)
    people: dict[int, PersonState] = attrs.field(factory=dict)
    since: dict[UUID, dt.date] = attrs.field(factory=dict)
    seen: dict[tuple[Any, ...], int] = attrs.field(factory=dict)
    pin_rows: dict[str, list[tuple[RowReport, UUID]]] = attrs.field(factory=dict)
    head_rows: dict[UUID, list[tuple[RowReport, UUID]]] = attrs.field(factory=dict)


@attrs.frozen
class Wanted:
    """One row, read: what it says of person, post, PIN and account."""

    row: RowReport
    details: Details
    unit: Any
    title: str
    is_head: bool | None
    kind: str
    pin: str
    day: dt.date
    until: dt.date | None
    account: bool | None


def plan_staff(view: View, lines: tuple[Line, ...], default_day: dt.date) -> StaffPlan:
    """What the lines would do to the staff as `view` sees it."""
    plan = StaffPlan(load_staff(view), view.today, view.identity.person_id)
    for line in lines:
        key = line.get("nip") or line.get("nik")
        row = RowReport(line.number, key, line.get("name"))
        plan.rows.append(row)
        wanted = _read(plan.state, row, line, default_day)
        person = _find(plan, wanted)
        if row.faults:
            continue
        _set_person(plan, wanted, person)
    _judge_pins(plan)
    _judge_heads(plan)
    return plan


def _read(state: StaffState, row: RowReport, line: Line, default_day: dt.date) -> Wanted:
    """Every cell of a row, with every fault."""
    checker = TextChecker()
    for column in ("nip", "nik"):
        if _ROUNDED.fullmatch(line.get(column)):
            sentence = _("Angka ini sudah dibulatkan lembar kerja; ubah kolomnya menjadi Teks.")
            checker.fault(column, sentence, "rounded")
    rounded = bool(checker.faults)
    details = check_details(
        checker,
        nip=line.get("nip"),
        nik=line.get("nik"),
        name=line.get("name"),
        sex=line.get("sex"),
        email=line.get("email"),
    )
    title = checker.read("position", line.get("position"), most=200)
    kinds = {kind.lower().rstrip("."): kind for kind in KINDS}
    kind = kinds.get(line.get("kind").lower().rstrip(".") or DEFINITIF)
    if kind is None:
        checker.fault("kind", _("Isi definitif, Plt., atau Plh."))
    pin = line.get("pin")
    if pin and not PIN.fullmatch(pin):
        checker.fault("pin", _("PIN mesin: 1 sampai 24 angka atau huruf."))
    for fault in checker.faults:
        if not rounded or fault.code == "rounded" or fault.path not in ("nip", "nik"):
            row.faults.append(fault)
            row.status = "ditolak"
    day = day_of(row, line, default_day)
    unit = state.units.get(line.get("unit_code"))
    if unit is None:
        row.refuse("unit_code", _("Unit “%s” tidak ada.") % line.get("unit_code"))
    elif day < unit.valid_from or (unit.valid_to is not None and day >= unit.valid_to):
        row.refuse("effective", _("Unit itu tidak ada pada %s.") % format_date(day))
    elif unit.id not in state.editable:
        row.refuse("unit_code", _("Anda tidak berhak mengubah unit “%s”.") % unit.short)
    return Wanted(
        row=row,
        details=details,
        unit=unit,
        title=title,
        is_head=answer(row, "is_head", line.get("is_head")),
        kind=kind or DEFINITIF,
        pin=pin,
        day=day,
        until=_until(row, line, day),
        account=answer(row, "account", line.get("account")),
    )


def _until(row: RowReport, line: Line, day: dt.date) -> dt.date | None:
    """The first day on which the post no longer holds, from the last day on which it does."""
    text = line.get("until")
    if not text:
        return None
    try:
        last = parse_date(text)
    except LeuitError as error:
        row.refuse("until", error)
        return None
    if last < day:
        row.refuse("until", _("Tanggal akhir tidak boleh sebelum tanggal mulai."))
        return None
    return last + dt.timedelta(days=1)


def _find(plan: StaffPlan, wanted: Wanted) -> PersonState | None:
    """The person that a row speaks of; faults when the row may not speak of him."""
    state, row, details = plan.state, wanted.row, wanted.details
    by_nip = state.by_nip.get(details.nip) if details.nip else None
    by_nik = state.by_nik.get(details.nik) if details.nik else None
    person = by_nip or by_nik
    if person is None:
        return None
    if by_nip and by_nik and by_nip is not by_nik:
        row.refuse("nik", _("NIP dan NIK ini milik dua pegawai yang berbeda."))
    elif details.nik and person.nik and person.nik != details.nik:
        row.refuse("nik", _("NIK berbeda dari yang tersimpan; NIK tidak pernah berubah."))
    units = {
        state.posts_by_id[span.value].unit_id
        for spans in person.posts.values()
        for span in spans
        if span.valid_to is None or span.valid_to > plan.today
    }
    if units and not units & state.editable:
        row.refuse("nip", _("Pegawai ini berada di luar unit yang Anda kelola."))
    if person.id == plan.actor:
        row.refuse("nip", _("Anda tidak dapat mengubah penempatan Anda sendiri."))
    return person


def _set_person(plan: StaffPlan, wanted: Wanted, person: PersonState | None) -> None:
    row, details, state = wanted.row, wanted.details, plan.state
    if person is None:
        person = PersonState(
            new_id(), details.nip, details.nik, details.name, details.sex, details.email, new=True
        )
        state.add_person(person)
        row.changed(_("pegawai baru"), new=True)
    else:
        _set_details(plan, wanted, person)
    plan.people[row.number] = person
    post = _set_post(plan, wanted, person)
    try:
        _assign(plan, wanted, person, post)
        _set_pin(plan, wanted, person)
    except LeuitError as error:
        row.refuse("effective", error)
    if wanted.account and person.login is None:
        _open_account(plan, wanted, person)


def _set_details(plan: StaffPlan, wanted: Wanted, person: PersonState) -> None:
    titles = {
        "nip": _("NIP"),
        "nik": _("NIK"),
        "name": _("nama"),
        "sex": _("jenis kelamin"),
        "email": _("surel"),
    }
    before = person.nip
    for field, title in titles.items():
        value = getattr(wanted.details, field)
        old = getattr(person, field)
        if value is None or value == old:
            continue
        wanted.row.changed(f"{title}: {old or '–'} → {value}")
        setattr(person, field, value)
        person.changed.add(field)
    if before and before != person.nip:
        plan.state.by_nip.pop(before, None)
        if person.login == before and person.nip is not None:
            if person.nip in plan.state.logins:
                wanted.row.refuse("nip", _("Sudah ada akun dengan NIP itu."))
                return
            person.login = person.nip
            person.changed.add("login")
            plan.state.logins.add(person.nip)
    plan.state.index(person)


def _set_post(plan: StaffPlan, wanted: Wanted, person: PersonState) -> PostState:
    post = plan.state.post(wanted.unit.id, wanted.title)
    if wanted.is_head is not None and post.is_head != wanted.is_head:
        post.is_head, post.changed = wanted.is_head, True
        word = _("jabatan kepala unit") if post.is_head else _("bukan lagi jabatan kepala unit")
        wanted.row.changed(f"{post.title}: {word}")
    if post.is_head:
        plan.head_rows.setdefault(post.id, []).append((wanted.row, person.id))
    return post


def _assign(plan: StaffPlan, wanted: Wanted, person: PersonState, post: PostState) -> None:
    state, row = plan.state, wanted.row
    own = wanted.kind == DEFINITIF
    key = (person.id, wanted.kind, None if own else post.id)
    if key in plan.seen:
        row.refuse("kind", _("Penempatan ini sudah ada di baris %s.") % plan.seen[key])
        return
    plan.seen[key] = row.number
    step = state.assignments.set(
        person.spans(wanted.kind, post.id),
        post.id,
        wanted.day,
        wanted.until,
        person_id=person.id,
        kind=wanted.kind,
        decree="",
    )
    if step.kind == "same":
        return
    since = format_date(wanted.day)
    sentence = f"{wanted.kind}: {post.title}, {wanted.unit.short}, " + _("mulai %s") % since
    if wanted.until is not None:
        last = wanted.until - dt.timedelta(days=1)
        sentence += " " + _("sampai %s") % format_date(last)
    if step.span is not None and step.kind != "resize":
        before = state.posts_by_id[step.span.value]
        sentence += f" ({_('sebelumnya')} {before.title}, {state.unit_names[before.unit_id]})"
    row.changed(sentence)
    plan.since[person.id] = min(wanted.day, plan.since.get(person.id, wanted.day))


def _set_pin(plan: StaffPlan, wanted: Wanted, person: PersonState) -> None:
    if not wanted.pin:
        return
    plan.pin_rows.setdefault(wanted.pin, []).append((wanted.row, person.id))
    step = plan.state.pins.set(person.pins, wanted.pin, wanted.day, person_id=person.id)
    if step.kind == "same":
        return
    sentence = f"PIN {wanted.pin}, " + _("mulai %s") % format_date(wanted.day)
    if step.span is not None:
        sentence += f" ({_('sebelumnya')} {step.span.value})"
    wanted.row.changed(sentence)
    plan.since[person.id] = min(wanted.day, plan.since.get(person.id, wanted.day))


def _open_account(plan: StaffPlan, wanted: Wanted, person: PersonState) -> None:
    if person.nip is None:
        wanted.row.refuse("account", _("Akun perlu NIP sebagai nama masuk."))
    elif person.nip in plan.state.logins:
        wanted.row.refuse("account", _("Sudah ada akun dengan NIP itu."))
    elif wanted.unit.id not in plan.state.managed:
        wanted.row.refuse("account", _("Anda tidak berhak mengelola akun di unit ini."))
    else:
        person.login, person.new_account = person.nip, True
        plan.state.logins.add(person.nip)
        wanted.row.changed(_("akun baru"))


def _judge_pins(plan: StaffPlan) -> None:
    """No two people have one PIN on one day, once all rows are taken together."""
    spans: dict[str, list[tuple[UUID, Any]]] = {}
    for person in plan.state.people.values():
        for span in person.pins:
            if span.value in plan.pin_rows:
                spans.setdefault(span.value, []).append((person.id, span))
    for pin, rows in plan.pin_rows.items():
        clashing = share_a_day(spans.get(pin, ()))
        for row, person_id in rows:
            if person_id in clashing:
                row.refuse("pin", _("PIN %s dipakai pegawai lain pada masa yang sama.") % pin)


def _judge_heads(plan: StaffPlan) -> None:
    """A unit has one head's post, and that one definitif holder, all rows taken together."""
    if not plan.head_rows:
        return
    heads: dict[UUID, list[PostState]] = {}
    for post in plan.state.posts.values():
        if post.is_head:
            heads.setdefault(post.unit_id, []).append(post)
    spans: dict[UUID, list[tuple[UUID, Any]]] = {}
    for person in plan.state.people.values():
        for span in person.posts.get((DEFINITIF, None), ()):
            if span.value in plan.head_rows:
                spans.setdefault(span.value, []).append((person.id, span))
    for post_id, rows in plan.head_rows.items():
        post = plan.state.posts_by_id[post_id]
        others = [other.title for other in heads.get(post.unit_id, ()) if other.id != post_id]
        clashing = share_a_day(spans.get(post_id, ()))
        for row, person_id in rows:
            if others:
                row.refuse("is_head", _("Unit ini sudah punya jabatan kepala: “%s”.") % others[0])
            if person_id in clashing:
                row.refuse("position", _("Jabatan kepala ini dipegang orang lain pada masa itu."))
