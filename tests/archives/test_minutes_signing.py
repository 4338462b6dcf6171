"""A berita acara of the lawful end by electronic signature: used once, or told why not."""

import datetime as dt
import io
import json
import re
import zipfile
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import MinutesRound, Transfer
from leuit_archives.service.bags import write_bag
from leuit_archives.service.disposal_steps import Minutes
from leuit_archives.service.disposals import undo
from leuit_archives.service.events import Happened, record_event
from leuit_archives.service.minutes_rounds import last_round
from leuit_archives.service.minutes_signing import (
    ask_for_disposal,
    ask_for_transfer,
    drop_round,
)
from leuit_archives.service.transfers import (
    call_off_transfer,
    due_for_transfer,
    find_transfer,
    items_of,
    prepare_transfer,
    sign_transfer,
)
from tests.archives.archive_room import grant
from tests.archives.ending import Ending, ending
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
from tests.support.client import Client

pytestmark = pytest.mark.ci

UNTIL = Minutes(dt.date(2027, 12, 31))


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def posts(end: Ending) -> list[UUID | None]:
    """Two posts that are held."""
    office = end.room.office
    return [office.post("DIN", "Kepala Dinas"), office.post("DIN.A", "Kepala Bidang A")]


def prepared(end: Ending, *dossiers: UUID) -> Transfer:
    """A list that waits for its berita acara."""
    with end.app.change(end.who["proposer"]) as work:
        assert set(dossiers) <= {one.id for one in due_for_transfer(work, end.room.unit)}
        return prepare_transfer(work, end.room.unit, dossiers)


def asked(end: Ending, transfer: Transfer, number: str = "BA-1/2026") -> UUID:
    """Its berita acara is asked for."""
    with end.app.change(end.who["proposer"]) as work:
        return ask_for_transfer(work, transfer.id, transfer.version, number, posts(end)).id


def round_of(end: Ending, round_id: UUID) -> MinutesRound:
    with end.app.read(SYSTEM) as view:
        return view.session.get_one(MinutesRound, round_id)


def moved(end: Ending, transfer: Transfer) -> Transfer:
    with end.app.read(SYSTEM) as view:
        return view.session.get_one(Transfer, transfer.id)


def test_a_transfer_is_made_when_its_minutes_come_back_signed(end: Ending) -> None:
    """Both sign in their places; told twice it moves once, with the signed file as its proof."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    dossier = end.dossier(inactive=False)
    transfer = prepared(end, dossier)
    round_id = asked(end, transfer)
    work_off(end.app)
    [request] = service.asked
    assert [step.number for step in request.steps] == [1, 2]
    assert all(step.place is not None for step in request.steps)
    drawn = text_of(end.app.blobs.get(request.sha256))
    assert all(words in drawn for words in ("BA-1/2026", "Kepala Dinas", "Yang menerima"))
    assert end.state(dossier) == "active"
    sha256 = tell_signed(end.app, request, times=2)
    work_off(end.app)
    assert end.state(dossier) == "inactive"
    assert round_of(end, round_id).state == "used"
    kept = moved(end, transfer)
    assert (kept.state, kept.number, kept.minutes_sha256) == ("moved", "BA-1/2026", sha256)
    assert kept.moved_by == end.who["proposer"].person_id
    with end.app.read(SYSTEM) as view:
        actions = view.session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.like("archives.%"))
        ).all()
    assert actions.count("archives.transfer.moved") == 1
    assert actions.count("archives.minutes.signed") == 1


def test_while_it_is_signed_the_list_stands_still(end: Ending) -> None:
    """Not asked twice, not signed by hand beside it, not called off."""
    with_ports(end.app, sign_document=Accepting())
    transfer = prepared(end, end.dossier(inactive=False))
    asked(end, transfer)
    paper = end.paper()
    version = moved(end, transfer).version
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        sign_transfer(work, transfer.id, version, paper)
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        call_off_transfer(work, transfer.id, version, "Salah")
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        ask_for_transfer(work, transfer.id, version, "BA-2", posts(end))


@pytest.mark.parametrize("outcome", ["refused", "recalled", "expired", "unfit"])
def test_what_ends_unsigned_waits_again(end: Ending, outcome: str) -> None:
    """The list is as before, it is told why, and a new round has a key of its own."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    dossier = end.dossier(inactive=False)
    transfer = prepared(end, dossier)
    first = asked(end, transfer)
    work_off(end.app)
    tell_ended(end.app, service.asked[0], outcome)  # type: ignore[arg-type]  # one of its words
    work_off(end.app)
    assert (round_of(end, first).state, round_of(end, first).note) == ("unsigned", "Nama keliru")
    assert end.state(dossier) == "active"
    asked(end, moved(end, transfer))
    work_off(end.app)
    assert len({request.key for request in service.asked}) == 2
    tell_signed(end.app, service.asked[0])  # too late: its round is over
    work_off(end.app)
    assert end.state(dossier) == "active"
    tell_signed(end.app, service.asked[1])
    work_off(end.app)
    assert end.state(dossier) == "inactive"


def test_what_is_not_due_any_more_is_not_moved(end: Ending) -> None:
    """An event was corrected while they signed: nothing moves, and the page says why."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    dossier = end.dossier("000.1.2", inactive=False)
    told = Happened("tahun_anggaran_berakhir", dt.date(2013, 12, 31), "DPA 2013")
    with end.app.change(end.room.archivist) as work:
        record_event(work, dossier, told)
    transfer = prepared(end, dossier)
    round_id = asked(end, transfer)
    work_off(end.app)
    later = Happened("tahun_anggaran_berakhir", dt.date(2026, 6, 30), "Dikoreksi: DPA 2026")
    with end.app.change(end.room.archivist) as work:
        record_event(work, dossier, later)
    tell_signed(end.app, service.asked[0])
    work_off(end.app)
    found = round_of(end, round_id)
    assert (found.state, end.state(dossier)) == ("unused", "active")
    assert found.note
    assert moved(end, transfer).state == "prepared"


@pytest.mark.parametrize("fault", FAULTS, ids=["refusing", "raising"])
def test_a_service_with_a_fault_is_asked_again(end: Ending, fault: Exception) -> None:
    """Whatever it raises, the list waits and the job is tried again; asked once in the end."""
    service = Raising(fault)
    with_ports(end.app, sign_document=service)
    transfer = prepared(end, end.dossier(inactive=False))
    round_id = asked(end, transfer)
    work_off(end.app, faults=True)
    assert round_of(end, round_id).state == "asked"
    service.mended = True
    end.app.clock.advance(dt.timedelta(hours=1))  # type: ignore[attr-defined]  # the tests' clock
    work_off(end.app)
    assert round_of(end, round_id).state == "waiting"
    assert len(service.then.asked) == 1


def test_without_a_service_nothing_is_asked(end: Ending) -> None:
    """It is refused at once; one that went away meanwhile leaves the list free again."""
    with_ports(end.app)
    dossier = end.dossier(inactive=False)
    transfer = prepared(end, dossier)
    with pytest.raises(ConflictError):
        asked(end, transfer)
    with_ports(end.app, sign_document=Accepting())
    first = asked(end, transfer)
    with_ports(end.app)
    work_off(end.app)
    assert round_of(end, first).state == "unsigned"
    with_ports(end.app, sign_document=Accepting())
    second = asked(end, moved(end, transfer))
    work_off(end.app)
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        drop_round(work, find_transfer(work, transfer.id))
    with_ports(end.app)
    with end.app.change(end.who["proposer"]) as work:
        drop_round(work, find_transfer(work, transfer.id))
    assert round_of(end, second).state == "unsigned"
    paper = end.paper()
    with end.app.change(end.who["proposer"]) as work:
        sign_transfer(work, transfer.id, moved(end, transfer).version, paper)
    assert end.state(dossier) == "inactive"


def test_what_came_back_signed_is_not_let_go(end: Ending) -> None:
    """A round that was used stays used, whoever still had its page open."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    transfer = prepared(end, end.dossier(inactive=False))
    round_id = asked(end, transfer)
    work_off(end.app)
    tell_signed(end.app, service.asked[0])
    work_off(end.app)
    with_ports(end.app)
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        drop_round(work, find_transfer(work, transfer.id))
    assert round_of(end, round_id).state == "used"


def test_signers_are_two_different_posts(end: Ending) -> None:
    """One alone, or the same post twice, signs no berita acara."""
    with_ports(end.app, sign_document=Accepting())
    transfer = prepared(end, end.dossier(inactive=False))
    first, _second = posts(end)
    for chosen in ([first], [first, None], [first, first], []):
        with pytest.raises(InvalidInputError), end.app.change(end.who["proposer"]) as work:
            ask_for_transfer(work, transfer.id, transfer.version, "BA-1", chosen)
    with pytest.raises(InvalidInputError), end.app.change(end.who["proposer"]) as work:
        ask_for_transfer(work, transfer.id, transfer.version, " ", posts(end))


def test_a_disposal_goes_on_when_its_minutes_come_back_signed(end: Ending) -> None:
    """Only after the determination; the signed file is its paper, and two people execute it."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    dossier = end.dossier(records=1)
    [disposal] = end.proposed(dossier)
    keeper = end.who["keeper"]

    def ask(minutes: Minutes = UNTIL) -> UUID:
        with end.app.change(keeper) as work:
            return ask_for_disposal(
                work,
                disposal,
                end.version(disposal),
                "BA-7/2026",
                posts(end),
                text="Dicacah",
                minutes=minutes,
            ).id

    with pytest.raises(ConflictError):
        ask()
    end.through(disposal, "determine")
    with pytest.raises(InvalidInputError):
        ask(Minutes(None))
    round_id = ask()
    with pytest.raises(ConflictError), end.app.change(keeper) as work:
        undo(work, disposal, end.version(disposal), "Salah")
    with pytest.raises(ConflictError):
        end.step(disposal, "sign")
    work_off(end.app)
    drawn = text_of(end.app.blobs.get(service.asked[0].sha256))
    told = ("BERITA ACARA PEMUSNAHAN", "Dicacah", "31 Desember 2027")
    assert all(words in drawn for words in told)
    tell_signed(end.app, service.asked[0], times=2)
    work_off(end.app)
    found = end.disposal(disposal)
    assert (found.state, found.backups_until) == ("signed", dt.date(2027, 12, 31))
    assert round_of(end, round_id).state == "used"
    end.confirmed(disposal, "executor")
    end.confirmed(disposal, "witness")
    end.work_off()
    assert end.state(dossier) == "destroyed"


def test_minutes_are_signed_by_page(end: Ending, client: Client) -> None:
    """Asked for with posts as they are typed; the page tells who signs, then has the file."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    dossier = end.dossier(inactive=False)
    path = f"/archives/transfers/{prepared(end, dossier).id}"
    with client.as_(end.who["proposer"]):
        assert "Tanda tangan elektronik" in client.get(path).text
        form = client.get(f"{path}/esign").text
        [version] = re.findall(r'name="version" value="(\d+)"', form)
        typed = {"number": "BA-1", "version": version, "signer_1": "Kepala Dinas / DIN"}
        refused = client.post_form(f"{path}/esign", {**typed, "signer_2": "Bukan jabatan"})
        assert (refused.status_code, "Kepala Dinas / DIN" in refused.text) == (422, True)
        done = client.post_form(f"{path}/esign", {**typed, "signer_2": "Kepala Bidang A / DIN.A"})
        assert done.status_code == 303
        page = client.get(path).text
        assert "menunggu tanda tangan" in page
        assert "Catat berita acara" not in page
        assert client.post_form(f"{path}/esign/drop", {}).status_code == 303
        assert "tidak ditandatangani" in client.get(path).text
        form = client.get(f"{path}/esign").text
        [version] = re.findall(r'name="version" value="(\d+)"', form)
        typed |= {"version": version, "signer_2": "Kepala Bidang A / DIN.A"}
        assert client.post_form(f"{path}/esign", typed).status_code == 303
        work_off(end.app)
        assert client.post_form(f"{path}/esign/drop", {}).status_code == 409
        tell_signed(end.app, service.asked[0])
        work_off(end.app)
        assert "Dipindahkan" in client.get(path).text
        assert client.get(f"{path}/signed").content.startswith(b"%PDF-1.7 dengan tanda tangan")
    with client.as_(end.room.neighbour):
        assert client.get(f"{path}/signed").status_code == 404


def test_a_handing_over_by_page_states_that_it_is_whole(end: Ending, client: Client) -> None:
    """Without the statement it is refused; with it the package tells by which list it went."""
    with_ports(end.app)
    dossier = end.dossier("900.1", records=1)
    [disposal] = end.proposed(dossier, kind="hand_over")
    end.through(disposal, "determine")
    path = f"/archives/disposals/{disposal}"
    scan = {"document": ("naskah.pdf", b"%PDF-1.7 naskah", "application/pdf")}
    with client.as_(end.who["keeper"]):
        form = client.get(f"{path}/step").text
        data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        data |= {"number": "BA-9", "dated": "05/10/2026", "text": "Dua saksi"}
        assert client.post(f"{path}/step", data=data, files=scan).status_code == 422
        answer = client.post(f"{path}/step", data={**data, "statement": "ya"}, files=scan)
        assert answer.status_code == 303
        assert client.get(f"{path}/papers/sign").content == b"%PDF-1.7 naskah"
        assert client.get(f"{path}/papers/execute").status_code == 404
    end.confirmed(disposal, "executor")
    end.confirmed(disposal, "witness")
    end.work_off()
    with client.as_(end.who["keeper"]):
        assert f"/archives/dossiers/{dossier}/bag" in client.get(path).text
    out = io.BytesIO()
    write_bag(end.app, end.room.archivist, dossier, out)
    with zipfile.ZipFile(out) as bag:
        [name] = [one for one in bag.namelist() if one.endswith("records.json")]
        told = json.loads(bag.read(name))["dossier"]["handed_over"]
    assert (told["item"], told["minutes_number"]) == (1, "BA-9")
    with end.app.read(SYSTEM) as view:
        assert last_round(view, end.disposal(disposal)) is None


def test_a_paper_that_is_signed_tells_no_secret_title(end: Ending) -> None:
    """It goes from hand to hand: of a dossier with secret records alone it tells the number."""
    service = Accepting()
    with_ports(end.app, sign_document=service)
    with end.app.change(SYSTEM) as work:
        grant(work, end.room.office, 20, "archives.secret", "DIN")
    secret, plain = end.dossier(inactive=False, secrecy="secret"), end.dossier(inactive=False)
    transfer = prepared(end, secret, plain)
    with end.app.read(SYSTEM) as view:
        titles = {one.id: one.title for one in items_of(view, transfer.id)}
    asked(end, transfer)
    work_off(end.app)
    drawn = text_of(end.app.blobs.get(service.asked[0].sha256))
    assert titles[plain] in drawn
    assert titles[secret] not in drawn
    assert "(uraian disamarkan)" in drawn
