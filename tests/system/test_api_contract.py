"""The JSON API against its own description: hostile and honest requests made by Schemathesis.

Each operation of /api/openapi.json is called as the administrator, those of e-sign and of letters
as a member of staff and those of payments as whoever may do them, with data that the description
allows and with data that it forbids. No answer may be a 5xx; each must be one that is described,
errors as problem documents with a stable code.
"""

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from leuit.builtin.core import first_administrator
from leuit.builtin.core.tokens import create_token
from leuit.builtin.organisation import create_account, unit_by_code
from leuit.identity import SYSTEM, Grant
from leuit.plugins import Host
from leuit.work import Leuit, Worker
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.sample import UNIT, found_sample
from tests.esign.letters import letter
from tests.system.browser_office import SAMPLES, served
from tests.system.letters_desk import PREPARED as LETTERS
from tests.system.letters_desk import LettersDesk
from tests.system.payment_desk import PaymentDesk, writes
from tests.system.records_desk import PREPARED, RECORDS, RecordsDesk

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
EXAMPLES = 20
MODES = {"allowed": GenerationMode.POSITIVE, "forbidden": GenerationMode.NEGATIVE}
STAFF = "198704212011011002"
KNOWN = {"code": "CONTOH", "serial": "LEUI204600001", "person": STAFF}
"""Values of paths that lead somewhere: drawn ones hardly ever do."""
DOCUMENTS = "/api/esign/v1/documents"
PAYMENTS = "/api/sp2d/v1/"
WALK = ("places", "prepare", "steps", "start")
"""A document's way until somebody has to sign it."""
BODIES: dict[str, dict[str, Any]] = {
    "places": {"preset": {"page": 1, "name": "bottom_left"}},
    "steps": {"position": "Pelaksana (contoh)", "kind": "sign", "number": 1},
    "recall": {"reason": "Isinya berubah"},
}
STEPS_BEFORE = {name: number for number, name in enumerate(WALK)}
STEPS_BEFORE |= {
    "places/{place_id}": 1,
    "reopen": 2,
    "steps/{step_id}": 3,
    "options": 2,
    "recall": 4,
}
"""How many steps of its way a document has made before an operation of e-sign can succeed."""


@pytest.fixture
def address(app: Leuit, host: Host) -> Iterator[str]:
    """The sample office, served on a port."""
    first_administrator(app, "admin")
    with app.change(SYSTEM) as work:
        create_account(work, found_sample(work).people["2"])
    import_file(app, SYSTEM, (SAMPLES / "1_attlog.dat").read_bytes(), "1_attlog.dat")
    Worker(app, name="test").run_pending(raise_errors=True)
    with served(app, host) as opened:
        yield opened


@pytest.mark.ci
def test_the_api_answers_as_it_is_described(app: Leuit, address: str) -> None:
    """Every operation, with allowed and forbidden data, on both engines."""
    headers, staff = (
        {"Authorization": f"Bearer {create_token(app, login, 'uji', 30)}"}
        for login in ("admin", STAFF)
    )
    payments = _payment_desk(app)
    records = RecordsDesk.opened(app, payments.office.unit)
    desk = LettersDesk.opened(app, payments.office.unit, STAFF)
    schema: Any = schemathesis.openapi.from_url(f"{address}/api/openapi.json", headers=headers)
    called, done, faults = set(), set(), []
    for found in schema.get_all_operations():
        operation = found.ok()
        who, to_known = headers, _to_known
        if operation.path.startswith(DOCUMENTS):
            who, to_known = staff, _Desk(address + DOCUMENTS, staff).to_known
        elif operation.path.startswith(PAYMENTS):
            who, to_known = payments.headers(operation.label), payments.to_known
        elif operation.path.startswith(tuple(f"{RECORDS}{part}" for part in LETTERS)):
            who, to_known = desk.headers, desk.to_known
        elif operation.path.startswith(RECORDS):
            to_known = records.to_known
        for name, mode in MODES.items():
            try:
                if min(_call(operation, mode, who, to_known)) < 300:
                    done.add(operation.label)
            except Unsatisfiable:
                assert name == "forbidden", f"{operation.label} can never be called"
                continue
            except BaseExceptionGroup as group:
                faults += [f"{operation.label}, {name}: {error}" for error in group.exceptions]
            except AssertionError as error:
                faults.append(f"{operation.label}, {name}: {error}")
            called.add(operation.label)
    assert not faults, "\n\n".join(faults)
    assert len(called) > 20
    for address_of in (DOCUMENTS, *(f"{RECORDS}{part}" for part in (*PREPARED, *LETTERS))):
        assert not {label for label in called - done if address_of in label}, "only ever refused"
    assert writes() <= called, "no such operation"
    assert not writes() - done, "only ever refused"


def _payment_desk(app: Leuit) -> PaymentDesk:
    with app.read(SYSTEM) as view:
        unit = unit_by_code(view, UNIT)
        home = view.session.scalars(select(Grant.unit_id).limit(1)).one()
    assert unit is not None
    return PaymentDesk(app, unit.id, home)


def _call(
    operation: Any,
    mode: GenerationMode,
    headers: dict[str, str],
    to_known: Callable[[Any], None],
) -> set[int]:
    """Call an operation with drawn data, every other time on something that is there."""
    statuses: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def check(case: Any, known: bool) -> None:
        if known and mode is GenerationMode.POSITIVE:
            to_known(case)
        answer = case.call(headers=headers)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == "application/problem+json"
            # What HEAD is answered has no content (RFC 9110 section 9.3.2).
            assert case.method.upper() == "HEAD" or answer.json()["code"]

    check()
    return statuses


def _to_known(case: Any) -> None:
    here = {name: KNOWN[name] for name in case.path_parameters or {} if name in KNOWN}
    case.path_parameters = {**(case.path_parameters or {}), **here}


@attrs.frozen
class _Desk:
    """Brings documents for the cases of e-sign, each in the state that its operation needs."""

    address: str
    headers: dict[str, str]

    def to_known(self, case: Any) -> None:
        """Let a case be about a document of the caller, as it stands; or bring a real PDF."""
        inner = case.operation.path.partition("/{document_id}")[2].lstrip("/")
        if "document_id" not in (case.path_parameters or {}):
            if case.method == "POST":
                case.body = {"title": "Surat", "file": letter()}
            return
        document = self._document(STEPS_BEFORE.get(inner, 0))
        kept = [name for name in ("place", "step") if f"{name}_id" in inner]
        case.path_parameters = {
            "document_id": document["id"],
            **{f"{name}_id": document[f"{name}s"][0]["id"] for name in kept},
        }
        version = {"version": document["version"]}
        if case.method == "DELETE":
            case.query = version
        elif case.method in ("POST", "PUT"):
            case.body = BODIES.get(inner, {}) | version

    def _document(self, steps: int) -> dict[str, Any]:
        files = {"file": ("surat.pdf", letter(), "application/pdf")}
        made = httpx2.post(self.address, data={"title": "x"}, files=files, headers=self.headers)
        document: dict[str, Any] = made.raise_for_status().json()
        for name in WALK[:steps]:
            sent = BODIES.get(name, {}) | {"version": document["version"]}
            path = f"{self.address}/{document['id']}/{name}"
            document = httpx2.post(path, json=sent, headers=self.headers).raise_for_status().json()
        return document


def test_addresses_that_nobody_has_are_problems_too(address: str) -> None:
    """Under /api an unknown address is 404 and a wrong method 405, both as problem documents."""
    for method, path, status, code in (
        ("GET", "/api/tidak/ada", 404, "not_found"),
        ("GET", "/api/attendance/v1/tidak-ada", 404, "not_found"),
        ("DELETE", "/api/attendance/v1/devices", 405, "method_not_allowed"),
    ):
        answer = httpx2.request(method, address + path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == code
    page = httpx2.get(f"{address}/tidak/ada")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    wrong = httpx2.delete(f"{address}/attendance/devices")
    assert wrong.status_code == 405
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "HEAD"}
