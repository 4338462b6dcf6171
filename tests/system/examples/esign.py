"""Examples of e-sign: a document of somebody who is none of the callers."""

from typing import Any
from uuid import UUID

from leuit.identity import DEFINITIF, Identity
from leuit.values import new_id
from leuit.work import Leuit
from leuit_esign.models import SIGN, Mandate, Step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.places import add_preset
from tests.esign.letters import letter
from tests.system.access import MINE, OPENED, Example, Region


def completed(app: Leuit, owner: Identity) -> str:
    """The code of a document that is registered for the public, as if somebody had signed it."""
    received = receive(app, letter("Surat yang selesai"), "surat.pdf")
    with app.change(owner) as work:
        document = bring(work, "Undangan rapat koordinasi", received)
        document.state, document.current_sha256 = "done", document.pdf_sha256
        document.number, document.ended_at = "000.1.5/12/2026", work.now
        work.session.add(
            Step(
                document_id=document.id,
                number=1,
                kind=SIGN,
                position_id=new_id(),
                title="Kepala Dinas Contoh",
                state="done",
                decided_at=work.now,
                person_id=owner.person_id,
                acting=DEFINITIF,
                acted_as="Kepala Contoh",
            )
        )
        return document.code


def examples(region: Region) -> dict[str, Example]:
    """Everybody brings documents of his own; a document is shown to its owner alone."""
    app = region.app
    owner = Identity(
        "person",
        "Yang Dibuka",
        account_id=region.account,
        person_id=region.person,
        login=region.office.nip(OPENED),
    )
    received = receive(app, letter(), "surat.pdf")
    with app.change(owner) as work:
        document = bring(work, "Surat contoh", received)
        params = {"document_id": document.id}
        mandate = Mandate(
            principal_id=region.office.post(MINE, "Kepala Bidang A"),
            delegate_id=region.office.post("DIN.B", "Pelaksana"),
            basis="SK contoh",
            valid_from=work.today,
            given_by=region.person,
            given_at=work.now,
        )
        work.session.add(mandate)
        work.session.flush()
        mandate_id = mandate.id
    with app.change(owner) as work:
        place = add_preset(work, document.id, 1, "bottom_left", 0)
    form = {"version": "1"}
    one = "/esign/documents/{document_id}"
    return _programs({**params, "place_id": place.id, "step_id": document.id}) | {
        "GET /verifikasi": Example(),
        "POST /verifikasi": Example(file=("surat.pdf", letter())),
        "GET /verifikasi/{document_code}": Example(params={"document_code": completed(app, owner)}),
        "POST /api/esign/v1/verifications": Example(file=("surat.pdf", letter())),
        "GET /esign": Example(),
        "GET /esign/new": Example(),
        "POST /esign/new": Example(
            form={"title": "Surat"}, file=("surat.pdf", letter()), person=True
        ),
        f"GET {one}": Example(params=params, private=True),
        f"GET {one}/pages/{{page}}": Example(params={**params, "page": 1}, private=True),
        f"GET {one}/text": Example(params=params, private=True),
        f"GET {one}/pdf": Example(params=params, private=True),
        f"POST {one}/places": Example(
            params=params, form={**form, "spot": "top_left", "page": "1"}, private=True
        ),
        f"POST {one}/places/move": Example(params=params, form=form, private=True),
        f"POST {one}/prepare": Example(params=params, form=form, private=True),
        f"POST {one}/reopen": Example(params=params, form=form, private=True),
        f"POST {one}/steps": Example(
            params=params,
            form={**form, "position": MINE, "kind": "paraf", "number": "1"},
            private=True,
        ),
        f"POST {one}/steps/remove": Example(
            params=params, form={**form, "step": str(document.id)}, private=True
        ),
        f"POST {one}/start": Example(params=params, form=form, private=True),
        f"POST {one}/recall": Example(params=params, form={**form, "reason": "x"}, private=True),
        f"POST {one}/refuse": Example(params=params, form={"reason": "x"}, private=True),
        f"POST {one}/paraf": Example(params=params, form={"password": "x"}, private=True),
        f"POST {one}/sign": Example(params=params, form={"password": "x"}, private=True),
        f"GET {one}/options": Example(params=params, private=True),
        f"POST {one}/options": Example(params=params, form=form, private=True),
        f"POST {one}/remind": Example(params=params, private=True),
        f"GET {one}/hand-on": Example(params=params, private=True),
        f"POST {one}/hand-on": Example(
            params=params, form={"to": MINE, "reason": "x"}, private=True
        ),
        f"GET {one}/revoke": Example(params=params, private=True),
        f"POST {one}/revoke": Example(
            params=params, form={"reason": "x", "password": "x"}, private=True
        ),
        "GET /esign/mandates": Example(),
        "GET /esign/mandates/new": Example(),
        "POST /esign/mandates/new": Example(
            form={"principal": MINE, "delegate": "DIN.B", "basis": "SK 1", "since": "x"}
        ),
        "POST /esign/mandates/{mandate_id}/end": Example(
            params={"mandate_id": mandate_id}, unit=MINE, needs="esign.mandate.manage"
        ),
    }


def _programs(params: dict[str, UUID]) -> dict[str, Example]:
    """The same by API."""
    version: dict[str, Any] = {"version": 2}
    query = {"version": "2"}
    one = "/api/esign/v1/documents/{document_id:uuid}"
    return {
        "GET /api/esign/v1/documents": Example(),
        "POST /api/esign/v1/documents": Example(
            form={"title": "Surat"}, file=("surat.pdf", letter()), person=True
        ),
        f"GET {one}": Example(params=params, private=True),
        f"GET {one}/pdf": Example(params=params, private=True),
        f"POST {one}/places": Example(
            params=params,
            json={**version, "preset": {"page": 1, "name": "top_left"}},
            private=True,
        ),
        f"DELETE {one}/places/{{place_id:uuid}}": Example(params=params, query=query, private=True),
        f"POST {one}/prepare": Example(params=params, json=version, private=True),
        f"POST {one}/reopen": Example(params=params, json=version, private=True),
        f"POST {one}/steps": Example(
            params=params,
            json={**version, "position": MINE, "kind": "paraf", "number": 1},
            private=True,
        ),
        f"DELETE {one}/steps/{{step_id:uuid}}": Example(params=params, query=query, private=True),
        f"PUT {one}/options": Example(params=params, json=version, private=True),
        f"POST {one}/start": Example(params=params, json=version, private=True),
        f"POST {one}/recall": Example(params=params, json={**version, "reason": "x"}, private=True),
    }
