"""Idempotency-Key: what was done once under a key is not done again, and never told to others."""

import datetime as dt
import threading
from typing import Any

import attrs
import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import InvalidInputError, ManualClock
from leuit.work import Leuit, Worker
from leuit_sp2d.models import Answer, Batch, Evidence, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPM
from leuit_sp2d.service.kept_answers import (
    PURGE,
    Asked,
    Kept,
    KeyInUseError,
    KeyMismatchError,
    asked,
    keep_answer,
    known_answer,
    take_key,
)
from leuit_sp2d.service.same_request import note_done, was_done
from tests.sp2d.programs import PASSWORD, Programs, body, with_passwords
from tests.sp2d.treasury import PDF, Treasury, treasury, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci

KEY = "7f0c1f6e-kunci-1"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury, with passwords where they are asked for."""
    made = treasury(app)
    with_passwords(made)
    return made


@pytest.fixture
def programs(office: Treasury, client: Client) -> Programs:
    """Everybody's programs."""
    return Programs(client, office)


def test_the_same_request_gets_the_first_answer(office: Treasury, programs: Programs) -> None:
    """However often it is sent, it makes one payment, and each is told the same bytes."""
    pptk = office.people[DRAFT]
    first = programs.call(pptk, "POST", "/payments", json=body(office), key=KEY)
    assert first.status_code == 201
    assert "idempotency-replayed" not in first.headers
    for _ in range(5):
        again = programs.call(pptk, "POST", "/payments", json=body(office), key=KEY)
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["location"] == first.headers["location"]
        assert again.headers["idempotency-replayed"] == "true"
    assert count(office, Payment) == 1


def test_a_key_means_one_request_only(office: Treasury, programs: Programs) -> None:
    """Vector 36: another amount, address, method or person under the same key is refused.

    The refusal says nothing of what the first was told.
    """
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=body(office), key=KEY)
    other = body(office, purpose="Laptop lain")
    path = f"/payments/{made['id']}"
    calls: list[tuple[Identity, str, str, dict[str, Any]]] = [
        (pptk, "POST", "/payments", other),
        (office.administrator, "POST", "/payments", body(office)),
        (pptk, "POST", f"{path}/cancel", {"version": made["version"]}),
        (pptk, "PUT", path, body(office, version=made["version"])),
    ]
    for who, method, address, sent in calls:
        answer = programs.call(who, method, address, json=sent, key=KEY)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")
        assert made["id"] not in answer.text
    assert count(office, Payment) == 1
    assert programs.done(pptk, "GET", path)["state"] == DRAFT


def test_a_refusal_is_not_kept(office: Treasury, programs: Programs) -> None:
    """Vector 36: what was refused and then put right is done under the same key."""
    pptk = office.people[DRAFT]
    wrong = programs.call(pptk, "POST", "/payments", json=body(office, npwp="1"), key=KEY)
    assert wrong.status_code == 422
    right = programs.call(pptk, "POST", "/payments", json=body(office), key=KEY)
    assert right.status_code == 201
    payment_id = walked(office, SPM)
    step = {"step": SPM, "version": 5, "statement": True}
    who = office.people[SPM]
    seen = programs.done(who, "GET", f"/payments/{payment_id}")["version"]
    step["version"] = seen
    path = f"/payments/{payment_id}/steps"
    for password, status in (("salah", 422), (PASSWORD, 200), (PASSWORD, 200)):
        answer = programs.call(who, "POST", path, json=step | {"password": password}, key="spm-1")
        assert answer.status_code == status, answer.text


def test_a_file_of_orders_is_made_once(office: Treasury, programs: Programs) -> None:
    """The second sending gets the first file, with the key or without, though nothing waits."""
    walked(office, BANK)
    who = office.people[SP2D]
    [waits] = programs.done(who, "GET", "/bank/waiting")["items"]
    sent = {"orders": [waits["id"]], "password": PASSWORD}
    first = programs.done(who, "POST", "/bank/orders", json=sent, key=KEY)
    assert programs.done(who, "POST", "/bank/orders", json=sent, key=KEY) == first
    assert programs.done(who, "POST", "/bank/orders", json=sent) == first
    assert count(office, Batch) == 1


def test_a_form_is_known_by_its_fields_and_not_its_boundary(
    office: Treasury, programs: Programs
) -> None:
    """The same file in another envelope is the same request; another file is not."""
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=body(office))
    path = f"/payments/{made['id']}/evidence"

    def send(data: bytes) -> Any:
        files = {"file": ("k.pdf", data, "application/pdf")}
        return programs.call(pptk, "POST", path, data={"item": "kuitansi"}, files=files, key=KEY)

    first = send(PDF)
    assert first.status_code == 201
    assert send(PDF).content == first.content
    assert send(PDF + b"2").json()["code"] == "idempotency_mismatch"
    assert count(office, Evidence) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "dua kata", "tab\tx"])
def test_a_key_is_a_short_visible_word(office: Treasury, programs: Programs, key: str) -> None:
    """An empty, long or blank key is a fault of the header, and nothing is done."""
    answer = programs.call(office.people[DRAFT], "POST", "/payments", json=body(office), key=key)
    assert answer.status_code == 422
    assert [one["path"] for one in answer.json()["errors"]] == ["Idempotency-Key"]
    assert count(office, Payment) == 0


def test_of_two_at_once_one_does_it_and_the_other_hears_of_it(office: Treasury) -> None:
    """The second waits at the key until the first is stored, then gets its answer."""
    app = office.app
    one = asked(app, KEY, None, [b"POST", b"/x", b"{}"])
    held, answers = threading.Event(), []

    def second() -> None:
        held.wait(20)
        with app.change(SYSTEM) as work:
            answers.append(take_key(work, one))

    thread = threading.Thread(target=second)
    thread.start()
    with app.change(SYSTEM) as work:
        assert take_key(work, one) is None
        held.set()
        keep_answer(work, one, Kept(201, '{"id": 1}'))
    thread.join(20)
    assert answers == [Kept(201, '{"id": 1}')]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_waits_too_long_is_told_to_come_again(office: Treasury) -> None:
    """While the first is still at work the second is 409 with Retry-After, and nothing is done."""
    app = office.app
    one = asked(app, KEY, None, [b"x"])
    held, told = threading.Event(), []

    def second() -> None:
        held.wait(20)
        try:
            with app.change(SYSTEM) as work:
                work.connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
                take_key(work, one)
        except KeyInUseError as error:
            told.append((error.status, error.code, error.retry_after))

    thread = threading.Thread(target=second)
    with app.change(SYSTEM) as work:
        take_key(work, one)
        thread.start()
        held.set()
        thread.join(20)
    assert told == [(409, "idempotency_in_progress", 2)]


def test_when_the_first_of_two_fails_the_second_does_it(office: Treasury) -> None:
    """A refusal leaves no key behind: whoever waited for it goes on."""
    app = office.app
    one = asked(app, KEY, None, [b"x"])
    held, answers = threading.Event(), []

    def second() -> None:
        held.wait(20)
        with app.change(SYSTEM) as work:
            answers.append(take_key(work, one))
            keep_answer(work, one, Kept(200, "{}"))

    thread = threading.Thread(target=second)
    thread.start()
    with pytest.raises(InvalidInputError), app.change(SYSTEM) as work:
        take_key(work, one)
        held.set()
        raise InvalidInputError("x")
    thread.join(20)
    assert answers == [None]


def test_the_digest_needs_the_secret_and_parts_do_not_run_together(office: Treasury) -> None:
    """A password in a body cannot be guessed from the table; `ab`,`c` is not `a`,`bc`."""
    one = asked(office.app, KEY, None, [b"ab", b"c"])
    other = asked(office.app, KEY, None, [b"a", b"bc"])
    assert one.sha256 != other.sha256
    with office.app.change(SYSTEM) as work:
        take_key(work, one)
    with office.app.read(SYSTEM) as view, pytest.raises(KeyMismatchError):
        known_answer(view, attrs.evolve(one, sha256=other.sha256))


def test_answers_are_forgotten_after_a_week(office: Treasury, clock: ManualClock) -> None:
    """The nightly job deletes those older than seven days and leaves the others, with a key or
    without.
    """
    app = office.app
    for key in ("lama", "baru"):
        with app.change(SYSTEM) as work:
            take_key(work, Asked(key, None, "0" * 64))
            note_done(work, key)
        clock.advance(dt.timedelta(days=4))
    with app.change(SYSTEM) as work:
        work.enqueue(PURGE, {})
    Worker(app, name="test").run_pending(raise_errors=True)
    with app.read(SYSTEM) as view:
        assert list(view.session.scalars(select(Answer.key))) == ["baru"]
        assert (was_done(view, "lama"), was_done(view, "baru")) == (False, True)


def count(office: Treasury, table: Any) -> int:
    """How many rows there are."""
    with office.app.read(SYSTEM) as view:
        return len(view.session.scalars(select(table)).all())
