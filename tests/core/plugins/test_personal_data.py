"""The register of personal data covers what is kept about people (UU 27/2022, PDP-01)."""

from leuit.plugins import Host
from leuit.storage import core_history
from leuit.testing import cast
from leuit.work import Leuit
from tests.support.client import Client

TELLING = {
    *("nip", "nik", "email", "sex", "pin", "login", "password_hash", "operator"),
    *("person_id", "latitude", "longitude", "raw"),
}
"""Names of columns that say something about a person wherever they stand."""


def test_every_telling_column_is_declared_and_every_declared_one_exists(host: Host) -> None:
    """A column about a person without purpose, basis, retention and erasure fails the build."""
    declared: dict[str, set[str]] = {}
    for _owner, entry in host.merged.extras["leuit_personal_data"]:
        declared.setdefault(entry.table, set()).update(entry.columns)
        assert entry.purpose
        assert entry.basis
        assert entry.retention
    for history in (core_history(), *host.histories):
        for table in history.metadata.sorted_tables:
            columns = {column.name for column in table.columns}
            known = declared.pop(table.name, set())
            assert known <= columns, f"{table.name}: {known - columns} is declared and not there"
            missing = columns & TELLING - known
            assert not missing, f"{table.name}: {missing} is not in the register"
    assert declared == {}, "tables that do not exist"


def test_everybody_signed_in_can_read_the_register(app: Leuit, client: Client) -> None:
    """What is kept about oneself, why and how long, stands on a page."""
    people = cast(app)
    with client.as_(people.member):
        text = client.get("/privacy").text
    assert "Menghitung kehadiran dan potongan TPP" in text
    assert "UU 27/2022" in text
