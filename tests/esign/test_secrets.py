"""A passphrase and a password are used once and found nowhere afterwards (ES-24).

Looked for are the words themselves and what is easily turned back into them or guessed from:
base64, hexadecimal and plain digests; in every column of every table, every file of the
installation, every line of the log and every answer.
"""

import base64
import hashlib
import io
import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import attrs
import pytest
import structlog
from sqlalchemy import inspect, text

from leuit.builtin.organisation import set_password
from leuit.cli.logs import STEPS
from leuit.cli.main import _run
from leuit.identity import SYSTEM, Person
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import LeuitError
from leuit.work import Leuit
from leuit_esign.providers import Provider, Secret, SignOrder
from leuit_esign.providers.lokal import certificate
from leuit_esign.service.keys import WrongPassphraseError, add_key
from leuit_esign.service.results import RefusedResultError
from leuit_esign.service.sign import HOOK
from leuit_esign.test_pki import Authority
from tests.esign.letters import letter
from tests.esign.test_chain import Office, office
from tests.support.client import Client

__all__ = ["office"]  # the fixture of the services' tests

PASSPHRASE = "frasa-bertanda-9471-benar"
WRONG = "frasa-bertanda-9472-salah"
PASSWORD = "sandi-bertanda-9473-benar"
WRONG_PASSWORD = "sandi-bertanda-9474-salah"
SECRETS = (PASSPHRASE, WRONG, PASSWORD, WRONG_PASSWORD)
Sign = Callable[[Leuit, SignOrder], bytes]


@attrs.define
class Search:
    """All that was said and stored, and whether a word is in it."""

    app: Leuit
    said: list[str] = attrs.Factory(list)

    def found(self, word: str) -> list[str]:
        """Where a word stands."""
        return [place for place, data in self._all() if word.encode() in data]

    def assert_clean(self) -> None:
        """Neither a secret nor what is made of it plainly stands anywhere."""
        everything = list(self._all())
        for secret in SECRETS:
            for form in _forms(secret):
                assert not [place for place, data in everything if form in data], form

    def _all(self) -> Iterator[tuple[str, bytes]]:
        yield from (("said", line.encode()) for line in self.said)
        yield from self._rows()
        for path in self.app.settings.data.rglob("*"):
            if path.is_file():
                yield path.name, path.read_bytes()

    def _rows(self) -> Iterator[tuple[str, bytes]]:
        reader = self.app.database.reader
        with reader.connect() as connection:
            for table in inspect(reader).get_table_names():
                for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                    for column, value in row.items():
                        data = bytes(value) if isinstance(value, (bytes, memoryview)) else None
                        yield f"{table}.{column}", data or str(value).encode()


def _forms(secret: str) -> list[bytes]:
    plain = secret.encode()
    digests = [hashlib.new(kind, plain) for kind in ("md5", "sha1", "sha256")]
    return [
        plain,
        base64.b64encode(plain)[:-4],
        plain.hex().encode(),
        *(digest.digest() for digest in digests),
        *(digest.hexdigest().encode() for digest in digests),
    ]


@pytest.fixture
def search(app: Leuit, caplog: pytest.LogCaptureFixture) -> Iterator[Search]:
    """What the product logs, as it writes it, together with what is stored."""
    made = Search(app)
    logger = type("Lines", (), dict.fromkeys(("debug", "info", "warning", "error"), None))()
    for level in ("debug", "info", "warning", "error"):
        setattr(logger, level, made.said.append)
    structlog.configure(
        processors=[*STEPS, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=lambda *_names: logger,
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
    )
    with caplog.at_level(logging.DEBUG):
        yield made


@pytest.fixture
def desk(office: Office, authority: Authority, client: Client) -> Client:
    """The bupati signed in, with a key (that of another) and a password that are marked."""
    with office.app.change(SYSTEM) as work:
        person = work.session.get_one(Person, office.who["bupati"].person_id)
        add_key(work, person, authority.pkcs12("kadis", PASSPHRASE), Secret(PASSPHRASE))
    account = office.who["bupati"].account_id
    assert account is not None
    set_password(office.app, SYSTEM, account, PASSWORD)
    client.sign_in(office.who["bupati"])
    return client


@pytest.fixture
def signing_by(app: Leuit, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sign], None]:
    """Has the installation sign by a function."""

    def change(sign: Sign) -> None:
        provider = Provider("lokal", "Uji", ("B-B",), sign, certificate)
        extras = {**app.vocabulary.extras, HOOK: (provider,)}
        vocabulary = attrs.evolve(app.vocabulary, extras=extras)
        monkeypatch.setattr(app, "vocabulary", vocabulary)

    return change


def _post(desk: Client, search: Search, letter_id: UUID, **form: str) -> int:
    """Sign on the page; what it answers and shows then is searched too."""
    path = f"/esign/documents/{letter_id}"
    asked = desk.post_form(f"{path}/sign", form)
    for answer in (asked, desk.get(path)):
        search.said += [answer.text, str(answer.headers)]
    return asked.status_code


def test_pages_keep_no_secret(
    desk: Client, office: Office, search: Search, caplog: pytest.LogCaptureFixture
) -> None:
    """Wrong and missing passwords and passphrases, and then the right ones."""
    letter_id = office.send(("bupati", "sign", 1))
    for password, passphrase, status in (
        (WRONG_PASSWORD, PASSPHRASE, 422),
        ("", PASSPHRASE, 422),
        (PASSWORD, WRONG, 422),
        (PASSWORD, "", 422),
        (PASSWORD, PASSPHRASE, 303),
    ):
        answer = _post(desk, search, letter_id, password=password, passphrase=passphrase)
        assert answer == status
    assert office.document(letter_id).state == "done"
    search.said.append(caplog.text)
    search.assert_clean()
    assert search.found("SITI CONTOH"), "the search finds what is there"


def test_a_provider_that_breaks_leaves_no_secret(
    desk: Client,
    office: Office,
    search: Search,
    signing_by: Callable[[Sign], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An error that nobody expected is logged with its trace, but not with what variables held."""

    def breaks(_leuit: Leuit, order: SignOrder) -> bytes:
        passphrase = order.secret.reveal()
        raise RuntimeError(f"penyedia rusak {len(passphrase)}")

    def refuses(_leuit: Leuit, order: SignOrder) -> bytes:
        passphrase = order.secret.reveal()
        assert passphrase
        raise LeuitError("Penyedia sedang tidak menjawab.")

    for sign, status in ((refuses, 422), (breaks, 500)):
        signing_by(sign)
        letter_id = office.send(("bupati", "sign", 1))
        form = {"password": PASSWORD, "passphrase": PASSPHRASE}
        assert _post(desk, search, letter_id, **form) == status
        assert office.document(letter_id).state == "running"
    search.said.append(caplog.text)
    assert search.found("penyedia rusak"), "the trace is in the log"
    search.assert_clean()


def test_a_refused_result_keeps_no_secret(
    desk: Client,
    office: Office,
    search: Search,
    signing_by: Callable[[Sign], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The refused file is kept, and what it was asked for with is not."""
    signing_by(lambda _leuit, order: order.pdf + b"% lain\n")
    letter_id = office.send(("bupati", "sign", 1))
    with pytest.raises(RefusedResultError) as refused:
        office.sign("bupati", letter_id, Secret(PASSPHRASE))
    search.said += [str(refused.value), repr(refused.value.__dict__), caplog.text]
    assert search.found("% lain"), "the file that was refused is kept"
    search.assert_clean()


def test_errors_hold_no_secret(desk: Client, office: Office, search: Search) -> None:
    """Neither the error for a wrong passphrase nor one that led to it tells it."""
    letter_id = office.send(("bupati", "sign", 1))
    with pytest.raises(WrongPassphraseError) as wrong:
        office.sign("bupati", letter_id, Secret(WRONG))
    error: BaseException | None = wrong.value
    while error is not None:
        search.said += [str(error), repr(error), repr(getattr(error, "__dict__", {}))]
        error = error.__cause__ or error.__context__
    search.assert_clean()


@pytest.mark.parametrize("typed", [PASSPHRASE, WRONG])
def test_commands_keep_no_secret(
    desk: Client,
    office: Office,
    authority: Authority,
    settings: Settings,
    host: Host,
    search: Search,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    typed: str,
) -> None:
    """`esign sign` and `esign key add`, right, wrong and wrongly used, with LEUIT_PASSPHRASE."""
    folder = settings.data / "surat"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "surat.pdf").write_bytes(letter())
    (folder / "kunci.p12").write_bytes(authority.pkcs12("sekda", PASSPHRASE))
    nip = "0" * 18
    monkeypatch.setenv("LEUIT_PASSPHRASE", typed)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    right = 0 if typed == PASSPHRASE else 1
    for words, status in (
        (["key", "add", nip, "kunci.p12"], right),
        (["sign", "surat.pdf", "--as", "Bupati"], right),
        (["sign", "tidak-ada.pdf", "--as", "Bupati"], 1),
        (["sign", "surat.pdf"], 2),
        (["sign"], 2),
        (["sign", "surat.pdf", "--as", "Bupati", "lebih", "--", "lagi"], 2),
        (["key", "add", "--", nip], 2),
        (["key", "add", nip, "kunci.p12", "--lain"], 2),
    ):
        try:
            assert _run(settings, host, ["esign", *words]) == status, words
        except LeuitError as error:
            assert status == 1, words
            search.said.append(str(error))
    told: Any = capsys.readouterr()
    search.said += [told.out, told.err, caplog.text]
    assert search.found("surat-ttd.pdf") or right
    search.assert_clean()
