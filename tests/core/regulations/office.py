"""A kind of regulation of its own, and the people of a small regency who make its editions."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
import cattrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, EditionActivated, RegulationKind
from leuit.identity import SYSTEM, Account, Grant, Identity, Unit, UnitLink, rebuild_closure
from leuit.values import RecordRef, Text
from leuit.work import AuditEntry, Job, JobContext, JobKind, Leuit, Listener, Work, deliver

SINCE = dt.date(2020, 1, 1)


@attrs.frozen
class Window:
    """A class of lateness."""

    name: str
    percent: Decimal


@attrs.frozen
class Table:
    """Figures as a plugin would define them."""

    absent: Decimal
    windows: tuple[Window, ...] = ()
    free_days: int = 0


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)

    def read(value: Any, _kind: object) -> Decimal:
        if not isinstance(value, str):
            raise ValueError("harus teks")  # noqa: TRY004 -- cattrs groups ValueError by path
        return Decimal(value)

    converter.register_structure_hook(Decimal, read)
    converter.register_unstructure_hook(Decimal, str)
    return converter


_PLAIN = _converter()
_MANY = Text("Hari bebas <lebih> dari 20")
KIND = RegulationKind(
    name="sample.table",
    title="Tabel contoh",
    schema=Table,
    structure=lambda plain: _PLAIN.structure(plain, Table),
    unstructure=_PLAIN.unstructure,
    labels={"absent": "Tanpa keterangan", "windows": "Kelas", "percent": "Persen"},
    example=Table(absent=Decimal(3)),
    warnings=lambda table: [_MANY] if table.free_days > 20 else [],
)
BODY: dict[str, Any] = {
    "absent": "3",
    "windows": [{"name": "TL1", "percent": "0.5"}, {"name": "TL2", "percent": "1"}],
    "free_days": 0,
}


def draft(**changes: Any) -> Draft:
    """A draft that is in order, with some fields changed."""
    values: dict[str, Any] = {
        "title": "Tabel potongan 2026",
        "legal_basis": "Perbup 1/2026 Pasal 4",
        "confidence": "unverified",
        "effective_from": dt.date(2026, 1, 1),
        "body": BODY,
    }
    return Draft(**{**values, **changes})


@attrs.frozen
class Office:
    """The installation with a drafter, an activator, both in one person, and a stranger."""

    app: Leuit
    drafter: Identity
    second_drafter: Identity
    activator: Identity
    both: Identity
    branch: Identity
    stranger: Identity


def _nothing(_context: JobContext, _event: object) -> None:
    """A listener whose jobs are counted, not run."""


def open_office(app: Leuit) -> Office:
    """Register the kind and a listener, and let in people with roles on the root or a branch."""
    listener = Listener(EditionActivated, "core.test_listener", _nothing)
    words = app.vocabulary
    app.vocabulary = attrs.evolve(
        words,
        extras={**words.extras, "leuit_regulations": (KIND,)},
        listeners={**words.listeners, EditionActivated: (listener,)},
        kinds={**words.kinds, listener.kind: JobKind(listener.kind, deliver(listener))},
    )
    return Office(app=app, **people(app, "core.regulation_drafter", "core.regulation_activator"))


def told(app: Leuit, event_name: str) -> list[dict[str, Any]]:
    """The events waiting for listeners, in the order in which they were emitted."""
    with app.read(SYSTEM) as view:
        jobs = view.session.scalars(select(Job).order_by(Job.id)).all()
    return [job.args["body"] for job in jobs if job.args["event"] == event_name]


def entries(app: Leuit, action: str) -> list[dict[str, Any]]:
    """Bodies of the audit entries of an action, oldest first."""
    with app.read(SYSTEM) as view:
        rows = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
        ).all()
    return [json.loads(row.body) for row in rows if row.body]


def people(app: Leuit, writes: str, decides: str) -> dict[str, Identity]:
    """Accounts with the role that writes, the one that decides, both, both on a branch, none."""
    roles = {
        "drafter": [writes],
        "second_drafter": [writes],
        "activator": [decides],
        "both": [writes, decides],
        "branch": [writes, decides],
        "stranger": [],
    }
    with app.change(SYSTEM) as work:
        root = _unit(work, "R")
        branch = _unit(work, "B")
        work.session.add(UnitLink(unit_id=branch, parent_id=root, valid_from=SINCE))
        rebuild_closure(work.session)
        found = {
            name: _account(work, name, held, branch if name == "branch" else root)
            for name, held in roles.items()
        }
        work.audit("core.token.created", RecordRef("core.account", "all"))
    return found


def _unit(work: Work, code: str) -> UUID:
    unit = Unit(code=code, name=code, short=code, kind="opd", valid_from=SINCE)
    work.session.add(unit)
    work.session.flush()
    return unit.id


def _account(work: Work, name: str, roles: list[str], unit: UUID) -> Identity:
    account = Account(login=name, kind="person", created_at=work.now)
    work.session.add(account)
    work.session.flush()
    for role in roles:
        work.session.add(Grant(role=role, unit_id=unit, account_id=account.id, valid_from=SINCE))
    return Identity(kind="person", name=name, login=name, account_id=account.id)
