"""Letters in and out for the cases of the API contract, each in the state that it needs.

All are of one unit, whose head, registrar and drafter is the member of staff who calls.
"""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.core.tokens import create_token
from leuit.builtin.organisation import assign, create_position, grant_role
from leuit.identity import PLT, SYSTEM, Account, Assignment, Identity
from leuit.values import new_id
from leuit.work import Leuit, StoredFile, store_file
from leuit_archives.models import Addressee, Receiver
from leuit_archives.reading import LetterReading, read_letter
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.service.brought_files import keep_file
from leuit_archives.service.dispositions import Instructed, instruct, report
from leuit_archives.service.drafting import create
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from leuit_archives.service.number_blocks import numbers_of, reserve_block
from leuit_archives.service.outgoing import steps_of
from leuit_archives.service.signing import send_for_signature, sign_by_hand
from tests.archives.outgoing_office import KIND
from tests.esign.letters import letter
from tests.system.examples import letters, outgoing

HOME = "/api/archives/v1/"
CODE = "000.1.2"
PREPARED = ("letters", "outgoing", "number-blocks")
_NUMBERS = count(1)
_PDF = letter("Undangan")
_Known = tuple[Mapping[str, Any], Any]
"""Values of the path, and the body; None for none."""


@attrs.frozen
class LettersDesk:
    """The desk of one unit: who calls, his posts, and a post below him."""

    app: Leuit
    unit: UUID
    who: Identity
    head: UUID
    post: UUID
    below: UUID
    file: StoredFile
    reading: LetterReading
    headers: dict[str, str]

    @classmethod
    def opened(cls, app: Leuit, unit: UUID, login: str) -> "LettersDesk":
        """Put the instruments in force, and give the caller his posts and roles."""
        letters.levels_in_force(app)
        outgoing.in_force(app)
        with app.change(SYSTEM) as work:
            account = work.session.scalars(select(Account).where(Account.login == login)).one()
            assert account.person_id is not None
            other = work.session.scalars(
                select(Assignment.person_id).where(Assignment.person_id != account.person_id)
            ).first()
            assert other is not None
            titles = ("Kepala Uji", "Penerima Uji", "Bawahan Uji")
            head, post, below = (
                create_position(work, unit, title, is_head=title == titles[0]).id
                for title in titles
            )
            for person_id, position_id in (
                (account.person_id, head),
                (account.person_id, post),
                (other, below),
            ):
                assign(work, person_id, position_id, PLT, work.today)
            for role in ("archives.registrar", "archives.drafter"):
                grant_role(work, role, unit, account_id=account.id, valid_from=work.today)
        who = Identity(
            "person", login, account_id=account.id, person_id=account.person_id, login=login
        )
        reading = read_letter(_PDF, "surat.pdf")
        file = store_file(app, _PDF, "application/pdf", "surat.pdf")
        headers = {"Authorization": f"Bearer {create_token(app, login, 'surat', 30)}"}
        return cls(app, unit, who, head, post, below, file, reading, headers)

    def to_known(self, case: Any) -> None:
        """Let a case be about a letter or number that is there, as it stands."""
        inner = case.operation.path.removeprefix(HOME)
        make = self._makers().get(f"{case.method} {inner}")
        if make is None:  # a list
            return
        path, body = make()
        case.path_parameters = {name: str(value) for name, value in path.items()}
        if body is not None:
            case.body = body

    def _makers(self) -> Mapping[str, Callable[[], _Known]]:
        """A call that succeeds, by operation."""
        one, row = "letters/{letter_id}", "letters/dispositions/{receiver_id}"
        out, block = "outgoing/{outgoing_id}", "number-blocks"
        part, number = "letters/addressees/{addressee_id}", f"{block}/numbers/{{number_id}}"
        file: dict[str, Any] = {"file": _PDF}
        return {
            "POST letters": lambda: ({}, {**_letter(), "key": str(new_id()), **self._of_unit()}),
            "POST letters/files": lambda: ({}, {**self._of_unit(), **file}),
            "GET letters/files/{file_id}": lambda: ({"file_id": self._brought()}, None),
            f"GET {one}": self._in,
            f"PUT {one}": lambda: self._in(**_letter(), version=1),
            f"POST {one}/send": lambda: self._in(version=1),
            f"POST {one}/files": lambda: self._in(**file),
            f"GET {one}/files/{{place}}": self._in,
            f"GET {one}/turns": self._in,
            f"GET {one}/disposition.pdf": self._in,
            f"POST {part}/instruct": lambda: ({"addressee_id": self._part()}, self._told()),
            f"POST {part}/settle": lambda: ({"addressee_id": self._part()}, {"outcome": "Cukup"}),
            f"POST {row}/hand-on": lambda: self._got(self.post, **self._told(), version=1),
            f"POST {row}/recall": lambda: self._got(self.below),
            f"POST {row}/report": lambda: self._got(self.post, version=1, report="Sudah"),
            f"POST {row}/report-file": lambda: self._got(
                self.post, version="1", done="true", **file
            ),
            f"GET {row}/report-file": self._reported,
            "POST outgoing": lambda: ({}, {**self._typed(), **self._of_unit(), **_new()}),
            f"GET {out}": lambda: self._out(0),
            f"PUT {out}": lambda: self._out(0, **self._typed()),
            f"GET {out}/pdf": lambda: self._out(0),
            f"POST {out}/start": lambda: self._out(0),
            f"POST {out}/paraf": self._paraf,
            f"POST {out}/scan": lambda: self._out(1, **file),
            f"POST {out}/recall": lambda: self._out(1, reason="Salah"),
            f"POST {out}/void": lambda: self._out(0, reason="Batal"),
            f"POST {out}/send": lambda: self._out(2, carried="Pos"),
            f"POST {block}": lambda: ({}, {**self._of_unit(), **_new(), **_set_aside()}),
            f"GET {block}/{{block_id}}": lambda: ({"block_id": self._block()[0]}, None),
            f"POST {number}/enter": lambda: (
                {"number_id": self._block()[1]},
                {
                    "dated": f"{self._today():%d/%m/%Y}",
                    "subject": "Surat kertas",
                    "secrecy": "B",
                    "class_code": CODE,
                    **file,
                },
            ),
            f"POST {number}/cancel": lambda: (
                {"number_id": self._block()[1]},
                {"reason": "Tidak dipakai"},
            ),
        }

    def _of_unit(self) -> dict[str, str]:
        return {"unit_id": str(self.unit)}

    def _today(self) -> Any:
        with self.app.read(SYSTEM) as view:
            return view.today

    def _in(self, **body: Any) -> _Known:
        return {"letter_id": self._registered(), "place": 1}, body or None

    def _registered(self, *, send: bool = False) -> UUID:
        with self.app.change(self.who) as work:
            told = Incoming(
                sender="Dinas Contoh",
                subject="Undangan",
                received_on=work.today,
                secrecy="B",
                to=(str(self.head),),
            )
            made = register_letter(work, self.unit, told, [(self.file, 1)], key=new_id())
            if send:
                send_letter(work, made.id, made.version)
            return made.id

    def _brought(self) -> UUID:
        with self.app.change(self.who) as work:
            return keep_file(work, self.unit, self.file, self.reading).id

    def _part(self) -> UUID:
        letter_id = self._registered(send=True)
        with self.app.read(SYSTEM) as view:
            query = select(Addressee.id).where(Addressee.letter_id == letter_id)
            return view.session.scalars(query).one()

    def _told(self) -> dict[str, Any]:
        return {"key": str(new_id()), "receivers": [str(self.below)], "note": "Hadiri"}

    def _got(self, post: UUID, **body: Any) -> _Known:
        """A disposition that a post has got and not read."""
        letter_id = self._registered(send=True)
        with self.app.change(self.who) as work:
            query = select(Addressee.id).where(Addressee.letter_id == letter_id)
            told = Instructed(receivers=(post,), note="Hadiri")
            by_head = work.session.scalars(query).one()
            sheet = instruct(work, by_head, told, key=new_id())
            got = select(Receiver.id).where(Receiver.disposition_id == sheet.id)
            return {"receiver_id": work.session.scalars(got).one()}, body or None

    def _reported(self) -> _Known:
        path, _body = self._got(self.post)
        with self.app.change(self.who) as work:
            report(work, path["receiver_id"], "", 1, done=True, file=self.file)
        return path, None

    def _typed(self) -> dict[str, Any]:
        return {
            "subject": "Undangan",
            "body": "Kami mengundang Saudara.",
            "to_outside": ["PT Contoh"],
            "secrecy": "B",
            "class_code": CODE,
            "signer": str(self.head),
            "mode": "wet",
        }

    def _out(self, steps: int, parafs: tuple[str, ...] = (), **body: Any) -> _Known:
        """A letter out that was begun, sent for signature (1), and signed by hand (2)."""
        content = LetterContent(
            subject="Undangan",
            body="Kami mengundang Saudara.",
            to=(Party("PT Contoh"),),
            secrecy="B",
            class_code=CODE,
            signer=str(self.head),
            parafs=parafs,
            mode="wet",
        )
        with self.app.change(self.who) as work:
            made = create(work, new_id(), self.unit, KIND, content)
            if steps > 0:
                send_for_signature(work, made.id, made.version)
            if steps > 1:
                sign_by_hand(work, made.id, made.version, self.file, 1)
            version = str(made.version) if "file" in body else made.version
            return {"outgoing_id": made.id}, {"version": version, **body}

    def _paraf(self) -> _Known:
        path, _body = self._out(1, (str(self.post),))
        with self.app.read(SYSTEM) as view:
            step = steps_of(view, path["outgoing_id"])[0]
        return path, {"step_id": str(step.id), "note": "Setuju"}

    def _block(self) -> tuple[UUID, UUID]:
        with self.app.change(self.who) as work:
            made = reserve_block(work, new_id(), self.unit, KIND, 1, "Listrik padam")
            return made.id, numbers_of(work, made.id)[0].id


def _letter() -> dict[str, Any]:
    """The data of a letter in; the number makes it another one."""
    return {
        "sender": "Dinas Contoh",
        "subject": "Undangan",
        "received_on": "2026-10-01",
        "secrecy": "B",
        "to": ["Penerima Uji"],
        "number": f"005/{next(_NUMBERS)}",
    }


def _new() -> dict[str, str]:
    return {"key": str(new_id()), "kind": KIND}


def _set_aside() -> dict[str, Any]:
    return {"count": 1, "reason": "Listrik padam"}
