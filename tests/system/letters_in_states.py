"""Letters of the browser's office in each state that a page shows, made by the services.

Nobody has a real key here: what is signed is only said to be, which a page cannot tell.
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import DEFINITIF, SYSTEM, Identity
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_esign.models import Document, SigningKey, Step
from leuit_esign.service.acting import refuse
from leuit_esign.service.chain import NewStep, add_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.passing import recall, remind, revoke
from leuit_esign.service.places import add_preset, close_placing
from leuit_esign.service.sending import SendOptions, send, set_options
from tests.esign.letters import letter

HEAD = "Kepala Kantor Contoh"
REASON = "Tanggal rapat keliru, dan nama panitianya belum lengkap; perbaiki dahulu"
NOTE = "Jam mulai sudah saya sesuaikan menjadi 09.00."


@attrs.frozen
class Letters:
    """Makes letters of `maker`, of which `head` gives paraf and signs."""

    app: Leuit
    maker: Identity
    head: Identity

    def all(self) -> dict[str, tuple[Identity, str]]:
        """Who looks, and the address of the page, by the name of the state."""
        self._give_key()
        prepared, _version = self._prepared("prepared")
        made = {
            "placing-without-places": (self.maker, self._brought("draft")),
            "prepared": (self.maker, prepared),
            "for-my-signature": (self.head, self._sent()),
            "for-my-paraf": (self.head, self._sent("paraf")),
            "on-its-way": (self.maker, self._acted(self._remind)),
            "refused": (self.maker, self._acted(self._refuse)),
            "recalled": (self.maker, self._acted(self._recall)),
            "done": (self.maker, self._acted(self._finish)),
            "revocable": (self.head, self._acted(self._finish)),
            "revoked": (self.maker, self._acted(self._revoke)),
        }
        return {name: (who, f"/esign/documents/{one}") for name, (who, one) in made.items()}

    def _brought(self, title: str) -> UUID:
        received = receive(self.app, letter(pages=2), "surat.pdf")
        with self.app.change(self.maker) as work:
            return bring(work, f"Undangan rapat koordinasi data desa ({title})", received).id

    def _prepared(self, title: str, *kinds: str) -> tuple[UUID, int]:
        """A letter with a step for each kind and a signature at last; its id and version."""
        document_id = self._brought(title)
        with self.app.change(self.maker) as work:
            add_preset(work, document_id, 1, "bottom_right", 1)
        with self.app.change(self.maker) as work:
            close_placing(work, document_id, 2)
        version = 3
        for number, kind in enumerate((*kinds, "sign"), 1):
            with self.app.change(self.maker) as work:
                add_step(work, document_id, version, NewStep(HEAD, kind, number))
            version += 1
        with self.app.change(self.maker) as work:
            due = work.now + dt.timedelta(days=3)
            set_options(work, document_id, version, SendOptions(due, expires=True))
        return document_id, version + 1

    def _sent(self, *kinds: str) -> UUID:
        document_id, version = self._prepared("sent", *kinds)
        send(self.app, self.maker, document_id, version)
        return document_id

    def _acted(self, act: Callable[[UUID], None]) -> UUID:
        document_id = self._sent("paraf")
        act(document_id)
        return document_id

    def _remind(self, document_id: UUID) -> None:
        with self.app.change(self.maker) as work:
            remind(work, document_id)

    def _refuse(self, document_id: UUID) -> None:
        with self.app.change(self.head) as work:
            refuse(work, document_id, REASON)

    def _recall(self, document_id: UUID) -> None:
        with self.app.change(self.maker) as work:
            version = work.session.get_one(Document, document_id).version
            recall(work, document_id, version, REASON)

    def _finish(self, document_id: UUID) -> None:
        with self.app.change(SYSTEM) as work:
            document = work.session.get_one(Document, document_id)
            document.state, document.ended_at = "done", work.now
            steps = select(Step).where(Step.document_id == document_id).order_by(Step.number)
            for step in work.session.scalars(steps):
                step.state, step.decided_at, step.person_id = "done", work.now, self.head.person_id
                step.acting, step.acted_as, step.note = DEFINITIF, HEAD, NOTE
            work.audit("esign.document.started", RecordRef("esign.document", str(document_id)))

    def _revoke(self, document_id: UUID) -> None:
        self._finish(document_id)
        with self.app.change(self.head) as work:
            revoke(work, document_id, REASON)

    def _give_key(self) -> None:
        """Something in the place of a key: pages only read until when it is good."""
        assert self.head.person_id is not None
        with self.app.change(SYSTEM) as work:
            key = SigningKey(
                person_id=self.head.person_id,
                subject=self.head.name,
                issuer="Penerbit contoh",
                serial="1",
                not_before=work.now,
                not_after=work.now + dt.timedelta(days=365),
                certificate=b"",
                pkcs12=b"",
                added_at=work.now,
            )
            work.session.add(key)
            work.audit("esign.key.added", RecordRef("core.person", str(key.person_id)))
