"""Keys and trust of the test authority, put into a demonstration: never beside real people."""

import datetime as dt
from pathlib import Path

import attrs
from sqlalchemy import or_, select

from leuit.builtin.core import has_real_people
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import DEFINITIF, Account, Assignment, Person, Position, Unit, holds_on
from leuit.values import ConflictError, _
from leuit.work import View, Work
from leuit_esign.providers import Secret

from .keys import add_key
from .trust import TRUST

FOLDER = "test-pki"
"""In the state folder, below `esign`."""
PASSPHRASE = "kunci-di-leuit"  # noqa: S105 -- of keys that nobody trusts, printed for everybody
SINCE = dt.date(2020, 1, 1)


@attrs.frozen
class Candidate:
    """Somebody of the demonstration who gets a test certificate."""

    nip: str
    name: str
    unit: str


def folder_of(data: Path) -> Path:
    """Where the test authority keeps its keys."""
    return data / "esign" / FOLDER


def candidates(view: View) -> list[Candidate]:
    """Heads of units and everybody with an account, in order of their NIPs."""
    rows = view.session.execute(
        select(Person.nip, Person.name, Unit.short)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Position, Position.id == Assignment.position_id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            Person.nip.is_not(None),
            Assignment.kind == DEFINITIF,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
            or_(Position.is_head, Person.id.in_(select(Account.person_id))),
        )
        .order_by(Person.nip)
    )
    return [Candidate(row.nip, row.name, row.short) for row in rows]


def require_demonstration(view: View) -> None:
    """Raise ConflictError on an installation with real people."""
    if has_real_people(view):
        raise ConflictError(
            _("Kunci uji hanya untuk data contoh; di sini ada pegawai sungguhan."),
            advice=_("Buat pemasangan lain dengan LEUIT_DATA untuk mencoba."),
        )


def install(work: Work, folder: Path, time_stamp_url: str) -> int:
    """Put the keys of the folder beside their people, and trust their authority.

    Returns how many people can sign now.
    """
    require_demonstration(work)
    body = {
        "roots": [{"name": "Root CA Uji", "pem": (folder / "root.crt").read_text("ascii")}],
        "issuers": [{"name": "OSD Uji", "pem": (folder / "issuer.crt").read_text("ascii")}],
        "ask_status": True,
        "level": "B-LT",
        "time_stamp_url": time_stamp_url,
    }
    draft = Draft(
        _("Penerbit uji (bukan penerbit sah)"),
        _("Tidak ada; hanya untuk mencoba"),
        "unverified",
        SINCE,
        body,
    )
    seed_edition(work, TRUST, draft)
    installed = 0
    for candidate in candidates(work):
        path = folder / f"{candidate.nip}.p12"
        if path.exists():
            person = work.session.scalar(select(Person).where(Person.nip == candidate.nip))
            assert person is not None
            add_key(work, person, path.read_bytes(), Secret(PASSPHRASE))
            installed += 1
    return installed
