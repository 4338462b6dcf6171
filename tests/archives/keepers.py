"""Who keeps the instruments of a small regency, and the tables that tests bring in."""

import datetime as dt
from importlib import resources
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import activate, propose
from leuit.identity import Identity
from leuit.work import Leuit
from leuit_archives.service.instrument_import import Head, Plan, draft_file, receive, try_import
from leuit_archives.service.instruments import INSTRUMENTS
from tests.core.regulations.office import people

SINCE = dt.date(2026, 1, 1)
HEAD = Head("Contoh", "Perbup contoh", "unverified", SINCE, "Data contoh")


@attrs.frozen
class Keepers:
    """A drafter, an activator and a stranger."""

    app: Leuit
    drafter: Identity
    activator: Identity
    stranger: Identity

    def tried(self, name: str, data: bytes, day: dt.date = SINCE) -> Plan:
        """The report of a file."""
        received = receive(self.app, INSTRUMENTS[name], data, f"{name}.csv")
        with self.app.read(self.drafter) as view:
            return try_import(view, received, day)

    def drafted(self, name: str, data: bytes, head: Head = HEAD, **options: Any) -> UUID:
        """The draft of a file."""
        received = receive(self.app, INSTRUMENTS[name], data, f"{name}.csv")
        return draft_file(self.app, self.drafter, received, head, **options)

    def in_force(self, name: str, data: bytes, since: dt.date = SINCE) -> UUID:
        """The edition of a file, put in force by two people."""
        edition_id = self.drafted(name, data, attrs.evolve(HEAD, effective_from=since))
        with self.app.change(self.drafter) as work:
            version = propose(work, edition_id, 1).version
        with self.app.change(self.activator) as work:
            activate(work, edition_id, version)
        return edition_id


def keepers(app: Leuit) -> Keepers:
    """Let them in."""
    who = people(app, "core.regulation_drafter", "core.regulation_activator")
    return Keepers(app, who["drafter"], who["activator"], who["stranger"])


def sample(file: str) -> bytes:
    """A reference table that the demonstration uses."""
    return (resources.files("leuit_archives") / "data" / file).read_bytes()


def table(*rows: str, heading: str = "code,name,parent,level") -> bytes:
    """A file of a few rows."""
    return "\n".join([heading, *rows]).encode()
