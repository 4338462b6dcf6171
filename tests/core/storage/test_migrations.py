"""Migrations make the tables of the models, each plugin by itself, on both engines."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, inspect, text

from leuit.plugins import Host
from leuit.storage import (
    Database,
    History,
    core_history,
    maintenance_engine,
    migrate,
    require_current,
    states,
)
from leuit.values import SetupError
from leuit.work import Leuit


def test_migrations_make_the_models(app: Leuit, host: Host) -> None:
    """On both engines nothing is left to migrate between the histories and the models."""
    with maintenance_engine(app.database).connect() as connection:
        for history in (core_history(), *host.histories):
            own = set(history.metadata.tables)
            context = MigrationContext.configure(
                connection,
                opts={
                    "version_table": history.version_table,
                    "compare_type": False,
                    "include_name": lambda name, kind, _parents, own=own: (
                        kind != "table" or name in own
                    ),
                },
            )
            assert compare_metadata(context, history.metadata) == []


def test_each_plugin_has_a_version_table_of_its_own(app: Leuit, host: Host) -> None:
    """Uninstalling a plugin cannot stop the others: nobody shares a version table."""
    tables = set(inspect(app.database.reader).get_table_names())
    assert {"alembic_version_core", "alembic_version_attendance"} <= tables
    assert all(state.is_current for state in states(app.database, host.histories))


def test_migrating_twice_changes_nothing(app: Leuit, host: Host) -> None:
    """A second `leuit migrate` finds everything at its head."""
    again = migrate(app.database, (core_history(), *host.histories))
    assert next(state.owner for state in again) == "core"
    assert all(state.is_current for state in again)


def test_an_old_schema_is_refused_with_what_to_do(app: Leuit, engine: str) -> None:
    """A server on an old schema would half work; it does not start and says why."""
    with app.database.writer.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version_core SET version_num = '0000'"))
    with pytest.raises(SetupError, match=r"core.*0000.*leuit migrate"):
        require_current(app.database, [core_history()])


SCRIPT = '''
"""{title}."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", {down}, None, None


def upgrade():
    {body}
'''


def test_a_migration_that_leaves_dangling_rows_is_taken_back(tmp_path: Path) -> None:
    """On SQLite a step that would orphan children is stopped, and the schema stays as it was."""
    versions = tmp_path / "m" / "versions"
    versions.mkdir(parents=True)
    make = (
        'op.execute("CREATE TABLE x_a (id INTEGER PRIMARY KEY)");'
        ' op.execute("CREATE TABLE x_b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES x_a(id))");'
        ' op.execute("INSERT INTO x_a VALUES (1)"); op.execute("INSERT INTO x_b VALUES (1, 1)")'
    )
    (versions / "1.py").write_text(SCRIPT.format(title="one", number="1", down=None, body=make))
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    metadata = MetaData()
    Table("x_a", metadata)
    history = History("x", tmp_path / "m", metadata)
    assert migrate(database, [history])[0].current == "1"
    drop = 'op.execute("DELETE FROM x_a")'
    (versions / "2.py").write_text(SCRIPT.format(title="two", number="2", down="'1'", body=drop))
    with pytest.raises(SetupError, match="x_b"):
        migrate(database, [history])
    assert states(database, [history])[0].current == "1"
    with database.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM x_a")).scalar_one() == 1
    database.close()


@pytest.mark.parametrize("url", ["oracle://x", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_databases_that_cannot_serve_are_refused(url: str) -> None:
    """Only a SQLite file or PostgreSQL will do."""
    with pytest.raises(SetupError):
        Database(url)
