"""Mixed load over real HTTP, and the book of what the server has acknowledged.

Each thread does one thing after another and notes an answer only once the whole of it has come. A
device sends again what was not acknowledged, as devices do; everybody else goes on to the next
thing and leaves open what became of the last.
"""

import datetime as dt
import hashlib
import itertools
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs

from .served import NoAnswerError, Reply, Site

TAPS = 5
FIRST_DAY = dt.date(2026, 10, 5)
FAR = dt.date(2030, 1, 1)


@attrs.frozen
class Book:
    """What was acknowledged: taps, holidays, absences, devices, sessions; and wrong answers."""

    taps: set[tuple[str, str, dt.datetime]] = attrs.field(factory=set)
    holidays: set[dt.date] = attrs.field(factory=set)
    absences: set[str] = attrs.field(factory=set)
    devices: set[str] = attrs.field(factory=set)
    sessions: set[bytes] = attrs.field(factory=set)
    pages: list[int] = attrs.field(factory=list)
    wrong: list[str] = attrs.field(factory=list)
    numbers: dict[str, Iterator[int]] = attrs.field(
        factory=lambda: defaultdict(itertools.count), repr=False
    )
    unsent: dict[str, list[tuple[str, dt.datetime]]] = attrs.field(
        factory=lambda: defaultdict(list), repr=False
    )

    def copy(self) -> "Book":
        """The book as it stands: what is acknowledged from now on is not in it."""
        return Book(**{name: getattr(self, name).copy() for name in _KINDS})

    def counts(self) -> dict[str, int]:
        """How much there is of each."""
        return {name: len(getattr(self, name)) for name in _KINDS}


def let_flow(book: Book) -> None:
    """Wait until something of every kind has been acknowledged since now."""
    before, waiting = book.counts(), threading.Event()
    for _turn in range(3_000):
        now = book.counts()
        if book.wrong or all(
            now[name] > before[name]
            for name in ("taps", "devices", "holidays", "sessions", "pages")
        ):
            return
        waiting.wait(0.02)
    raise AssertionError(f"the load does not get on: {before} {book.counts()}")


_KINDS = ("taps", "holidays", "absences", "devices", "sessions", "pages", "wrong")


@contextmanager
def load(site: Site, book: Book) -> Iterator[None]:
    """Six threads of load while the block runs."""
    over = threading.Event()
    threads = [
        threading.Thread(target=_repeat, args=(act, over, book, name), name=name, daemon=True)
        for name, act in _acts(site, book)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(90)
    assert not [thread.name for thread in threads if thread.is_alive()]


def _repeat(act: Callable[[], None], over: threading.Event, book: Book, name: str) -> None:
    while not over.is_set():
        try:
            act()
        except NoAnswerError:
            over.wait(0.02)
        except Exception as error:  # noqa: BLE001 -- a thread's fault must fail the test
            book.wrong.append(f"{name}: {error!r}")
            return


def _acts(site: Site, book: Book) -> list[tuple[str, Callable[[], None]]]:
    cookie: list[str] = []

    def signed_in() -> str:
        if not cookie:
            cookie.append(site.sign_in())
        return cookie[0]

    def sign_in() -> None:
        key = site.sign_in().partition("=")[2]
        book.sessions.add(hashlib.sha256(key.encode()).digest())

    def read() -> None:
        path = "/attendance/units/CONTOH/month?month=2026-10"
        answer = site.ask("GET", path, headers={"Cookie": signed_in()})
        _expect(book, answer, 200, "page")
        book.pages.append(answer.status)

    def device() -> None:
        serial = f"BARU{next(book.numbers['device']):06d}"
        fields = {"serial": serial, "unit": str(site.unit), "name": "", "usb_id": ""}
        answer = site.form("/attendance/devices/new", fields, signed_in())
        if _expect(book, answer, 303, "device"):
            book.devices.add(serial)

    return [
        ("device-1", _uploads(site, book, "UJI1")),
        ("device-2", _uploads(site, book, "UJI2")),
        ("json", _writes(site, book)),
        ("sign-in", sign_in),
        ("page", read),
        ("form", device),
    ]


def _uploads(site: Site, book: Book, serial: str) -> Callable[[], None]:
    numbers, waiting = book.numbers[serial], book.unsent[serial]

    def upload() -> None:
        while len(waiting) < TAPS:
            number = next(numbers)
            day = FIRST_DAY + dt.timedelta(days=number % 5)
            at = dt.datetime.combine(day, dt.time(7)) + dt.timedelta(seconds=number // 5)
            waiting.append((site.pins[number % len(site.pins)], at))
        body = "\n".join(f"{pin}\t{at}\t0\t1\t0\t0\t0" for pin, at in waiting).encode()
        answer = site.ask("POST", f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999", body)
        if _expect(book, answer, 200, "upload"):
            assert answer.body.startswith(b"OK"), answer.body[:80]
            book.taps.update((serial, pin, at) for pin, at in waiting)
            waiting.clear()

    return upload


def _writes(site: Site, book: Book) -> Callable[[], None]:
    numbers = book.numbers["json"]

    def write() -> None:
        number = next(numbers)
        day = FAR + dt.timedelta(days=number)
        if number % 2:
            value = {"kind": "libur", "title": f"Uji {number}", "legal_basis": "Uji"}
            answer = site.api("PUT", f"/api/calendar/v1/days/{day}", value)
            if _expect(book, answer, 200, "holiday"):
                book.holidays.add(day)
            return
        value = {
            "nip": site.nips[number % len(site.nips)],
            "kind": "cuti",
            "first_day": str(day),
            "last_day": str(day),
            "document": f"UJI/{number}",
        }
        answer = site.api("POST", "/api/attendance/v1/absences", value)
        if _expect(book, answer, 201, "absence"):
            book.absences.add(str(answer.json["id"]))

    return write


def _expect(book: Book, answer: Reply, status: int, what: str) -> bool:
    if answer.status == status:
        return True
    book.wrong.append(f"{what}: {answer.status} {answer.body[:200]!r}")
    return False
