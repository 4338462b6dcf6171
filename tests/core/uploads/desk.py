"""People who send big files for a purpose of the tests' own, and a program that speaks tus."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import attrs
import httpx2
import obstore
from sqlalchemy import select

from leuit.builtin.uploads import FileOnItsWay, begin_file, open_sent_file
from leuit.builtin.uploads.models import SentFile
from leuit.builtin.uploads.settings import UploadSettings
from leuit.identity import SYSTEM, Identity
from leuit.plugins import Host
from leuit.testing.people import Cast, cast
from leuit.work import AuditEntry, Leuit, UploadPurpose, Worker
from tests.support.client import Client

PURPOSE = "uji.besar"
FILES = "/api/uploads/v1/files"
LARGEST = 200 * 1024 * 1024


@attrs.frozen
class Desk:
    """`sender` and `other` head a unit each and may send; `member` may not."""

    app: Leuit
    host: Host
    people: Cast

    @property
    def sender(self) -> Identity:
        return self.people.head

    @property
    def other(self) -> Identity:
        return self.people.other_head

    @property
    def member(self) -> Identity:
        return self.people.member

    def begun(self, size: int, who: Identity | None = None, name: str = "a.zip") -> FileOnItsWay:
        """A file of so many bytes, none of which has come."""
        return begin_file(self.app, who or self.sender, PURPOSE, name, size)

    def content(self, file_id: UUID) -> bytes:
        """What came, read back as a file."""
        with open_sent_file(self.app, self.sender, file_id, PURPOSE) as file:
            return file.read()

    def allow(self, **limits: int) -> None:
        """Other limits than those that hold unless the settings say else."""
        words = self.app.vocabulary
        told = {**words.settings, "uploads": UploadSettings(**limits)}
        self.app.vocabulary = attrs.evolve(words, settings=told)

    def files(self) -> list[SentFile]:
        """Every row."""
        with self.app.read(SYSTEM) as view:
            return list(view.session.scalars(select(SentFile).order_by(SentFile.begun_at)))

    def actions(self) -> list[str]:
        """What the audit log says of files, in order."""
        with self.app.read(SYSTEM) as view:
            query = select(AuditEntry.action).where(AuditEntry.ref_kind == "core.upload")
            return list(view.session.scalars(query.order_by(AuditEntry.at, AuditEntry.id)))

    def parts(self) -> list[str]:
        """Names of all parts in the store, of every file."""
        listed = obstore.list(self.app.blobs.parts._store)
        return sorted(part["path"] for batch in listed for part in batch)

    def work(self) -> None:
        """Do all jobs that are due."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    @contextmanager
    def program(self, who: Identity | None = None) -> Iterator["Program"]:
        """A program of somebody, signed in."""
        with Client(self.app, self.host) as client:
            client.sign_in(who or self.sender)
            yield Program(client)


@attrs.frozen
class Program:
    """Speaks the protocol as its specification says."""

    client: Client

    def send(self, method: str, path: str = FILES, **headers: Any) -> httpx2.Response:
        """A request with the protocol's version and headers by name (`Upload_Offset=…`); one that
        is None is left out; `content` is the body.
        """
        content = headers.pop("content", None)
        told: dict[str, Any] = {"Tus-Resumable": "1.0.0", "Sec-Fetch-Site": "same-origin"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: str(value) for name, value in told.items() if value is not None}
        return self.client.request(method, path, headers=kept, content=content)

    def begin(self, size: int, purpose: str = PURPOSE, name: str = "arsip.zip") -> httpx2.Response:
        """Creation."""
        words = metadata(purpose=purpose, filename=name)
        return self.send("POST", Upload_Length=size, Upload_Metadata=words)

    def piece(self, path: str, start: int, data: bytes, **headers: Any) -> httpx2.Response:
        """A piece at an offset."""
        told = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": start}
        return self.send("PATCH", path, content=data, **(told | headers))

    def offset(self, path: str) -> int:
        """Where the next piece begins."""
        return int(self.send("HEAD", path).headers["Upload-Offset"])


def metadata(**words: str) -> str:
    """`Upload-Metadata` of these words."""
    return ",".join(
        f"{key} {base64.b64encode(word.encode()).decode()}" for key, word in words.items()
    )


def open_desk(app: Leuit, host: Host) -> Desk:
    """The regency, with the purpose declared."""
    purpose = UploadPurpose(PURPOSE, "Uji", "core.organisation.read", LARGEST, (".zip",))
    app.vocabulary = attrs.evolve(app.vocabulary, uploads={PURPOSE: purpose})
    return Desk(app, host, cast(app))
