"""Taking e-sign out of an installation with signed letters, and putting it in again."""

import asyncio
import contextlib
import io
from collections.abc import Iterator

import attrs
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import inspect, select, text

import leuit.plugins.host
from leuit.builtin import BUILTINS
from leuit.builtin.core import create_root
from leuit.cli.main import run
from leuit.identity import SYSTEM, Grant, Identity
from leuit.plugins import Host, load
from leuit.plugins.discovery import discover
from leuit.settings import Settings
from leuit.storage import core_history, migrate, require_current
from leuit.values import ManualClock, RecordRef
from leuit.work import Job, JobContext, JobKind, Leuit, Worker
from leuit_attendance.service.sample import found_sample
from tests.esign.conftest import Judge
from tests.esign.letters import Pen
from tests.esign.test_chain import SINCE, Office, office
from tests.support.client import Client

pytestmark = pytest.mark.ci

__all__ = ["office"]  # the fixture of the services' tests

KIND = "esign.probe"
ADMINISTRATOR = "core.administrator"


def test_letters_outlive_the_plugin_and_are_found_again(
    office: Office,
    settings: Settings,
    host: Host,
    clock: ManualClock,
    pen: Pen,
    verdict_of: Judge,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without e-sign all else goes on, its tables and files stay, and any validator reads the
    letters; its jobs park with the reason. With it again, letters, keys and jobs are as before.
    """
    monkeypatch.setenv("LEUIT_DATA", str(settings.data))
    monkeypatch.setenv("LEUIT_DATABASE", settings.database_url)
    done: list[str] = []
    administrator = _administrator(office)
    with office.app.change(SYSTEM) as work:
        found_sample(work)
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    office.paraf("sekda", letter_id)
    office.sign("bupati", letter_id)
    begun = office.send(("bupati", "sign", 1))
    sha256 = office.document(letter_id).current_sha256
    assert sha256 is not None
    with _opened(settings, _with_job(host, done), clock) as app:
        with app.change(SYSTEM) as work:
            work.enqueue(KIND, {})
        tables = _rows(app)
        with Client(app, host) as client, client.as_(administrator):
            statuses = _statuses(client, host)
    assert max(statuses.values()) < 500
    assert list(statuses.values()).count(200) > 20
    assert tables["esign_key"] == 4
    assert tables["esign_document"] == 2

    found = [one for one in discover() if one.name != "esign"]
    without = load(settings, BUILTINS, found=found)
    assert without.state("esign").state == "absent"
    with _opened(settings, without, clock) as app:
        require_current(app.database, (core_history(), *without.histories))
        migrate(app.database, (core_history(), *without.histories))
        Worker(app).run_pending(raise_errors=True)
        assert "tidak terpasang" in (_job(app).error or "")
        with Client(app, without) as client, client.as_(administrator):
            assert _statuses(client, without) == statuses
            assert client.get("/attendance/units/CONTOH/month?month=2026-10").status_code == 200
            for path in ("/esign", f"/esign/documents/{letter_id}", "/verifikasi"):
                assert client.get(path).status_code == 404, path
            health = client.get("/health").text
            assert "esign" in health
            assert "Datanya masih tersimpan" in health
        assert _is_valid(app.blobs.get(sha256), pen)
        assert _rows(app) == tables
    with monkeypatch.context() as gone:
        gone.setattr(leuit.plugins.host, "discover", lambda: found)
        capsys.readouterr()
        assert run(["check"]) == 0
        assert "Data plugin “esign” masih tersimpan" in capsys.readouterr().out

    with _opened(settings, _with_job(host, done), clock) as app:
        migrate(app.database, (core_history(), *host.histories))
        Worker(app).run_pending(raise_errors=True)
        assert (_job(app).status, done) == ("done", ["done"])
        again = attrs.evolve(office, app=app)
        assert again.document(letter_id).state == "done"
        assert verdict_of(again.pdf(letter_id)).word == "VALID"
        again.sign("bupati", begun)
        assert verdict_of(again.pdf(begun)).word == "VALID"
        with Client(app, host) as client, client.as_(office.maker):
            assert client.get(f"/esign/documents/{letter_id}").status_code == 200
    assert run(["check"]) == 0
    assert "masih tersimpan" not in capsys.readouterr().out


def _statuses(client: Client, host: Host) -> dict[str, int]:
    """What every page but those of e-sign answers, if it needs nothing in its address."""
    return {
        path: client.get(path).status_code
        for path, owner in ((key.split(" ")[-1], one[0]) for key, one in host.merged.routes.items())
        if owner != "esign" and "{" not in path and not path.startswith(("/api", "/iclock"))
    }


def _with_job(host: Host, done: list[str]) -> Host:
    """The host with one kind of job more, which e-sign brings."""

    def probe(_context: JobContext) -> None:
        done.append("done")

    kinds = {**host.vocabulary.kinds, KIND: JobKind(KIND, probe)}
    return attrs.evolve(host, vocabulary=attrs.evolve(host.vocabulary, kinds=kinds))


@contextlib.contextmanager
def _opened(settings: Settings, host: Host, clock: ManualClock) -> Iterator[Leuit]:
    app = Leuit(settings, host.vocabulary, clock=clock)
    try:
        yield app
    finally:
        app.close()


def _administrator(office: Office) -> Identity:
    """The maker of letters, who may see everything from now on."""
    account = office.maker.account_id
    with office.app.change(SYSTEM) as work:
        root = create_root(work, office.app.settings.region)
        work.session.flush()
        work.session.add(
            Grant(role=ADMINISTRATOR, unit_id=root, account_id=account, valid_from=SINCE)
        )
        ref = RecordRef("core.account", str(account), "maker")
        work.audit("core.grant.given", ref, role=ADMINISTRATOR)
    return office.maker


def _rows(app: Leuit) -> dict[str, int]:
    """How many rows each table of e-sign holds."""
    names = inspect(app.database.reader).get_table_names()
    with app.database.reader.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in names
            if name.startswith("esign_")
        }


def _job(app: Leuit) -> Job:
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(Job).where(Job.kind == KIND)).one()


def _is_valid(pdf: bytes, pen: Pen) -> bool:
    """What pyHanko alone says of the one signature."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    context = ValidationContext(trust_roots=[pen.root], allow_fetching=False)
    return asyncio.run(async_validate_pdf_signature(signature, context)).bottom_line
