"""The ledger: entries are added and never changed, and whatever disagrees with them is found."""

from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.work import Leuit
from leuit_sp2d.models import SpdLine
from leuit_sp2d.rules.chain import SP2D, TEST
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.reversing import record_refund
from tests.sp2d.float_office import paid
from tests.sp2d.treasury import Treasury, claim, treasury, walked
from tests.support.command_line import runner


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury with one payment whose SPM reserves, and one of which a part was paid back."""
    made = treasury(app)
    walked(made, TEST)
    payment_id = paid(made, claim(made, 5_000_000, invoice="INV/002/2026"))
    with app.change(made.people[SP2D]) as work:
        record_refund(work, payment_id, "STS/1", work.today, {made.line: 1_000_000})
    return made


@pytest.mark.parametrize("table", ["sp2d_entry", "sp2d_act"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET at = at"])
def test_the_database_itself_keeps_entries_and_acts(
    office: Treasury, table: str, change: str
) -> None:
    """Neither UPDATE nor DELETE of an entry or an act is possible, whoever asks."""
    before = rows(office, table)
    with pytest.raises(DBAPIError), office.app.change(SYSTEM) as work:
        work.connection.execute(text(change.format(table)))
    assert rows(office, table) == before


@pytest.mark.parametrize(
    "change,what",
    [
        ("UPDATE sp2d_line SET free = free + 1", "tersedia"),
        ("UPDATE sp2d_line SET reserved = reserved + 7", "disisihkan"),
        ("UPDATE sp2d_line SET spent = spent + 1, free = free - 1", "cair"),
        ("UPDATE sp2d_line SET unreleased = unreleased + 3", "belum dirilis"),
        (
            (
                "UPDATE sp2d_payment_line SET amount = amount + 1 WHERE payment_id IN "
                "(SELECT id FROM sp2d_payment WHERE state = 'test')"
            ),
            "disisihkan menurut pembayaran",
        ),
        ("UPDATE sp2d_payment SET state = 'draft' WHERE state = 'paid'", "cair menurut pembayaran"),
        ("UPDATE sp2d_instruction SET amount = amount - 1", "perintah bayar"),
        ("UPDATE sp2d_paper SET state = 'voided' WHERE kind = 'SP2D'", "perintah bayar"),
        ("UPDATE sp2d_dpa_line SET amount = amount + 1", "pagu menurut DPA"),
        ("DELETE FROM sp2d_dpa_line", "pagu menurut DPA"),
        ("UPDATE sp2d_spd_line SET amount = amount - 1", "dana menurut SPD"),
        ("DELETE FROM sp2d_spd_line", "dana menurut SPD"),
        ("UPDATE sp2d_refund SET total = total + 1", "pengembalian menurut STS"),
        ("DELETE FROM sp2d_refund", "pengembalian menurut STS"),
    ],
)
def test_what_disagrees_with_the_entries_is_found(office: Treasury, change: str, what: str) -> None:
    """A figure changed behind the ledger's back is named with both values."""
    assert told(office) == set()
    with office.app.database.writer.connect() as connection, connection.begin():
        connection.execute(text(change))
    assert what in told(office)


def test_amounts_that_change_places_are_found(office: Treasury) -> None:
    """Two lines of one SPD swap what they got: the sum is right, and both are told."""
    with office.app.database.writer.connect() as connection, connection.begin():
        for line, amount in ((office.line, 99_000_000), (office.other_line, 101_000_000)):
            connection.execute(update(SpdLine).where(SpdLine.line_id == line).values(amount=amount))
    with office.app.read(SYSTEM) as view:
        found = check_ledger(view).disagreements
    assert sorted((one.kept, one.worked_out) for one in found) == [
        (99_000_000, 100_000_000),
        (101_000_000, 100_000_000),
    ]


@pytest.mark.parametrize("change", ["", "UPDATE sp2d_spd_line SET amount = amount - 1"])
def test_the_command_ends_with_1_when_something_differs(
    office: Treasury, host: Host, tmp_path: Path, change: str
) -> None:
    """`leuit sp2d check-ledger`: 0 for books that agree, else 1 with what differs and how much."""
    if change:
        with office.app.database.writer.connect() as connection, connection.begin():
            connection.execute(text(change))
    run = runner(office.app, host, folder=tmp_path)
    status, out, _complaint = run("sp2d", "check-ledger")
    assert status == bool(change)
    if change:
        assert out.count("dana menurut SPD") == 2
        assert "Rp99.999.999, menurut entri Rp100.000.000" in out
    else:
        assert "Buku cocok" in out


def told(office: Treasury) -> set[str]:
    """What the check finds wrong."""
    with office.app.read(SYSTEM) as view:
        report = check_ledger(view)
    assert (report.lines, report.payments) == (2, 2)
    return {str(one.what) for one in report.disagreements}


def rows(office: Treasury, table: str) -> list[tuple[object, ...]]:
    """Every row of a table."""
    with office.app.read(SYSTEM) as view:
        return [tuple(row) for row in view.connection.execute(text(f"SELECT * FROM {table}"))]
