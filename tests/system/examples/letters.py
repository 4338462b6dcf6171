"""Examples of letters: one that came to a post of nobody who calls, with its dispositions."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import assign, create_position, grant_role
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import PLT, SYSTEM, Identity, Position
from leuit.values import new_id
from leuit.work import Leuit, store_file
from leuit_archives.models import Addressee, Receiver
from leuit_archives.models.letters import TO
from leuit_archives.permissions import READ_LETTERS, REGISTER
from leuit_archives.reading import read_letter
from leuit_archives.service.brought_files import keep_file
from leuit_archives.service.disposition_rules import EXAMPLE, REGULATION
from leuit_archives.service.disposition_rules import KIND as DISPOSITION
from leuit_archives.service.dispositions import Instructed, instruct, report
from leuit_archives.service.instrument_import import receive
from leuit_archives.service.instruments import INSTRUMENTS
from leuit_archives.service.letter_reading import note_read
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from tests.archives.keepers import SINCE, sample
from tests.esign.letters import letter as pdf_letter
from tests.system.access import MINE, OPENED, Example, Region

LEVELS = {
    "secrecy": "keamanan_akses.csv",
    "urgency": "kecepatan.csv",
    "letter_kinds": "jenis_naskah.csv",
}
TITLE = "Undangan rapat koordinasi data desa"


@attrs.frozen
class Brought:
    """A letter on its course: what addresses name."""

    letter_id: UUID
    file_id: UUID
    addressee_id: UUID
    receiver_id: UUID


def levels_in_force(app: Leuit) -> None:
    """Secrecy, urgency, kinds of letters and rules of dispositions, since the year began."""
    for name, file in LEVELS.items():
        instrument = INSTRUMENTS[name]
        received = receive(app, instrument, sample(file), file)
        with app.change(SYSTEM) as work:
            body = instrument.body(work, [read.row for read in received.rows], received.file)
            draft = Draft("Contoh", "Perka contoh", "unverified", SINCE, body, "Data contoh")
            seed_edition(work, instrument.regulation, draft)
    with app.change(SYSTEM) as work:
        body = DISPOSITION.unstructure(EXAMPLE)
        draft = Draft("Contoh", "Perbup contoh", "unverified", SINCE, body, "Data contoh")
        seed_edition(work, REGULATION, draft)


def brought(
    app: Leuit, registrar: Identity, unit_id: UUID, to: str, below: UUID, leader: Identity
) -> Brought:
    """A letter to a post, of which its leader has told the post `below`, who has reported."""
    pdf = pdf_letter(TITLE, pages=2)
    reading = read_letter(pdf, "undangan.pdf")
    file = store_file(app, pdf, reading.media_type, "undangan.pdf")
    with app.change(registrar) as work:
        incoming = Incoming(
            sender="Dinas Contoh",
            subject=TITLE,
            received_on=work.today,
            secrecy="B",
            to=(to,),
            number="005/12/Contoh/2026",
            urgency="segera",
        )
        letter = register_letter(work, unit_id, incoming, [(file, reading.pages)], key=new_id())
        send_letter(work, letter.id, letter.version)
        kept = keep_file(work, unit_id, file, reading)
        letter_id, file_id = letter.id, kept.id
    with app.change(leader) as work:
        note_read(work, letter_id)
        part = work.session.scalars(
            select(Addressee.id).where(Addressee.letter_id == letter_id, Addressee.part == TO)
        ).one()
        due = work.today + dt.timedelta(days=7)
        told = Instructed(receivers=(below,), instructions=("koordinasi",), due=due)
        instruct(work, part, told, key=new_id())
    with app.read(SYSTEM) as view:
        receiver = view.session.scalars(
            select(Receiver.id).where(Receiver.letter_id == letter_id)
        ).one()
    return Brought(letter_id, file_id, part, receiver)


def reported(app: Leuit, who: Identity, receiver_id: UUID) -> None:
    """Who got the disposition tells how far it is, with a file."""
    pdf = pdf_letter("Laporan")
    file = store_file(app, pdf, "application/pdf", "laporan.pdf")
    with app.change(who) as work:
        version = work.session.get_one(Receiver, receiver_id).version
        report(work, receiver_id, "Sedang disiapkan.", version, done=False, file=file)


def examples(region: Region) -> dict[str, Example]:
    """The parts in the letter are those of posts that a stranger to the matrix stands in for."""
    app, office = region.app, region.office
    levels_in_force(app)
    owner = Identity(
        "person",
        "Yang Dibuka",
        account_id=region.account,
        person_id=region.person,
        login=office.nip(OPENED),
    )
    with app.change(SYSTEM) as work:
        today = work.today
        for code, title in ((MINE, "Analis Contoh"), ("DIN.A.1", "Juru Contoh")):
            post = create_position(work, office.unit(code), title)
            until = today + dt.timedelta(days=300)
            assign(work, region.person, post.id, PLT, today - dt.timedelta(days=30), until)
        below = work.session.scalars(
            select(Position.id).where(Position.title == "Juru Contoh")
        ).one()
        grant_role(
            work,
            "archives.registrar",
            region.unit,
            account_id=region.account,
            valid_from=today,
        )
    made = brought(app, owner, region.unit, "Analis Contoh", below, owner)
    reported(app, owner, made.receiver_id)
    params = {"letter_id": made.letter_id}
    one = "/archives/letters/{letter_id}"
    own = {"row": str(made.addressee_id), "kind": "addressee"}
    got = {"row": str(made.receiver_id), "version": "3", "report": "Selesai"}

    def read(**more: object) -> Example:
        return Example(params={**params, **more}, unit=MINE, needs=READ_LETTERS)

    new = "/archives/letters/new"
    upload = ("surat.pdf", pdf_letter("Surat"))
    return {
        "GET /archives/letters": Example(),
        "GET /archives/letters/waiting/{name}": Example(params={"name": "unread"}),
        "GET /archives/letters/agenda": Example(),
        f"GET {new}": Example(person=True),
        f"POST {new}": Example(form={}, file=upload, person=True),
        f"GET {new}/{{file_id}}": Example(params={"file_id": made.file_id}, private=True),
        f"POST {new}/{{file_id}}": Example(params={"file_id": made.file_id}, form={}, private=True),
        f"GET {new}/{{file_id}}/pages/{{page}}": Example(
            params={"file_id": made.file_id, "page": 1}, private=True
        ),
        f"GET {one}": read(),
        f"GET {one}/edit": Example(params=params, unit=MINE, needs=REGISTER),
        f"POST {one}/edit": Example(params=params, form={}, unit=MINE, needs=REGISTER),
        f"POST {one}/send": Example(params=params, form={"version": "1"}, unit=MINE),
        f"POST {one}/files": Example(params=params, form={}, file=upload, unit=MINE),
        f"GET {one}/files/{{place}}": read(place=1),
        f"GET {one}/files/{{place}}/pages/{{page}}": read(place=1, page=1),
        f"POST {one}/dispositions": Example(params=params, form=own, private=True),
        f"POST {one}/settle": Example(params=params, form=own, private=True),
        f"POST {one}/recall": Example(
            params=params, form={"row": str(made.receiver_id)}, private=True
        ),
        f"POST {one}/report": Example(params=params, form=got, private=True),
        f"GET {one}/reports/{{receiver_id}}": read(receiver_id=made.receiver_id),
        f"GET {one}/disposition.pdf": read(),
        **_api(region, made),
    }


def _api(region: Region, made: Brought) -> dict[str, Example]:
    """The same for programs."""
    home = "/api/archives/v1/letters"
    one = f"{home}/{{letter_id:uuid}}"
    part = f"{home}/addressees/{{addressee_id:uuid}}"
    row = f"{home}/dispositions/{{receiver_id:uuid}}"
    params = {name: str(value) for name, value in attrs.asdict(made).items()} | {"place": "1"}
    upload = ("surat.pdf", pdf_letter("Surat"))
    typed = {
        "sender": "Dinas Contoh",
        "subject": TITLE,
        "received_on": "2026-10-01",
        "secrecy": "X",
        "to": [],
    }
    told = {"key": str(new_id()), "receivers": []}

    def read() -> Example:
        return Example(params=params, unit=MINE, needs=READ_LETTERS)

    def own(**sent: Any) -> Example:
        return Example(params=params, private=True, **sent)

    return {
        f"GET {home}": Example(),
        f"POST {home}": Example(
            json={**typed, "key": str(new_id()), "unit_id": str(region.unit)},
            unit=MINE,
            person=True,
        ),
        f"POST {home}/files": Example(
            form={"unit_id": str(region.unit)}, file=upload, unit=MINE, person=True
        ),
        f"GET {home}/files/{{file_id:uuid}}": own(),
        f"GET {one}": read(),
        f"PUT {one}": Example(params=params, json={**typed, "version": 1}, unit=MINE),
        f"POST {one}/send": Example(params=params, json={"version": 99}, unit=MINE),
        f"POST {one}/files": Example(params=params, form={}, file=upload, unit=MINE),
        f"GET {one}/files/{{place:int}}": read(),
        f"GET {one}/turns": read(),
        f"GET {one}/disposition.pdf": read(),
        f"POST {part}/instruct": own(json=told),
        f"POST {part}/settle": own(json={}),
        f"POST {row}/hand-on": own(json={**told, "version": 3}),
        f"POST {row}/recall": own(),
        f"POST {row}/report": own(json={"version": 3, "report": "Selesai"}),
        f"POST {row}/report-file": own(form={"version": "3", "report": "x"}, file=upload),
        f"GET {row}/report-file": read(),
    }
