"""Examples of letters out and of numbers set aside, all of the unit of the matrix."""

from typing import Any
from uuid import UUID

from leuit.identity import Identity
from leuit.values import new_id
from leuit.work import Leuit, store_file
from leuit_archives.permissions import DRAFT, READ_LETTERS
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.service.drafting import attach, create
from leuit_archives.service.number_blocks import numbers_of, reserve_block
from tests.archives.outgoing_office import KIND, instruments_in_force
from tests.esign.letters import letter
from tests.system.access import MINE, Example, Region

KINDS = ("secrecy", "urgency", "letter_kinds")
SCAN = letter("Pindaian")


def in_force(app: Leuit) -> None:
    """Kinds of letters, secrecy and urgency; a classification is there."""
    instruments_in_force(app, KINDS)


def written(app: Leuit, writer: Identity, unit: UUID, signer: UUID) -> dict[str, str]:
    """A draft with a file, and two numbers set aside, by what addresses call them."""
    content = LetterContent(
        subject="Undangan rapat koordinasi data desa",
        body="Kami mengundang Saudara pada:\n\nwaktu : pukul 09.00 WIB\ntempat : ruang rapat",
        closing="Demikian disampaikan.",
        place="di tempat",
        to=(Party("Kepala Dinas", str(signer)), Party("PT Contoh")),
        signer=str(signer),
        mode="wet",
    )
    file = store_file(app, SCAN, "application/pdf", "lampiran.pdf")
    with app.change(writer) as work:
        letter = create(work, new_id(), unit, KIND, content)
    with app.change(writer) as work:
        attached = attach(work, letter.id, 1, file)
    return {"outgoing_id": str(letter.id), "file_id": str(attached.id)}


def set_aside(app: Leuit, registrar: Identity, unit: UUID) -> dict[str, str]:
    """Two numbers for an outage."""
    with app.change(registrar) as work:
        block = reserve_block(work, new_id(), unit, KIND, 2, "Pemeliharaan jaringan")
        first = numbers_of(work, block.id)[0]
    return {"block_id": str(block.id), "number_id": str(first.id)}


def examples(region: Region) -> dict[str, Example]:
    """Letters are read by who may read those of the unit, and changed by who writes them."""
    app, office = region.app, region.office
    in_force(app)
    signer = office.post(MINE, "Kepala Bidang A")
    params: dict[str, Any] = {
        **written(app, office.staff(2), region.unit, signer),
        **set_aside(app, office.staff(9), region.unit),
        "page": 1,
    }
    base = "/archives/outgoing"
    one, blocks = f"{base}/{{outgoing_id}}", "/archives/number-blocks"
    number = f"{blocks}/numbers/{{number_id}}"
    version = {"version": "2"}

    def read(**options: Any) -> Example:
        return Example(params=params, unit=MINE, needs=READ_LETTERS, **options)

    def written_by(**options: Any) -> Example:
        return Example(params=params, unit=MINE, needs=DRAFT, **options)

    typed = {"kind": KIND, "unit": str(region.unit), "key": str(new_id()), "subject": "Undangan"}
    wanted = {"key": str(new_id()), "unit": str(region.unit), "kind": KIND, "count": "1"}
    acts = {
        "start": version,
        "again": version,
        "recall": {**version, "reason": "x"},
        "void": {**version, "reason": "x"},
        "send": version,
    }
    return {
        f"GET {base}": Example(),
        f"GET {base}/new": Example(),
        f"POST {base}/new": Example(form=typed, unit=MINE),
        f"POST {base}/preview": Example(form=typed, unit=MINE),
        f"GET {one}": read(),
        f"GET {one}/pages/{{page}}": read(),
        f"GET {one}/pdf": read(),
        f"GET {one}/versions": read(),
        f"GET {one}/files/{{file_id}}": read(),
        f"GET {one}/edit": written_by(),
        f"POST {one}/edit": written_by(form={**version, "subject": "Lain"}),
        f"POST {one}/paraf": read(form={"step": str(new_id())}),
        f"POST {one}/scan": written_by(form=version, file=("x.pdf", SCAN)),
        f"POST {one}/files": written_by(form=version, file=("x.pdf", SCAN)),
        f"POST {one}/files/{{file_id}}/remove": written_by(form=version),
        **{f"POST {one}/{name}": written_by(form=values) for name, values in acts.items()},
        f"GET {blocks}": Example(),
        f"GET {blocks}/new": Example(),
        f"POST {blocks}/new": Example(
            form={**wanted, "reason": "x"},
            unit=MINE,
            shape_first="the form offers only units of the asker",
        ),
        f"GET {blocks}/{{block_id}}": Example(params=params, unit=MINE),
        f"GET {number}/enter": Example(params=params, unit=MINE),
        f"POST {number}/enter": Example(params=params, unit=MINE, form={}),
        f"GET {number}/cancel": Example(params=params, unit=MINE),
        f"POST {number}/cancel": Example(params=params, unit=MINE, form={}),
        **_api(region, params),
    }


def _api(region: Region, params: dict[str, Any]) -> dict[str, Example]:
    """The same for programs."""
    home = "/api/archives/v1"
    one, blocks = f"{home}/outgoing/{{outgoing_id:uuid}}", f"{home}/number-blocks"
    number = f"{blocks}/numbers/{{number_id:uuid}}"
    new = {"key": str(new_id()), "unit_id": str(region.unit), "kind": KIND}
    reason = {"version": 99, "reason": "x"}
    acts: dict[str, Any] = {
        "start": {"version": 99},
        "recall": reason,
        "void": reason,
        "send": {"version": 99},
    }

    def read(**options: Any) -> Example:
        return Example(params=params, unit=MINE, needs=READ_LETTERS, **options)

    def written_by(**options: Any) -> Example:
        return Example(params=params, unit=MINE, needs=DRAFT, **options)

    paper = {"dated": "05/10/2026", "subject": "", "secrecy": "B"}
    return {
        f"GET {home}/outgoing": Example(),
        f"POST {home}/outgoing": Example(json={**new, "subject": "Undangan"}, unit=MINE),
        f"GET {one}": read(),
        f"PUT {one}": written_by(json={"version": 99, "subject": "Lain"}),
        f"GET {one}/pdf": read(),
        f"POST {one}/paraf": read(json={"step_id": str(new_id())}),
        f"POST {one}/scan": written_by(form={"version": "99"}, file=("x.pdf", SCAN)),
        **{f"POST {one}/{name}": written_by(json=body) for name, body in acts.items()},
        f"GET {blocks}": Example(),
        f"POST {blocks}": Example(json={**new, "count": 0, "reason": "x"}, unit=MINE),
        f"GET {blocks}/{{block_id:uuid}}": Example(params=params, unit=MINE),
        f"POST {number}/enter": Example(params=params, unit=MINE, form=paper, file=("x.pdf", SCAN)),
        f"POST {number}/cancel": Example(params=params, unit=MINE, json={"reason": ""}),
    }
