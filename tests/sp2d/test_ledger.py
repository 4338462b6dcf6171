"""The ledger: entries are added and never changed, and whatever disagrees with them is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_sp2d.rules.chain import BANK, TEST
from leuit_sp2d.service.ledger_check import check_ledger
from tests.sp2d.treasury import Treasury, claim, treasury, walked


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury with one payment whose SPM reserves, and one whose SP2D has spent."""
    made = treasury(app)
    walked(made, TEST)
    walked(made, BANK, claim(made, 5_000_000, invoice="INV/002/2026"))
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
        ("UPDATE sp2d_payment SET state = 'draft' WHERE state = 'bank'", "cair menurut pembayaran"),
        ("UPDATE sp2d_instruction SET amount = amount - 1", "perintah bayar"),
        ("UPDATE sp2d_paper SET state = 'voided' WHERE kind = 'SP2D'", "perintah bayar"),
    ],
)
def test_what_disagrees_with_the_entries_is_found(office: Treasury, change: str, what: str) -> None:
    """A figure changed behind the ledger's back is named with both values."""
    assert told(office) == set()
    with office.app.database.writer.connect() as connection, connection.begin():
        connection.execute(text(change))
    assert what in told(office)


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
