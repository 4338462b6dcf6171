"""A letter on its way: in order, by the right people, with nothing signed twice or by halves."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs
import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import (
    SYSTEM,
    Account,
    Assignment,
    Identity,
    Person,
    Position,
    Unit,
    rebuild_closure,
)
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    ManualClock,
    PermissionDeniedError,
    RecordRef,
)
from leuit.work import AuditEntry, Leuit, Work
from leuit_esign.models import Document, SigningKey, Step
from leuit_esign.providers import Provider, Secret, SignOrder
from leuit_esign.providers.lokal import certificate
from leuit_esign.providers.lokal import sign as lokal
from leuit_esign.service import acting
from leuit_esign.service.acting import (
    give_paraf,
    readable,
    refuse,
    sign_step,
)
from leuit_esign.service.chain import NewStep, add_step, steps_of
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.keys import WrongPassphraseError, add_key
from leuit_esign.service.passing import recall
from leuit_esign.service.places import add_preset, close_placing
from leuit_esign.service.results import RefusedResultError
from leuit_esign.service.sending import send
from leuit_esign.service.tasks import my_turns
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from tests.esign.conftest import Judge
from tests.esign.letters import PASSPHRASE, Pen, letter, seen_text

SINCE = dt.date(2020, 1, 1)
SECRET = Secret(PASSPHRASE)
PEOPLE = {
    "bupati": "Bupati",
    "sekda": "Sekretaris Daerah",
    "kadis": "Kepala Dinas",
    "dicabut": "Kepala Bidang",
}


@attrs.frozen
class Office:
    """People by their label in the authority, each with an account, a post and a key."""

    app: Leuit
    who: dict[str, Identity]
    maker: Identity

    def send(self, *steps: tuple[str, str, int], pages: int = 1) -> UUID:
        """A letter with these steps (label, kind, number) on its way; returns its id."""
        received = receive(self.app, letter(pages=pages), "surat.pdf")
        with self.app.change(self.maker) as work:
            document_id = bring(work, "Surat", received).id
        version = 1
        for _label, kind, _number in steps:
            if kind == "sign":
                with self.app.change(self.maker) as work:
                    add_preset(work, document_id, version, "bottom_left", 0)
                version += 1
        with self.app.change(self.maker) as work:
            close_placing(work, document_id, version)
        for label, kind, number in steps:
            version += 1
            with self.app.change(self.maker) as work:
                add_step(work, document_id, version, NewStep(PEOPLE[label], kind, number))
        send(self.app, self.maker, document_id, version + 1)
        return document_id

    def sign(self, label: str, document_id: UUID, secret: Secret = SECRET) -> Step:
        """Sign as somebody."""
        return sign_step(self.app, self.who[label], document_id, secret)

    def paraf(self, label: str, document_id: UUID) -> None:
        """Give a paraf as somebody."""
        with self.app.change(self.who[label]) as work:
            give_paraf(work, document_id)

    def document(self, document_id: UUID) -> Document:
        """The document as stored."""
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Document, document_id)

    def states(self, document_id: UUID) -> list[str]:
        """The states of its steps, in order."""
        with self.app.read(SYSTEM) as view:
            return [step.state for step in steps_of(view, document_id)]

    def pdf(self, document_id: UUID) -> bytes:
        """The file with the signatures so far."""
        return self.app.blobs.get(self.document(document_id).current_sha256 or "")

    def waits_for(self, label: str) -> list[UUID]:
        """The documents that wait for somebody."""
        with self.app.read(self.who[label]) as view:
            return [one.document_id for one in my_turns(view, 50)]


_KEYS: dict[tuple[int, str], dict[str, Any]] = {}


def _give_key(work: Work, person: Person, authority: Authority, label: str) -> None:
    """A person's key; encrypting it takes a quarter of a second, so that it is done once a run."""
    kept = _KEYS.get((id(authority), label))
    if kept is None:
        key = add_key(work, person, authority.pkcs12(label, PASSPHRASE), SECRET)
        work.session.flush()
        columns = [column.name for column in SigningKey.__table__.columns]
        kept = {name: getattr(key, name) for name in columns if name not in ("id", "person_id")}
        _KEYS[id(authority), label] = kept
        return
    work.session.add(SigningKey(**kept, person_id=person.id))


@pytest.fixture
def office(app: Leuit, clock: ManualClock, authority: Authority) -> Office:
    """The office, in the present, as the authority's answers are."""
    clock.set(dt.datetime.now(dt.UTC))
    who: dict[str, Identity] = {}
    with app.change(SYSTEM) as work:
        unit = Unit(code="KAB", name="Kabupaten", short="Kab", kind="kabupaten", valid_from=SINCE)
        work.session.add(unit)
        work.session.flush()
        for number, (label, title) in enumerate({**PEOPLE, "maker": "Pelaksana"}.items()):
            holder = authority.holders.get(label)
            person = Person(name=holder.name if holder else "Hilda Contoh", nip=f"{number:018d}")
            position = Position(unit_id=unit.id, title=title, is_head=label == "bupati")
            work.session.add_all([person, position])
            work.session.flush()
            account = Account(login=label, person_id=person.id, created_at=work.now)
            post = Assignment(
                person_id=person.id, position_id=position.id, kind="definitif", valid_from=SINCE
            )
            work.session.add_all([account, post])
            work.session.flush()
            if holder:
                _give_key(work, person, authority, label)
            who[label] = Identity("person", person.name, account.id, person.id, login=label)
        rebuild_closure(work.session)
        body = {"roots": [{"name": "Root", "pem": authority.root_pem}]}
        seed_edition(work, TRUST, Draft("Uji", "Uji", "unverified", SINCE, body))
    return Office(app, who, who.pop("maker"))


def test_parafs_and_signatures_go_in_order(office: Office, verdict_of: Judge) -> None:
    """Two parafs side by side, then two signatures one after the other; the file is VALID."""
    letter_id = office.send(
        ("sekda", "paraf", 1), ("kadis", "paraf", 1), ("kadis", "sign", 2), ("bupati", "sign", 3)
    )
    assert office.states(letter_id) == ["open", "open", "waiting", "waiting"]
    assert office.waits_for("bupati") == []
    for label in ("kadis", "sekda"):
        assert office.waits_for(label) == [letter_id]
        office.paraf(label, letter_id)
    assert office.states(letter_id) == ["done", "done", "open", "waiting"]
    with pytest.raises(PermissionDeniedError):
        office.sign("bupati", letter_id)
    first = office.pdf(letter_id)
    office.sign("kadis", letter_id)
    second = office.pdf(letter_id)
    office.sign("bupati", letter_id)
    third = office.pdf(letter_id)
    assert third.startswith(second)
    assert second.startswith(first)
    assert office.document(letter_id).state == "done"
    verdict = verdict_of(third)
    assert verdict.word == "VALID"
    assert [one.finding.signer for one in verdict.signatures] == [
        "ANI CONTOH, S.Kom.",
        "SITI CONTOH, S.E., M.Si.",
    ]
    with pytest.raises(PermissionDeniedError):
        office.sign("bupati", letter_id)


def test_nobody_signs_for_another(office: Office) -> None:
    """With the right passphrase but another's turn, out of turn, or twice: refused, unchanged."""
    letter_id = office.send(("bupati", "sign", 1))
    before = office.pdf(letter_id)
    for label in ("sekda", "kadis"):
        with pytest.raises(PermissionDeniedError):
            office.sign(label, letter_id)
        with pytest.raises(PermissionDeniedError):
            office.paraf(label, letter_id)
    with pytest.raises(ConflictError):
        office.paraf("bupati", letter_id)
    assert office.pdf(letter_id) == before
    assert office.states(letter_id) == ["open"]


def test_a_wrong_passphrase_leaves_all_as_it_was(office: Office) -> None:
    """The reservation ends at once: the right one signs a moment later."""
    letter_id = office.send(("bupati", "sign", 1))
    before = office.pdf(letter_id)
    with pytest.raises(WrongPassphraseError):
        office.sign("bupati", letter_id, Secret("salah"))
    assert office.pdf(letter_id) == before
    assert office.document(letter_id).signing_step_id is None
    office.sign("bupati", letter_id)
    assert office.document(letter_id).state == "done"


def test_a_revoked_certificate_does_not_sign(office: Office) -> None:
    """Its holder hears why, and the letter waits on."""
    letter_id = office.send(("dicabut", "sign", 1))
    with pytest.raises(ConflictError, match="dicabut"):
        office.sign("dicabut", letter_id)
    assert office.states(letter_id) == ["open"]


def test_a_refusal_ends_the_chain(office: Office) -> None:
    """It needs a reason, which the maker reads; nobody signs afterwards."""
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(InvalidInputError), office.app.change(office.who["sekda"]) as work:
            refuse(work, letter_id, reason)
    with office.app.change(office.who["sekda"]) as work:
        refuse(work, letter_id, "Tanggalnya keliru.")
    document = office.document(letter_id)
    assert (document.state, document.reason) == ("refused", "Tanggalnya keliru.")
    assert office.states(letter_id) == ["refused", "waiting"]
    assert office.waits_for("bupati") == []
    with pytest.raises(PermissionDeniedError):
        office.sign("bupati", letter_id)


def test_the_maker_recalls(office: Office) -> None:
    """While it runs, with a reason; then nobody acts on it, and it is not recalled twice."""
    letter_id = office.send(("bupati", "sign", 1))
    version = office.document(letter_id).version
    with pytest.raises(PermissionDeniedError), office.app.change(office.who["sekda"]) as work:
        recall(work, letter_id, version, "bukan milik saya")
    with office.app.change(office.maker) as work:
        recall(work, letter_id, version, "Isinya berubah")
    assert office.document(letter_id).state == "recalled"
    with pytest.raises(PermissionDeniedError):
        office.sign("bupati", letter_id)
    with pytest.raises(ConflictError), office.app.change(office.maker) as work:
        recall(work, letter_id, version + 1, "lagi")


def test_who_stands_in_acts_and_the_holder_does_not(office: Office) -> None:
    """While a Plh. stands in, the letter waits for him; the name line says so."""
    letter_id = office.send(("bupati", "sign", 1))
    deputy = office.who["sekda"]
    with office.app.change(SYSTEM) as work:
        position = work.session.query(Position).filter_by(title="Bupati").one()
        work.session.add(
            Assignment(
                person_id=deputy.person_id,
                position_id=position.id,
                kind="Plh.",
                valid_from=work.today,
            )
        )
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.person_id), "x"))
    assert office.waits_for("bupati") == []
    with pytest.raises(PermissionDeniedError):
        office.sign("bupati", letter_id)
    assert office.waits_for("sekda") == [letter_id]
    step = office.sign("sekda", letter_id)
    assert (step.acting, step.acted_as) == ("Plh.", "Plh. Bupati")
    seen = seen_text(office.pdf(letter_id))
    assert "Plh. Bupati" in seen
    assert deputy.name in seen


def test_a_letter_is_shown_to_whom_it_concerns(office: Office) -> None:
    """Its maker always; a signer from his turn on, which is noted; others never."""
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))

    def sees(identity: Identity) -> bool:
        try:
            with office.app.read(identity) as view:
                readable(view, letter_id)
        except PermissionDeniedError:
            return False
        return True

    assert sees(office.maker)
    assert sees(office.who["sekda"])
    assert not sees(office.who["bupati"])
    assert not sees(office.who["kadis"])
    office.paraf("sekda", letter_id)
    assert sees(office.who["bupati"])
    assert sees(office.who["sekda"])
    with office.app.read(SYSTEM) as view:
        read = view.session.query(AuditEntry).filter_by(action="core.personal_data.read").count()
    assert read == 3


@pytest.fixture
def by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Leuit, SignOrder], bytes]], None]:
    """Lets another function be the provider."""

    def made(sign: Callable[[Leuit, SignOrder], bytes]) -> None:
        provider = Provider("uji", "Uji", ("B-B",), sign, certificate)
        monkeypatch.setattr(acting, "chosen_provider", lambda _app: provider)

    return made


def test_a_result_that_is_not_the_letter_is_refused(
    office: Office, pen: Pen, by: Callable[[Callable[[Leuit, SignOrder], bytes]], None]
) -> None:
    """ES-25 and slice 4: changed bytes, another field, no signature, a foreign or revoked signer.

    Each is refused, the letter stays as it was, and the refused file is kept.
    """
    letter_id = office.send(("bupati", "sign", 1))
    before = office.pdf(letter_id)
    bad: dict[str, Callable[[bytes, str], bytes]] = {
        "another file": lambda _pdf, field: pen.sign(letter("Lain"), "bupati", field),
        "nothing new": lambda pdf, _field: pdf,
        "bytes added": lambda pdf, _field: pdf + b"\n% tambahan\n",
        "another field": lambda pdf, _field: pen.sign(pdf, "bupati", "LAIN"),
        "foreign signer": lambda pdf, field: pen.sign(pdf, "asing", field, spec=None, box=None),
        "another trusted signer": lambda pdf, field: pen.sign(pdf, "kadis", field, box=None),
        "expired signer": lambda pdf, field: pen.sign(pdf, "habis", field, box=None),
    }
    for name, answer in bad.items():
        by(lambda _leuit, order, answer=answer: answer(order.pdf, order.field))  # type: ignore[misc]  # bound now
        with pytest.raises(RefusedResultError):
            office.sign("bupati", letter_id)
        assert office.pdf(letter_id) == before, name
        assert office.states(letter_id) == ["open"], name
    with office.app.read(SYSTEM) as view:
        failed = view.session.query(AuditEntry).filter_by(action="esign.step.failed").count()
    assert failed == len(bad)


def test_a_provider_that_breaks_an_earlier_signature_is_refused(
    office: Office, pen: Pen, by: Callable[[Callable[[Leuit, SignOrder], bytes]], None]
) -> None:
    """The second signer's provider adds a page content behind the first: refused."""
    letter_id = office.send(("kadis", "sign", 1), ("bupati", "sign", 2))
    office.sign("kadis", letter_id)
    before = office.pdf(letter_id)

    def breaking(_leuit: Leuit, order: SignOrder) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(order.pdf))
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Contents"] = writer.add_object(StreamObject(stream_data=b"0 0 99 99 re f"))
        writer.update_container(page)
        out = io.BytesIO()
        writer.write(out)
        return pen.sign(out.getvalue(), "bupati", order.field)

    by(breaking)
    with pytest.raises(RefusedResultError, match="sebelumnya"):
        office.sign("bupati", letter_id)
    assert office.pdf(letter_id) == before


def test_two_do_not_sign_from_the_same_file(
    office: Office, by: Callable[[Callable[[Leuit, SignOrder], bytes]], None]
) -> None:
    """Of two in one group the second hears that a signature is being made, and signs after it."""
    letter_id = office.send(("kadis", "sign", 1), ("bupati", "sign", 1))
    heard: list[str] = []

    def slow(leuit: Leuit, order: SignOrder) -> bytes:
        if not heard:
            heard.append("")
            with pytest.raises(ConflictError) as caught:
                office.sign("bupati", letter_id)
            heard[0] = str(caught.value)
        return lokal(leuit, order)

    by(slow)
    office.sign("kadis", letter_id)
    assert "sedang ditandatangani" in heard[0]
    office.sign("bupati", letter_id)
    assert office.document(letter_id).state == "done"


def test_a_crash_between_leaves_the_letter_as_it_was(
    office: Office,
    clock: ManualClock,
    by: Callable[[Callable[[Leuit, SignOrder], bytes]], None],
) -> None:
    """A process that dies after the provider answered: the reservation ends, then it is signed."""
    letter_id = office.send(("bupati", "sign", 1))
    before = office.pdf(letter_id)

    def dies(leuit: Leuit, order: SignOrder) -> bytes:
        lokal(leuit, order)
        raise KeyboardInterrupt

    by(dies)
    with pytest.raises(KeyboardInterrupt):
        office.sign("bupati", letter_id)
    assert office.pdf(letter_id) == before
    by(lokal)
    with pytest.raises(ConflictError, match="sedang"):
        office.sign("bupati", letter_id)
    clock.advance(dt.timedelta(minutes=2, seconds=1))
    office.sign("bupati", letter_id)
    assert office.document(letter_id).state == "done"


def test_a_late_answer_is_not_used(
    office: Office,
    clock: ManualClock,
    by: Callable[[Callable[[Leuit, SignOrder], bytes]], None],
) -> None:
    """A signature that comes after its reservation ended, and another was made, changes nothing."""
    letter_id = office.send(("kadis", "sign", 1), ("bupati", "sign", 1))
    done: list[bytes] = []

    def late(leuit: Leuit, order: SignOrder) -> bytes:
        answer = lokal(leuit, order)
        if not done:
            done.append(b"")
            clock.advance(dt.timedelta(minutes=3))
            office.sign("bupati", letter_id)
            done[0] = office.pdf(letter_id)
        return answer

    by(late)
    with pytest.raises(ConflictError):
        office.sign("kadis", letter_id)
    assert office.pdf(letter_id) == done[0]
    assert sorted(office.states(letter_id)) == ["done", "open"]


def test_a_letter_without_signers_does_not_start(office: Office) -> None:
    """Every place has its signer, and somebody signs."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    with office.app.change(office.maker) as work:
        add_preset(work, document_id, 1, "bottom_left", 0)
    with pytest.raises(ConflictError):
        send(office.app, office.maker, document_id, 2)
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, 2)
    with pytest.raises(ConflictError, match="penanda"):
        send(office.app, office.maker, document_id, 3)
    with office.app.change(office.maker) as work:
        add_step(work, document_id, 3, NewStep("Bupati", "paraf", 1))
    with pytest.raises(ConflictError):
        send(office.app, office.maker, document_id, 4)
    for wanted in (
        NewStep("Tidak ada", "sign", 1),
        NewStep("Bupati", "cap", 1),
        NewStep("Bupati", "sign", 0),
        NewStep("Bupati", "sign", 1, "LAIN"),
    ):
        with pytest.raises(LeuitError), office.app.change(office.maker) as work:
            add_step(work, document_id, 4, wanted)


def test_no_secret_is_left_anywhere(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A marked passphrase stands in no row, file, log line or error after signing and failing."""
    marked = "frasa-bertanda-7391"
    letter_id = office.send(("bupati", "sign", 1))
    with pytest.raises(WrongPassphraseError) as caught:
        office.sign("bupati", letter_id, Secret(marked))
    office.sign("bupati", letter_id)
    assert marked not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    with office.app.read(SYSTEM) as view:
        for entry in view.session.query(AuditEntry):
            body = bytes(entry.body).decode() if entry.body else ""
            assert marked not in body
            assert PASSPHRASE not in body
    told = capsys.readouterr()
    assert marked not in told.out + told.err
    for path in office.app.settings.data.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert marked.encode() not in data, path
            assert PASSPHRASE.encode() not in data, path


HOSTILE = "Surat\u202e tugas\u202c\n\u200bKedua\x1b"
SEEN = "Surat tugas Kedua"


def test_what_people_type_is_kept_as_others_see_it(office: Office) -> None:
    """Titles, reasons and notes keep no marks of direction, no unseen letters, no line ends."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        assert bring(work, HOSTILE, received).title == SEEN
    with office.app.change(office.maker) as work, pytest.raises(InvalidInputError):
        bring(work, "\u3164\u200b", received)
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    with office.app.change(office.who["sekda"]) as work:
        assert give_paraf(work, letter_id, HOSTILE).note == SEEN
    with office.app.change(office.who["bupati"]) as work, pytest.raises(InvalidInputError):
        refuse(work, letter_id, "\u2067\u2069")
    with office.app.change(office.who["bupati"]) as work:
        assert refuse(work, letter_id, HOSTILE).note == SEEN
    assert office.document(letter_id).reason == SEEN
