"""The port `sign_document`: accepted with the caller's rows, done outside, told by event."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest

from leuit.contracts import (
    DocumentSigned,
    SigningEnded,
    SigningPlace,
    SigningRequest,
    SigningStep,
)
from leuit.identity import SYSTEM, Position
from leuit.values import ConflictError, InvalidInputError, ManualClock, RecordRef, new_id
from leuit.work import (
    JobContext,
    JobKind,
    Leuit,
    Listener,
    Worker,
    by_event,
    deliver,
    register_file,
    store_file,
)
from leuit_esign.models import Document
from leuit_esign.service import asking
from leuit_esign.service.acting import refuse
from leuit_esign.service.documents import MOST_MEGABYTES
from leuit_esign.service.passing import recall
from leuit_esign.service.places import add_preset
from tests.esign.conftest import Judge
from tests.esign.letters import Pen, letter
from tests.esign.test_chain import PEOPLE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests

REF = RecordRef("uji.rekap", "7", "Rekap Oktober")


@attrs.define
class Caller:
    """Another service: it asks, and keeps what it is told."""

    office: Office
    told: list[Any] = attrs.field(factory=list)

    def ask(self, key: str = "rekap-7-1", pdf: bytes | None = None, **changes: Any) -> UUID:
        """Hand a letter over in one unit of work; the id of e-sign's document."""
        app, office = self.office.app, self.office
        file = store_file(app, pdf or letter(), "application/pdf", "rekap.pdf")
        owner = office.maker.person_id
        assert owner is not None
        with app.change(office.maker) as work:
            posts = {row.title: row.id for row in work.session.query(Position)}
            place = SigningPlace(0, 56.0, 56.0, 216.0, 126.0)
            steps = (
                SigningStep(posts[PEOPLE["sekda"]], "paraf", 1),
                SigningStep(posts[PEOPLE["bupati"]], "sign", 2, place),
                SigningStep(posts[PEOPLE["kadis"]], "sign", 2),
            )
            values: dict[str, Any] = {
                "key": key,
                "ref": REF,
                "title": "Rekap Oktober",
                "sha256": register_file(work, file),
                "owner_id": owner,
                "steps": steps,
            }
            request = SigningRequest(**(values | changes))
            ref = app.port("sign_document")(work, request)
            work.audit("core.job.hastened", REF)
        return UUID(ref.id)

    def work_off(self) -> None:
        """Do all jobs that wait."""
        Worker(self.office.app, name="test").run_pending(raise_errors=True)


@pytest.fixture
def caller(office: Office, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """A service that listens to both events."""
    made = Caller(office)

    def hear(_context: JobContext, event: Any) -> None:
        made.told.append(event)

    listeners = [
        Listener(DocumentSigned, "uji.signed", hear),
        Listener(SigningEnded, "uji.ended", hear),
    ]
    vocabulary = office.app.vocabulary
    kinds = {one.kind: JobKind(one.kind, deliver(one)) for one in listeners}
    wider = attrs.evolve(
        vocabulary,
        listeners={**vocabulary.listeners, **by_event(listeners)},
        kinds={**vocabulary.kinds, **kinds},
    )
    monkeypatch.setattr(office.app, "vocabulary", wider)
    return made


def test_a_document_is_signed_for_another_service(
    caller: Caller, office: Office, verdict_of: Judge
) -> None:
    """Its steps run as asked; the end is told with the signed file and the caller's reference."""
    document_id = caller.ask()
    assert office.waits_for("sekda") == []
    caller.work_off()
    assert office.states(document_id) == ["open", "waiting", "waiting"]
    office.paraf("sekda", document_id)
    office.sign("kadis", document_id)
    office.sign("bupati", document_id)
    caller.work_off()
    document = office.document(document_id)
    [told] = caller.told
    assert told == DocumentSigned(REF, "rekap-7-1", document.current_sha256 or "", told.at)
    assert told.ref.label == REF.label
    assert verdict_of(office.app.blobs.get(told.sha256)).word == "VALID"


def test_the_same_key_is_one_document(caller: Caller, office: Office) -> None:
    """Asked twice, also after the job ran, and the job done twice: one document."""
    first = caller.ask()
    assert caller.ask() == first
    caller.work_off()
    assert caller.ask() == first
    with office.app.change(SYSTEM) as work:
        work.enqueue(asking.TAKE_IN, {"document_id": str(first)})
    caller.work_off()
    assert office.states(first) == ["open", "waiting", "waiting"]
    assert caller.ask("rekap-7-2") != first


def test_a_caller_that_fails_has_asked_nothing(caller: Caller, office: Office) -> None:
    """What raises after asking takes the request with it."""
    app = office.app
    file = store_file(app, letter(), "application/pdf", "rekap.pdf")
    with pytest.raises(RuntimeError), app.change(office.maker) as work:
        post = work.session.query(Position).filter_by(title="Bupati").one()
        assert office.maker.person_id is not None
        request = SigningRequest(
            "k",
            REF,
            "Rekap",
            register_file(work, file),
            office.maker.person_id,
            (SigningStep(post.id, "sign", 1),),
        )
        app.port("sign_document")(work, request)
        raise RuntimeError
    caller.work_off()
    with app.read(SYSTEM) as view:
        assert view.session.query(Document).count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": ()},
        {"title": " "},
        {"key": ""},
        {"sha256": "0" * 64},
        {"owner_id": new_id()},
        {"due_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_what_cannot_be_asked_is_refused_at_once(
    caller: Caller, office: Office, changes: dict[str, Any]
) -> None:
    """No signature, no title, no key, no file, no owner, no time."""
    with pytest.raises(InvalidInputError):
        caller.ask(**changes)


@pytest.mark.parametrize("pdf", [b"%PDF-1.7 rusak", letter().replace(b"/Type/Page", b"/Type/Pag")])
def test_a_pdf_that_is_not_fit_is_told(caller: Caller, office: Office, pdf: bytes) -> None:
    """The caller hears why, once; nobody is asked to sign."""
    document_id = caller.ask(pdf=pdf)
    caller.work_off()
    caller.work_off()
    [told] = caller.told
    assert (told.outcome, told.key) == ("unfit", "rekap-7-1")
    assert told.reason
    assert office.document(document_id).state == "refused"
    assert office.waits_for("sekda") == []


def test_a_pdf_that_is_too_large_is_told(caller: Caller, office: Office) -> None:
    """The job ends, and the caller hears why."""
    document_id = caller.ask(pdf=letter() + b"%" * (MOST_MEGABYTES * 1024 * 1024))
    caller.work_off()
    assert [one.outcome for one in caller.told] == ["unfit"]
    assert office.document(document_id).state == "refused"


def test_two_services_with_one_key_have_two_documents(caller: Caller, office: Office) -> None:
    """A key counts beside the kind of record; each hears of its own."""
    other = RecordRef("lain.berkas", "1", "Berkas")
    first, second = caller.ask("k"), caller.ask("k", ref=other)
    assert first != second
    for one in (first, second):
        with office.app.change(office.maker) as work:
            recall(work, one, office.document(one).version, "Tidak jadi")
    caller.work_off()
    assert {(str(one.ref), one.key) for one in caller.told} == {(str(REF), "k"), (str(other), "k")}


def test_a_signed_pdf_is_signed_for_another_service(
    caller: Caller, office: Office, pen: Pen, verdict_of: Judge
) -> None:
    """Its own field TTE1 is not ours; it waits on while its owner looks at it before the job."""
    document_id = caller.ask(pdf=pen.sign(letter(), "kadis", "TTE1"))
    with office.app.change(office.maker) as work, pytest.raises(ConflictError):
        add_preset(work, document_id, 1, "bottom_left", 0)
    caller.work_off()
    office.paraf("sekda", document_id)
    office.sign("kadis", document_id)
    office.sign("bupati", document_id)
    verdict = verdict_of(office.pdf(document_id))
    assert verdict.word == "VALID"
    assert len(verdict.signatures) == 3


def test_a_place_outside_the_page_is_told(caller: Caller, office: Office) -> None:
    """The page is known only when the PDF has been read."""
    with office.app.read(SYSTEM) as view:
        post = view.session.query(Position).filter_by(title="Bupati").one().id
    step = SigningStep(post, "sign", 1, SigningPlace(9, 0, 0, 100, 100))
    caller.ask(steps=(step,))
    caller.work_off()
    assert [one.outcome for one in caller.told] == ["unfit"]


def test_how_it_ends_unsigned_is_told(caller: Caller, office: Office, clock: ManualClock) -> None:
    """Refused by a signer or recalled by its owner, each with the reason."""
    refused, recalled = caller.ask("a"), caller.ask("b")
    caller.work_off()
    with office.app.change(office.who["sekda"]) as work:
        refuse(work, refused, "Jumlahnya keliru")
    with office.app.change(office.maker) as work:
        recall(work, recalled, office.document(recalled).version, "Diganti")
    caller.work_off()
    told = {one.key: (one.outcome, one.reason) for one in caller.told}
    assert told == {"a": ("refused", "Jumlahnya keliru"), "b": ("recalled", "Diganti")}


def test_its_owner_follows_it_and_does_not_change_it(
    caller: Caller, office: Office, app: Leuit
) -> None:
    """The other service set its steps and places."""
    document_id = caller.ask()
    with pytest.raises(ConflictError), app.change(office.maker) as work:
        add_preset(work, document_id, 1, "bottom_left", 0)
    caller.work_off()
    assert office.document(document_id).state == "running"


def test_a_deadline_is_kept(caller: Caller, office: Office, clock: ManualClock) -> None:
    """The due date of the request is the document's."""
    due = clock.now() + dt.timedelta(days=2)
    assert office.document(caller.ask(due_at=due)).due_at == due


def test_a_title_is_kept_as_others_see_it(caller: Caller, office: Office) -> None:
    """Also one from another service, which people may have typed there."""
    asked = caller.ask(title="Rekap\u202e Oktober\u202c\n")
    assert office.document(asked).title == "Rekap Oktober"
    with pytest.raises(InvalidInputError):
        caller.ask("kosong", title="\u200b\u2067")
