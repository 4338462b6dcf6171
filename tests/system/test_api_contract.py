"""The JSON API against its own description: hostile and honest requests made by Schemathesis.

Each operation of /api/openapi.json is called as the administrator with data that the description
allows and with data that it forbids. No answer may be a 5xx; each must be one that is described,
errors as problem documents with a stable code.
"""

from collections.abc import Iterator
from typing import Any

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

from leuit.builtin.core import first_administrator
from leuit.builtin.core.tokens import create_token
from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.work import Leuit, Worker
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.sample import found_sample
from tests.system.browser_office import SAMPLES, served

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
EXAMPLES = 20
MODES = {"allowed": GenerationMode.POSITIVE, "forbidden": GenerationMode.NEGATIVE}
KNOWN = {"code": "CONTOH", "serial": "LEUI204600001", "person": "198704212011011002"}
"""Values of paths that lead somewhere: drawn ones hardly ever do."""


@pytest.fixture
def address(app: Leuit, host: Host) -> Iterator[str]:
    """The sample office, served on a port."""
    first_administrator(app, "admin")
    with app.change(SYSTEM) as work:
        found_sample(work)
    import_file(app, SYSTEM, (SAMPLES / "1_attlog.dat").read_bytes(), "1_attlog.dat")
    Worker(app, name="test").run_pending(raise_errors=True)
    with served(app, host) as opened:
        yield opened


@pytest.mark.ci
def test_the_api_answers_as_it_is_described(app: Leuit, address: str) -> None:
    """Every operation, with allowed and forbidden data, on both engines."""
    headers = {"Authorization": f"Bearer {create_token(app, 'admin', 'uji', 30)}"}
    schema: Any = schemathesis.openapi.from_url(f"{address}/api/openapi.json", headers=headers)
    called, faults = set(), []
    for found in schema.get_all_operations():
        operation = found.ok()
        for name, mode in MODES.items():
            try:
                _call(operation, mode, headers)
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


def _call(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
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
            here = {name: KNOWN[name] for name in case.path_parameters or {} if name in KNOWN}
            case.path_parameters = {**(case.path_parameters or {}), **here}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == "application/problem+json"
            assert answer.json()["code"]

    check()


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
