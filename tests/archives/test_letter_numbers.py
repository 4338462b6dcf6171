"""Numbers of letters: gapless under a rush, blocks for outages, given after signing."""

import datetime as dt
import threading
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.builtin.regulations import Draft as Edition
from leuit.builtin.regulations import seed_edition
from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    new_id,
)
from leuit.work import AuditEntry, Leuit, StoredFile, store_file
from leuit_archives.models import BlockNumber, Letter, NumberBlock, Record
from leuit_archives.service.number_blocks import (
    PaperLetter,
    blocks_of,
    cancel_number,
    enter_letter,
    numbers_of,
    open_numbers,
    reserve_block,
)
from leuit_archives.service.signing import send_for_signature, sign_by_hand
from tests.archives.keepers import SINCE
from tests.archives.outgoing_office import KIND, LetterOffice, letter_office, seen_by
from tests.sp2d.services import with_ports, work_off
from tests.support.command_line import runner

RUSH, BLOCKS, BLOCK = 16, 3, 10


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def block_of(office: LetterOffice, count: int = BLOCK, key: UUID | None = None) -> NumberBlock:
    """Numbers set aside by the registrar."""
    with office.app.change(office.registrar) as work:
        return reserve_block(work, key or new_id(), office.unit, KIND, count, "Listrik padam")


def rows_of(office: LetterOffice, block: NumberBlock) -> list[BlockNumber]:
    """The numbers of a block."""
    with office.app.read(SYSTEM) as view:
        return list(numbers_of(view, block.id))


def scan(office: LetterOffice) -> StoredFile:
    """A scan of a letter on paper."""
    return store_file(office.app, b"%PDF-1.7 kertas", "application/pdf", "surat.pdf")


def test_a_rush_of_letters_and_blocks_leaves_no_gap(office: LetterOffice) -> None:
    """AR-37: sixteen at once and blocks in between: all numbers differ, and none is missing."""
    letters = [office.drafted() for _letter in range(RUSH)]
    begin = threading.Barrier(RUSH + BLOCKS)
    failed: list[BaseException] = []

    def send(letter_id: UUID) -> None:
        begin.wait()
        with office.app.change(office.writer) as work:
            send_for_signature(work, letter_id, 1)

    def set_aside() -> None:
        begin.wait()
        block_of(office)

    def guarded(act: object, *given: object) -> None:
        try:
            act(*given)  # type: ignore[operator]  # one of the two above
        except BaseException as error:  # noqa: BLE001 -- told after the threads have ended
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(send, one)) for one in letters]
    threads += [threading.Thread(target=guarded, args=(set_aside,)) for _block in range(BLOCKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    total = RUSH + BLOCKS * BLOCK
    assert office.numbers() == [(value, "reserved") for value in range(1, total + 1)]
    told = {office.letter(one).number for one in letters}
    assert len(told) == RUSH
    with office.app.read(SYSTEM) as view:
        blocks = view.session.scalars(select(NumberBlock)).all()
    assert all(block.last - block.first == BLOCK - 1 for block in blocks)


def test_letters_go_on_after_a_block(office: LetterOffice) -> None:
    """AR-38: fifty letters' worth of numbers, a block of 51 to 60, then 61."""
    block_of(office, 50)
    key = new_id()
    block = block_of(office, key=key)
    assert (block.first, block.last) == (51, 60)
    assert block_of(office, key=key).id == block.id
    assert office.letter(office.started()).number == "B.000.1.2/61/UNIT-A/2026"


def test_each_number_of_a_block_is_accounted_for(office: LetterOffice) -> None:
    """Entered with its scan it is a sent letter with its grade; cancelled it is void; once."""
    block = block_of(office, 2)
    first, second = rows_of(office, block)
    paper = PaperLetter(
        dated=dt.date(2026, 10, 4),
        subject="Undangan lama",
        secrecy="R",
        to="PT Contoh",
        class_code="000.1.2",
    )
    file = scan(office)
    with office.app.change(office.registrar) as work:
        letter_id = enter_letter(work, first.id, paper, file).id
    letter = office.letter(letter_id)
    assert (letter.state, letter.number, letter.agenda) == ("sent", "R.000.1.2/1/UNIT-A/2026", 1)
    assert (letter.secrecy, letter.secrecy_code) == (3, "R")
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Record.secrecy)).all() == [3]
    with office.app.read(office.cast.head) as view:
        assert not seen_by(view, letter_id)
    with pytest.raises(ConflictError), office.app.change(office.registrar) as work:
        enter_letter(work, first.id, paper, file)
    with pytest.raises(InvalidInputError), office.app.change(office.registrar) as work:
        cancel_number(work, second.id, " ")
    with office.app.change(office.registrar) as work:
        cancel_number(work, second.id, "Tidak dipakai")
    with pytest.raises(ConflictError), office.app.change(office.registrar) as work:
        cancel_number(work, second.id, "x")
    assert office.numbers() == [(1, "confirmed"), (2, "voided")]
    with office.app.read(office.registrar) as view:
        assert open_numbers(view) == []
        assert blocks_of(view, 10)[1] == 1


def test_what_is_wrong_with_a_block_or_its_letter_is_told(office: LetterOffice) -> None:
    """By field: too many, no pattern, no reason; no subject, another year, no PDF, no grade."""
    wrong = {"count": (KIND, 0, "x"), "kind": ("Memorandum", 1, "x"), "reason": (KIND, 1, " ")}
    for field, (kind, count, reason) in wrong.items():
        with (
            pytest.raises(InvalidInputError) as caught,
            office.app.change(office.registrar) as work,
        ):
            reserve_block(work, new_id(), office.unit, kind, count, reason)
        assert [fault.path for fault in caught.value.fields] == [field]
    [row] = rows_of(office, block_of(office, 1))
    file = store_file(office.app, b"bukan pdf", "text/plain", "x.txt")
    paper = PaperLetter(dated=dt.date(2025, 12, 31), subject=" ", secrecy="")
    with pytest.raises(InvalidInputError) as caught, office.app.change(office.registrar) as work:
        enter_letter(work, row.id, paper, file)
    assert [fault.path for fault in caught.value.fields] == ["subject", "dated", "file", "secrecy"]


def test_a_key_of_another_block_is_refused(office: LetterOffice) -> None:
    """The same request gives the same block; the key of one never gives a block of another kind."""
    key = new_id()
    block = block_of(office, 2, key)
    assert block_of(office, 2, key).id == block.id
    with pytest.raises(ConflictError), office.app.change(office.registrar) as work:
        reserve_block(work, key, office.unit, "Memorandum", 2, "Listrik padam")
    assert len(rows_of(office, block)) == 2


def test_blocks_are_for_registrars_of_the_unit(office: LetterOffice) -> None:
    """Others may not set numbers aside, nor find those that are."""
    with pytest.raises(PermissionDeniedError), office.app.change(office.writer) as work:
        reserve_block(work, new_id(), office.unit, KIND, 1, "x")
    [row] = rows_of(office, block_of(office, 1))
    with pytest.raises(NotFoundError), office.app.change(office.writer) as work:
        cancel_number(work, row.id, "x")


def test_open_numbers_are_reported_at_year_end(
    office: LetterOffice, host: Host, tmp_path: Path
) -> None:
    """A job writes them down on 2 January; the command ends with 1 then."""
    block_of(office, 2)
    run = runner(office.app, host, folder=tmp_path)
    code, out, _err = run("archives", "numbers", "open")
    assert (code, f"2026  Unit UNIT-A  {KIND}: 1, 2" in out) == (0, True)

    work_off(office.app)
    assert reported(office) == 0
    office.app.clock.advance(dt.timedelta(days=90))  # type: ignore[attr-defined]  # a ManualClock
    work_off(office.app)
    assert reported(office) == 1
    code, out, _err = run("archives", "numbers", "open")
    assert code == 1
    with office.app.change(office.registrar) as work:
        for one in open_numbers(work):
            for row in numbers_of(work, one.block.id):
                cancel_number(work, row.id, "Tidak dipakai")
    code, out, _err = run("archives", "numbers", "open")
    assert (code, "Tidak ada nomor cadangan" in out) == (0, True)


def reported(office: LetterOffice) -> int:
    """How often open numbers were written down."""
    with office.app.read(SYSTEM) as view:
        query = select(AuditEntry.id).where(AuditEntry.action == "archives.block.open_reported")
        return len(view.session.scalars(query).all())


def test_a_region_may_give_numbers_after_signing(office: LetterOffice) -> None:
    """Nothing is reserved or printed before; one that ends unsigned uses up none."""
    body = {"per_unit": False, "scope": "all", "given": "after"}
    with office.app.change(SYSTEM) as work:
        draft = Edition("Contoh", "Perbup", "unverified", SINCE, body, "Data contoh")
        seed_edition(work, "archives.numbering", draft)
    letter_id = office.started()
    work_off(office.app)
    assert (office.letter(letter_id).number, office.numbers()) == ("", [])
    file = scan(office)
    with office.app.change(office.writer) as work:
        sign_by_hand(work, letter_id, office.letter(letter_id).version, file)
    assert office.letter(letter_id).number == "B.000.1.2/1/UNIT-A/2026"
    assert office.numbers() == [(1, "confirmed")]


def test_a_kind_without_a_pattern_bears_no_number(office: LetterOffice) -> None:
    """It is signed and sent without one."""
    letter_id = office.started("Memorandum")
    assert (office.letter(letter_id).number, office.numbers()) == ("", [])
    with office.app.read(SYSTEM) as view:
        assert view.session.get_one(Letter, letter_id).state == "signing"
