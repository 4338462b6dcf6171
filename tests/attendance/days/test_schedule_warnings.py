"""Vector 3 of attendance.md as a drafter meets it: a week of 33 hours passes with a warning."""

import datetime as dt
import json
from typing import Any

import attrs
import pytest

from leuit.identity import SYSTEM, Account, Grant, Identity
from leuit.values import RecordRef
from leuit_attendance.rules import RAMADAN_WEEK_MINUTES, DayPattern, WeekSchedule, to_plain
from leuit_attendance.service.figures import SCHEDULES, ScheduleBook
from tests.support.client import Client

from .office import RAMADAN, START, Office

USUAL = DayPattern(dt.time(7, 15), dt.time(13, 15), 30)
FRIDAY = DayPattern(dt.time(7, 15), dt.time(13, 45), 60)
SIX_DAYS = attrs.evolve(
    RAMADAN,
    title="Ramadan, enam hari",
    monday=USUAL,
    tuesday=USUAL,
    wednesday=USUAL,
    thursday=USUAL,
    saturday=USUAL,
    friday=FRIDAY,
    expected_minutes=RAMADAN_WEEK_MINUTES,
)
WARNING = "Jadwal “ramadan”: Jumlah jam kerja seminggu 33 jam, ketentuan 32 jam 30 menit."


@pytest.fixture
def drafter(office: Office) -> Identity:
    """Somebody who drafts regulations for the regency."""
    with office.app.change(SYSTEM) as work:
        account = Account(login="perancang", kind="person", created_at=work.now)
        work.session.add(account)
        work.session.flush()
        grant = Grant(
            role="core.regulation_drafter",
            unit_id=office.root,
            account_id=account.id,
            valid_from=START,
        )
        work.session.add(grant)
        work.audit("core.token.created", RecordRef("core.account", str(account.id)))
        return Identity(kind="person", name="perancang", login=account.login, account_id=account.id)


def typed(week: WeekSchedule) -> dict[str, Any]:
    """The form of a new edition with that week."""
    return {
        "kind": SCHEDULES,
        "title": "Jadwal Ramadan",
        "legal_basis": "Perbup 2/2027",
        "confidence": "unverified",
        "effective_from": "08/02/2027",
        "body": json.dumps(to_plain(ScheduleBook({"ramadan": week}))),
    }


def test_a_week_of_33_hours_is_accepted_with_a_warning(client: Client, drafter: Identity) -> None:
    """The draft is stored and its page names both sums; the week of 32.5 hours passes silently."""
    with client.as_(drafter):
        found = []
        for week in (SIX_DAYS, RAMADAN):
            answer = client.post_form("/regulations/new", typed(week))
            assert answer.status_code == 303, answer.text
            found.append(client.get(answer.headers["location"]).text)
    assert WARNING in found[0]
    assert "Jumlah jam kerja seminggu" not in found[1]
