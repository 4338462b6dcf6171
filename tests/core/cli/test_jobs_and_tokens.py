"""`leuit jobs …` and `leuit token …`, as typed."""

import datetime as dt
import json
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leuit.builtin.core import first_administrator
from leuit.identity import SYSTEM, ApiToken
from leuit.plugins import Host
from leuit.values import ManualClock, new_id
from leuit.work import AuditEntry, Job, Leuit
from tests.support.client import Client
from tests.support.command_line import Run, runner

KIND = "core.jobs.purge"
API = "/api/attendance/v1/devices"


@pytest.fixture
def run(app: Leuit, host: Host) -> Run:
    """Runs a command; returns its exit status, output and complaints."""
    return runner(app, host)


def asked(app: Leuit, status: str = "waiting") -> UUID:
    """A job of tomorrow in that state."""
    with app.change(SYSTEM) as work:
        job = work.enqueue(KIND, {}, run_at=work.now + dt.timedelta(days=1))
    values: dict[str, str | None] = {"status": status}
    if status == "parked":
        values |= {"parked_for": "failures", "error": "Tidak ada kertas."}
    with app.database.writer.begin() as connection:
        connection.execute(update(Job).where(Job.id == job).values(values))
    return job


def state(app: Leuit, job: UUID) -> tuple[str, dt.datetime]:
    """How a job stands, and when it may begin."""
    with app.read(SYSTEM) as view:
        row = view.session.get_one(Job, job)
        return row.status, row.run_at


def acts(app: Leuit, job: UUID) -> list[str]:
    """What the audit log says was done to a job."""
    with app.read(SYSTEM) as view:
        query = select(AuditEntry.action).where(AuditEntry.ref_id == str(job))
        return list(view.session.scalars(query.order_by(AuditEntry.id)))


def test_jobs_are_listed(app: Leuit, run: Run) -> None:
    """One line a job with its state and what went wrong; --status narrows the list."""
    waiting, parked = asked(app), asked(app, "parked")
    status, out, err = run("jobs", "list")
    assert (status, err) == (0, "")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert "waiting" in lines[str(waiting)]
    assert "Tidak ada kertas." in lines[str(parked)]
    told = json.loads(run("jobs", "list", "--status", "parked", "--json")[1])
    assert [(job["id"], job["kind"], job["error"]) for job in told] == [
        (str(parked), KIND, "Tidak ada kertas.")
    ]
    status, out, err = run("jobs", "list", "--status", "salah")
    assert (status, out) == (1, "")
    assert "parked" in err


def test_a_parked_job_is_retried(app: Leuit, run: Run, clock: ManualClock) -> None:
    """It may begin now; a second time there is nothing to retry, and that is told."""
    job = asked(app, "parked")
    assert run("jobs", "retry", str(job)) == (0, "1 pekerjaan akan diulang.\n", "")
    assert state(app, job) == ("waiting", clock.now())
    assert acts(app, job) == ["core.job.retried"]
    status, out, err = run("jobs", "retry", str(job))
    assert (status, out) == (1, "")
    assert "diparkir atau dibatalkan" in err
    assert run("jobs", "retry", str(job), "--kind", KIND)[0] == 1


def test_every_parked_job_is_retried(app: Leuit, run: Run) -> None:
    """Without an id all of them, or those of a kind; others stay as they are."""
    jobs, waiting = [asked(app, "parked") for _number in range(2)], asked(app)
    before = state(app, waiting)
    assert run("jobs", "retry", "--kind", "tidak.ada")[1] == "0 pekerjaan akan diulang.\n"
    assert [state(app, job)[0] for job in jobs] == ["parked", "parked"]
    assert run("jobs", "retry", "--kind", KIND) == (0, "2 pekerjaan akan diulang.\n", "")
    assert [state(app, job)[0] for job in jobs] == ["waiting", "waiting"]
    assert state(app, waiting) == before
    parked = asked(app, "parked")
    assert run("jobs", "retry")[1] == "1 pekerjaan akan diulang.\n"
    assert state(app, parked)[0] == "waiting"


def test_a_job_is_cancelled(app: Leuit, run: Run) -> None:
    """A waiting job ends; what has ended cannot be cancelled."""
    job = asked(app)
    assert run("jobs", "cancel", str(job)) == (0, "Pekerjaan dibatalkan.\n", "")
    assert state(app, job)[0] == "cancelled"
    assert acts(app, job) == ["core.job.cancelled"]
    status, out, err = run("jobs", "cancel", str(job))
    assert (status, out) == (1, "")
    assert "sudah berakhir" in err


def test_a_waiting_job_begins_at_once(app: Leuit, run: Run, clock: ManualClock) -> None:
    """A job of tomorrow may begin now; a parked one is not hastened."""
    job, parked = asked(app), asked(app, "parked")
    assert run("jobs", "run", str(job)) == (0, "Pekerjaan akan segera dijalankan.\n", "")
    assert state(app, job) == ("waiting", clock.now())
    status, out, err = run("jobs", "run", str(parked))
    assert (status, out) == (1, "")
    assert "Hanya pekerjaan yang menunggu" in err
    assert state(app, parked)[0] == "parked"


def test_no_job_is_made_up(run: Run) -> None:
    """An id that is none and one that nobody has are refused with 1; a missing one with 2."""
    for verb in ("retry", "cancel", "run"):
        for word in ("bukan-id", str(new_id())):
            status, out, err = run("jobs", verb, word)
            assert (status, out) == (1, "")
            assert "Pekerjaan itu tidak ada." in err
    for words in (("cancel",), ("run",), ("list", "--semua"), ("retry", "--kind")):
        assert run("jobs", *words)[0] == 2


def test_a_token_is_made_used_and_revoked(app: Leuit, run: Run, client: Client) -> None:
    """The very next request with a revoked token is refused; tokens of other titles still hold."""
    first_administrator(app, "admin", "kata-sandi-uji")
    keys = {
        title: run("token", "create", "admin", "--title", title)[1].strip()
        for title in ("absen", "lain")
    }

    def answers() -> dict[str, int]:
        return {
            title: client.get(API, headers={"Authorization": f"Bearer {key}"}).status_code
            for title, key in keys.items()
        }

    assert answers() == {"absen": 200, "lain": 200}
    assert run("token", "revoke", "absen", "--login", "bukan-admin")[0] == 1
    assert run("token", "revoke", "absen") == (0, "1 token dicabut.\n", "")
    assert answers() == {"absen": 401, "lain": 200}
    with app.read(SYSTEM) as view:
        found = view.session.scalars(select(ApiToken)).all()
        assert {token.title: token.revoked_at for token in found} == {
            "absen": view.now,
            "lain": None,
        }
    assert run("token", "revoke", "absen") == (1, "0 token dicabut.\n", "")
    assert run("token", "revoke")[0] == 2


def test_a_token_that_cannot_be_is_not_made(app: Leuit, run: Run) -> None:
    """An unknown account, span or permission makes no token, and no key is printed."""
    first_administrator(app, "admin", "kata-sandi-uji")
    for words, status in (
        (("tidak-ada",), 1),
        (("admin", "--days", "0"), 1),
        (("admin", "--permission", "tidak.ada"), 1),
        (("admin", "--days", "lama"), 2),
    ):
        found, out, err = run("token", "create", *words)
        assert (found, out) == (status, ""), words
        assert err.startswith("leuit: ")
    with app.read(SYSTEM) as view:
        assert view.session.scalars(select(ApiToken)).all() == []
