"""The access matrix: every route of everything installed, times everybody who might call it.

A route without an example fails here, and so does an answer that is not the one that the declared
permission gives. The matrix is written to build/access-matrix.md.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from leuit.plugins import OPEN_TO, Host, Route
from leuit.values import ManualClock
from leuit.web import all_routes, cookie_name
from leuit.work import Leuit
from tests.support.client import Client
from tests.system.access import Example, Region, call, callers, expected, open_region, outcome
from tests.system.examples import (
    archives,
    archives_ending,
    archives_folders,
    archives_records,
    attendance,
    attendance_days,
    calendar,
    core,
    ecatalog_buying,
    ecatalog_categories,
    ecatalog_finding,
    ecatalog_products,
    ecatalog_vendors,
    esign,
    letters,
    organisation,
    outgoing,
    regulations,
    sp2d,
    sp2d_api,
    sp2d_desks,
    uploads,
)

EXAMPLES: tuple[Callable[[Region], dict[str, Example]], ...] = (
    core.examples,
    calendar.examples,
    regulations.examples,
    organisation.examples,
    attendance.examples,
    attendance_days.examples,
    esign.examples,
    sp2d.examples,
    sp2d_api.examples,
    sp2d_desks.examples,
    archives.examples,
    letters.examples,
    archives_records.examples,
    outgoing.examples,
    archives_ending.examples,
    archives_folders.examples,
    uploads.examples,
    ecatalog_categories.examples,
    ecatalog_finding.examples,
    ecatalog_vendors.examples,
    ecatalog_products.examples,
    ecatalog_buying.examples,
)
LAST = ("POST /sign-out",)
MATRIX = Path(__file__).parents[2] / "build" / "access-matrix.md"


def test_no_route_lacks_a_permission(host: Host) -> None:
    """Every route names a registered permission or one of the open words."""
    known = set(host.vocabulary.rights.permissions) | OPEN_TO
    assert [path for _owner, path, route in all_routes(host) if route.permission not in known] == []


@pytest.mark.ci
def test_everybody_reaches_what_he_may_and_nothing_else(
    app: Leuit, host: Host, client: Client, clock: ManualClock
) -> None:
    """Each caller on each route is let in, refused, or sent to sign in, as the rule says."""
    region = open_region(app)
    examples: dict[str, Example] = {}
    for give in EXAMPLES:
        examples |= give(region)
    calls = _calls(host)
    assert sorted(set(calls) - set(examples)) == [], "routes without an example"
    assert sorted(set(examples) - set(calls)) == [], "examples without a route"
    people = callers(region)
    rights = host.vocabulary.rights
    wrong: list[str] = []
    lines: list[str] = []
    cookie = cookie_name(secure=False)
    for key, (path, route) in sorted(calls.items(), key=lambda item: (item[0] in LAST, item[0])):
        example, method = examples[key], key.partition(" ")[0]
        cells = []
        for caller in people:
            client.cookies.clear()
            if caller.cookie:
                client.cookies.set(cookie, caller.cookie)
            answer = call(client.request, caller, method, path, example)
            found, wanted = outcome(answer), expected(caller, route, example, rights)
            excused = example.shape_first and answer.status_code == 422 and wanted == "ditolak"
            if found != wanted and not excused:
                wrong.append(f"{key} as {caller.title}: {answer.status_code}, not {wanted}")
            cells.append(str(wanted if excused else found))
        lines.append(f"| `{key}` | {route.permission} | " + " | ".join(cells) + " |")
    heading = ["Alamat", "Izin", *(caller.title for caller in people)]
    _write([f"| {' | '.join(heading)} |", "|---" * len(heading) + "|", *lines])
    assert not wrong, "\n".join(wrong)


def _calls(host: Host) -> dict[str, tuple[str, Route]]:
    return {
        f"{method} {path}": (path, route)
        for _owner, path, route in all_routes(host)
        for method in route.methods
    }


def _write(lines: list[str]) -> None:
    MATRIX.parent.mkdir(exist_ok=True)
    MATRIX.write_text("# Siapa boleh membuka apa\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
