"""Programs of the people of the treasury: each calls the JSON API with a token of his own."""

from typing import Any
from uuid import UUID

import attrs
import httpx2

from leuit.builtin.core import create_token
from leuit.builtin.organisation import set_password
from leuit.identity import SYSTEM, Identity
from leuit_sp2d.rules.chain import SP2D, SPM, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from tests.sp2d.treasury import PDF, YEAR, Treasury
from tests.support.client import Client

HOME = "/api/sp2d/v1"
PASSWORD = "beras-merah-2026"
ANSWERS = {item.code: "ok" for item in EXAMPLE.items_of("LS_BJ")}


@attrs.frozen
class Programs:
    """Calls as one of the people; tokens are made once."""

    client: Client
    office: Treasury
    tokens: dict[str, str] = attrs.field(factory=dict)

    def call(self, who: Identity, method: str, path: str, **options: Any) -> httpx2.Response:
        """One call below the API; `key` is its Idempotency-Key."""
        if who.login not in self.tokens:
            self.tokens[who.login] = create_token(self.office.app, who.login, "uji", 30)
        headers = {"Authorization": f"Bearer {self.tokens[who.login]}"}
        if (key := options.pop("key", None)) is not None:
            headers["Idempotency-Key"] = key
        return self.client.request(method, HOME + path, headers=headers, **options)

    def done(self, who: Identity, method: str, path: str, **options: Any) -> Any:
        """The JSON of a call that succeeds."""
        answer = self.call(who, method, path, **options)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def step(self, payment_id: UUID | str, key: str, **changes: Any) -> httpx2.Response:
        """The right person takes a step on the payment as it is."""
        who = self.office.people[key]
        seen = self.done(who, "GET", f"/payments/{payment_id}")
        body: dict[str, Any] = {"step": key, "version": seen["version"], "password": PASSWORD}
        if key in (VERIFY, TEST):
            body["answers"] = ANSWERS | {
                one["answer"]: "ok" for one in seen["checks"] if one["answer"]
            }
        if key == SPM:
            body["statement"] = True
        return self.call(who, "POST", f"/payments/{payment_id}/steps", json=body | changes)

    def attach_all(self, payment_id: UUID | str, who: Identity) -> None:
        """Every document of the checklist."""
        for item in EXAMPLE.items_of("LS_BJ"):
            files = {"file": (f"{item.code}.pdf", PDF + item.code.encode(), "application/pdf")}
            path = f"/payments/{payment_id}/evidence"
            self.done(who, "POST", path, data={"item": item.code}, files=files)


def with_passwords(office: Treasury) -> None:
    """A password for those who bind money."""
    for key in (SPM, SP2D):
        person = office.people[key]
        assert person.account_id is not None
        set_password(office.app, SYSTEM, person.account_id, PASSWORD)


def body(office: Treasury, **changes: Any) -> dict[str, Any]:
    """A claim for goods of 10 million and their PPN (vector 24)."""
    return {
        "unit": str(office.unit),
        "year": YEAR,
        "kind": "LS_BJ",
        "purpose": "Laptop layanan kecamatan",
        "basis": "SP/118/2026",
        "payee": "CV Contoh Komputer",
        "bank": "110",
        "account": "0012344417",
        "holder": "CV CONTOH KOMPUTER",
        "npwp": "012345674901000",
        "invoice": "INV/7/2026",
        "invoice_date": "2026-10-01",
        "lines": [{"line": str(office.line), "amount": 11_100_000}],
        "taxable": {"object": "barang", "price": 10_000_000, "charges_ppn": True},
    } | changes
