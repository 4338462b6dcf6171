"""A letter out on its way: parafs, numbers, services that sign, wet signatures, sending."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import PLH, SYSTEM, Assignment
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    new_id,
)
from leuit.work import Leuit, StoredFile, store_file
from leuit_archives.models import Addressee, LetterFile, Record
from leuit_archives.rules.letter_content import Party, shown_parties
from leuit_archives.service.drafting import create, save
from leuit_archives.service.letter_sheets import letter_pdf, sheet_of
from leuit_archives.service.outgoing import find_outgoing, steps_of
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import (
    give_paraf,
    send_back,
    send_for_signature,
    sign_by_hand,
    take_back,
    try_again,
    void_letter,
)
from leuit_archives.service.typed_letter import TypedLetter, content_of
from tests.archives.outgoing_office import LetterOffice, letter_office, seen_by
from tests.sp2d.paper_office import text_of
from tests.sp2d.services import (
    FAULTS,
    Accepting,
    Raising,
    tell_ended,
    tell_signed,
    with_ports,
    work_off,
)

HOUR = dt.timedelta(hours=1)
SCAN = b"%PDF-1.7\n%a scan\n"


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def scan(office: LetterOffice) -> StoredFile:
    """A scan of a signed letter."""
    return store_file(office.app, SCAN, "application/pdf", "pindaian.pdf")


def signed_by_hand(office: LetterOffice, **changes: Any) -> UUID:
    """A letter whose scan is there."""
    letter_id = office.started(**changes)
    work_off(office.app)
    file = scan(office)
    with office.app.change(office.writer) as work:
        sign_by_hand(work, letter_id, office.letter(letter_id).version, file)
    return letter_id


def test_parafs_go_in_order_then_the_paper_is_signed_by_hand(office: LetterOffice) -> None:
    """Each post in its turn; the number is printed, and confirmed when the scan is there."""
    secretary, registrar = office.post(office.secretary), office.post(office.registrar)
    letter_id = office.started(parafs=(secretary, registrar))
    work_off(office.app)
    letter = office.letter(letter_id)
    assert (letter.state, letter.number) == ("review", "B.000.1.2/1/UNIT-A/2026")
    assert letter.dated == dt.date(2026, 10, 5)
    assert office.numbers() == [(1, "reserved")]
    with office.app.read(SYSTEM) as view:
        first, second, _sign = steps_of(view, letter_id)
    with pytest.raises(ConflictError), office.app.change(office.registrar) as work:
        give_paraf(work, letter_id, second.id, "")
    with pytest.raises(ConflictError), office.app.change(office.registrar) as work:
        give_paraf(work, letter_id, first.id, "")
    for _twice in range(2):
        with office.app.change(office.secretary) as work:
            give_paraf(work, letter_id, first.id, "Jam sudah disesuaikan.")
    assert office.letter(letter_id).state == "review"
    with office.app.change(office.registrar) as work:
        give_paraf(work, letter_id, second.id, "")
    assert office.letter(letter_id).state == "signing"
    pdf, name = letter_pdf(office.app, office.writer, letter_id)
    assert name == "surat-undangan-b-000-1-2-1-unit-a-2026.pdf"
    assert "B.000.1.2/1/UNIT-A/2026" in text_of(pdf)
    file = scan(office)
    with office.app.change(office.writer) as work:
        sign_by_hand(work, letter_id, office.letter(letter_id).version, file)
    assert office.letter(letter_id).state == "signed"
    assert office.numbers() == [(1, "confirmed")]
    assert letter_pdf(office.app, office.writer, letter_id)[0] == SCAN
    assert office.actions() == [
        "archives.letter.drafted",
        "archives.letter.sent_for_signature",
        "archives.letter.drawn",
        "archives.letter.initialled",
        "archives.letter.initialled",
        "archives.letter.signed",
    ]


def test_a_letter_sent_back_is_a_draft_again_and_its_number_is_void(office: LetterOffice) -> None:
    """The next round takes the next number: none is given twice."""
    letter_id = office.started(parafs=(office.post(office.secretary),))
    with office.app.read(SYSTEM) as view:
        step = steps_of(view, letter_id)[0]
    with pytest.raises(InvalidInputError), office.app.change(office.secretary) as work:
        send_back(work, letter_id, step.id, " ")
    with office.app.change(office.secretary) as work:
        send_back(work, letter_id, step.id, "Tanggal keliru")
    letter, draft = office.letter(letter_id), office.draft(letter_id)
    assert (letter.state, letter.number, letter.dated) == ("draft", "", None)
    assert (draft.signing, draft.signing_note) == ("refused", "Tanggal keliru")
    work_off(office.app)  # the job of the round that ended does nothing
    assert office.draft(letter_id).drawn_sha256 is None
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, letter.version)
    assert office.letter(letter_id).number == "B.000.1.2/2/UNIT-A/2026"
    with office.app.change(office.writer) as work:
        take_back(work, letter_id, office.letter(letter_id).version, "Salah tujuan")
    assert office.numbers() == [(1, "voided"), (2, "voided")]


def test_a_service_signs(office: LetterOffice) -> None:
    """It is asked once with parafs and signature in their places; told twice it is done once."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    letter_id = office.started(mode="electronic", parafs=(office.post(office.secretary),))
    work_off(office.app)
    [asked] = signing.asked
    assert asked.ref == RecordRef("archives.letter", str(letter_id), "B.000.1.2/1/UNIT-A/2026")
    assert [(step.kind, step.number, step.place is None) for step in asked.steps] == [
        ("paraf", 1, True),
        ("sign", 2, False),
    ]
    assert asked.owner_id == office.writer.person_id
    assert "B.000.1.2/1/UNIT-A/2026" in text_of(office.app.blobs.get(asked.sha256))
    assert office.draft(letter_id).signing == "waiting"
    with pytest.raises(ConflictError), office.app.change(office.writer) as work:
        take_back(work, letter_id, office.letter(letter_id).version, "x")
    sha256 = tell_signed(office.app, asked, times=2)
    work_off(office.app)
    letter, draft = office.letter(letter_id), office.draft(letter_id)
    assert (letter.state, draft.signed_sha256) == ("signed", sha256)
    assert office.numbers() == [(1, "confirmed")]
    with office.app.read(SYSTEM) as view:
        [file] = view.session.scalars(select(LetterFile))
        assert {step.state for step in steps_of(view, letter_id)} == {"done"}
    assert (file.place, file.sha256) == (1, sha256)


@pytest.mark.parametrize("outcome", ["refused", "recalled", "expired", "unfit"])
def test_a_signing_that_ends_makes_it_a_draft_again(office: LetterOffice, outcome: str) -> None:
    """With the reason, told once or twice; a late word of that round changes nothing later."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    letter_id = office.started(mode="electronic")
    work_off(office.app)
    for _again in range(2):
        tell_ended(office.app, signing.asked[0], outcome)  # type: ignore[arg-type]  # one of the four
    work_off(office.app)
    assert office.letter(letter_id).state == "draft"
    assert office.draft(letter_id).signing_note == "Nama keliru"
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, office.letter(letter_id).version)
    work_off(office.app)
    first, second = signing.asked
    assert first.key != second.key
    tell_signed(office.app, first)
    work_off(office.app)
    assert office.letter(letter_id).state == "signing"
    tell_signed(office.app, second)
    work_off(office.app)
    assert office.numbers() == [(1, "voided"), (2, "confirmed")]


@pytest.mark.parametrize("fault", FAULTS, ids=["refusing", "breaking"])
def test_a_faulty_service_gets_the_letter_later(office: LetterOffice, fault: Exception) -> None:
    """The number stays; when the service is mended it is asked once."""
    service = Raising(fault)
    with_ports(office.app, sign_document=service)
    letter_id = office.started(mode="electronic")
    work_off(office.app, faults=True)
    assert office.draft(letter_id).signing == ""
    service.mended = True
    office.app.clock.advance(HOUR)  # type: ignore[attr-defined]  # a ManualClock
    work_off(office.app)
    assert len(service.then.asked) == 1
    assert office.numbers() == [(1, "reserved")]


def test_a_service_that_went_away_can_be_asked_again(office: LetterOffice) -> None:
    """Without any nothing is sent electronically; one that comes back is asked by the writer."""
    letter_id = office.drafted(mode="electronic")
    with pytest.raises(InvalidInputError) as caught, office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 1)
    assert [fault.path for fault in caught.value.fields] == ["mode"]
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 1)
    with_ports(office.app)
    work_off(office.app)
    assert office.draft(letter_id).signing == ""
    with_ports(office.app, sign_document=signing)
    for _twice in range(2):
        with office.app.change(office.writer) as work:
            try_again(work, letter_id, office.letter(letter_id).version)
    work_off(office.app)
    assert len(signing.asked) == 1
    with pytest.raises(ConflictError), office.app.change(office.writer) as work:
        try_again(work, letter_id, office.letter(letter_id).version)


def test_what_is_missing_is_told_by_field(office: LetterOffice) -> None:
    """Body, addressee, signer, authority, code of classification; nothing is numbered."""
    cases: dict[str, dict[str, Any]] = {
        "body": {"body": " "},
        "to": {"to": ()},
        "signer": {"signer": ""},
        "class_code": {"class_code": ""},
        "principal": {"authority": "a.n."},
        "authority": {
            "authority": "a.n.",
            "principal": office.post(office.cast.other_head),
        },
        "parafs": {"parafs": (office.post(office.cast.head),)},
    }
    for field, changes in cases.items():
        letter_id = office.drafted(**changes)
        with pytest.raises(InvalidInputError) as caught, office.app.change(office.writer) as work:
            send_for_signature(work, letter_id, 1)
        assert [fault.path for fault in caught.value.fields] == [field]
    assert office.numbers() == []


def test_a_delegate_signs_in_the_name_of_the_one_above(office: LetterOffice) -> None:
    """a.n. one level below, u.b. two levels below by way of the one between; Plt. and Plh. show."""
    regent, head = office.post(office.cast.regent), office.post(office.cast.head)
    letter_id = office.started(authority="a.n.", principal=regent)
    assert office.draft(letter_id).fixed["above"] == ["a.n. Kepala", "Kepala"]
    secretary = office.post(office.secretary)
    letter_id = office.started(authority="u.b.", principal=regent, through=head, signer=secretary)
    assert office.draft(letter_id).fixed["above"] == [
        "a.n. Kepala",
        "Kepala",
        "u.b.",
        "Jabatan Sekretaris",
    ]
    with pytest.raises(InvalidInputError):
        office.started(authority="a.n.", principal=regent, signer=secretary)
    with office.app.change(SYSTEM) as work:
        work.session.add(
            Assignment(
                person_id=office.secretary.person_id,
                position_id=UUID(head),
                kind=PLH,
                valid_from=work.today,
                valid_to=work.today + dt.timedelta(days=1),
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    fixed = office.draft(office.started()).fixed
    assert (fixed["above"], fixed["name"]) == (["Plh. Kepala"], "Sekretaris Contoh, S.Sos.")


def test_the_office_of_the_signer_lends_the_letterhead(office: LetterOffice) -> None:
    """The unit's head signs under its name, the regent under the government's alone."""
    for who, names in ((office.cast.head, ("Unit UNIT-A",)), (office.cast.regent, ())):
        letter_id = office.started(signer=office.post(who))
        with office.app.read(SYSTEM) as view:
            sheet = sheet_of(view, *find_outgoing(view, letter_id))
        assert (sheet.letterhead.government, sheet.letterhead.names) == ("Unit KAB", names)


def test_saving_what_did_not_change_is_no_version(office: LetterOffice) -> None:
    """The same content again stays the version that it was; another one is the next."""
    letter_id = office.drafted()
    with office.app.change(office.writer) as work:
        assert save(work, letter_id, 1, office.content(), "x").version == 1
    with office.app.change(office.writer) as work:
        assert save(work, letter_id, 1, office.content(subject="Lain"), "Judul").version == 2
    with pytest.raises(InvalidInputError), office.app.change(office.writer) as work:
        save(work, letter_id, 2, office.content(class_code="999"), "")
    assert office.draft(letter_id).latest == 2


def test_a_group_is_every_head_but_the_one_who_signs(office: LetterOffice) -> None:
    """All heads of units of a kind, named once on the letter; each gets it as a post."""
    typed = TypedLetter(subject="Edaran", to_groups=("dinas",), signer="Kepala · UNIT-A")
    with office.app.read(office.writer) as view:
        content = content_of(view, typed)
    posts = {office.post(office.cast.regent), office.post(office.cast.other_head)}
    assert {party.post for party in content.to} == posts
    assert shown_parties(content.to) == ["Para Kepala Dinas"]


def test_who_does_not_write_for_the_unit_changes_nothing(office: LetterOffice) -> None:
    """Strangers find nothing; the signer reads; a page of long ago is refused."""
    letter_id = office.drafted()
    with pytest.raises(NotFoundError), office.app.change(office.cast.other_head) as work:
        send_for_signature(work, letter_id, 1)
    with pytest.raises(PermissionDeniedError), office.app.change(office.registrar) as work:
        send_for_signature(work, letter_id, 1)
    with pytest.raises(StaleEditError), office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 7)
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 1)
    with pytest.raises(ConflictError), office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 2)
    with pytest.raises(ConflictError), office.app.change(office.writer) as work:
        save(work, letter_id, 2, office.content(subject="Lain"), "")
    assert office.numbers() == [(1, "reserved")]


def test_who_parafs_reads_the_letter(office: LetterOffice) -> None:
    """From the time it is on its way, secret or not; others of the unit do not."""
    letter_id = office.drafted(secrecy="R", parafs=(office.post(office.secretary),))
    with office.app.read(office.secretary) as view:
        assert not seen_by(view, letter_id)
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, 1)
    for who, may in ((office.secretary, True), (office.registrar, False)):
        with office.app.read(who) as view:
            assert seen_by(view, letter_id) is may


def test_a_voided_letter_keeps_its_number_for_nobody_else(office: LetterOffice) -> None:
    """Void before signing voids the number; after signing it stays used; sent it stays."""
    letter_id = office.started()
    with office.app.change(office.writer) as work:
        void_letter(work, letter_id, office.letter(letter_id).version, "Rapat batal")
    assert office.letter(letter_id).number == "B.000.1.2/1/UNIT-A/2026"
    assert "BATAL" in text_of(letter_pdf(office.app, office.writer, letter_id)[0])
    other = signed_by_hand(office)
    with office.app.change(office.writer) as work:
        void_letter(work, other, office.letter(other).version, "Keliru")
    assert office.numbers() == [(1, "voided"), (2, "confirmed")]
    sent = signed_by_hand(office)
    with office.app.change(office.writer) as work:
        send_letter(work, sent, office.letter(sent).version)
    with pytest.raises(ConflictError), office.app.change(office.writer) as work:
        void_letter(work, sent, office.letter(sent).version, "x")


def test_a_signed_letter_is_with_its_addressees_at_once(office: LetterOffice) -> None:
    """Posts inside get it, others as somebody says; it has an agenda number, and is a record."""
    outside = Party("PT Contoh, Serang")
    letter_id = signed_by_hand(office, to=(*office.content().to, outside), copies=(Party("Arsip"),))
    with office.app.read(office.cast.other_head) as view:
        assert not seen_by(view, letter_id)
    version = office.letter(letter_id).version
    with pytest.raises(InvalidInputError), office.app.change(office.writer) as work:
        send_letter(work, letter_id, version)
    for _twice in range(2):
        with office.app.change(office.writer) as work:
            send_letter(work, letter_id, version, "Pos tercatat, 5 Oktober 2026")
    letter = office.letter(letter_id)
    assert (letter.state, letter.agenda, letter.year) == ("sent", 1, 2026)
    with office.app.read(office.cast.other_head) as view:
        assert seen_by(view, letter_id)
        rows = view.session.scalars(select(Addressee).order_by(Addressee.part, Addressee.place))
        assert [(row.part, row.name, row.delivered_at is not None) for row in rows] == [
            ("copy", "Arsip", False),
            ("to", "Kepala", True),
            ("to", "PT Contoh, Serang", False),
        ]
        [record] = view.session.scalars(select(Record))
    assert (record.ref_id, record.number) == (str(letter_id), letter.number)
    assert office.actions().count("archives.letter.dispatched") == 1


@pytest.mark.parametrize(
    "secrecy, told",
    [("B", "Dijawab dengan surat B.000.1.2/1/UNIT-B/2026"), ("R", "Dijawab")],
)
def test_a_reply_settles_the_letter_that_it_answers(
    office: LetterOffice, secrecy: str, told: str
) -> None:
    """At the post of who signed the answer, and at no other; a secret reply is not named there."""
    asked = signed_by_hand(office)
    with office.app.change(office.writer) as work:
        send_letter(work, asked, office.letter(asked).version)
    content = office.content(
        signer=office.post(office.cast.other_head),
        to=(Party("Kepala", office.post(office.cast.head)),),
        secrecy=secrecy,
    )
    with office.app.change(office.cast.other_head) as work:
        reply = create(work, new_id(), office.cast.sibling, "Surat Undangan", content, asked).id
        send_for_signature(work, reply, 1)
    file = scan(office)
    with office.app.change(office.cast.other_head) as work:
        sign_by_hand(work, reply, office.letter(reply).version, file)
    with office.app.change(office.cast.other_head) as work:
        send_letter(work, reply, office.letter(reply).version)
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(Addressee)).all()
        settled = {row.letter_id: row.outcome for row in rows if row.settled_at}
    assert settled == {asked: told}


def test_a_letter_that_is_not_there_is_not_found(office: LetterOffice) -> None:
    """Whatever is asked of it."""
    with office.app.change(office.writer) as work:
        for ask in (send_letter, send_for_signature):
            with pytest.raises(NotFoundError):
                ask(work, new_id(), 1)


def test_a_draft_is_found_by_its_readers_only(office: LetterOffice) -> None:
    """By its writer and those who read letters of the unit."""
    letter_id = office.drafted()
    for who, may in ((office.writer, True), (office.cast.head, True), (office.secretary, False)):
        with office.app.read(who) as view:
            assert seen_by(view, letter_id) is may
    with office.app.read(office.writer) as view:
        assert find_outgoing(view, letter_id)[0].id == letter_id
