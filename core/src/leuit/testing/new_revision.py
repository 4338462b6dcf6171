"""Writing a migration from the difference between models and a migrated database.

For developers of the core and of plugins: `python -m leuit.testing.new_revision NAME "what"`, where
NAME is `core` or a plugin. It migrates an empty SQLite database to the present head, compares, and
writes the next numbered revision; read it before committing it. Migrations are written so that
they run on both engines.
"""

import re
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from leuit.builtin import BUILTINS
from leuit.plugins import Plugin, discover, history_of
from leuit.storage import Database, History, core_history, maintenance_engine, migrate
from leuit.values import SetupError, _


def write_revision(history: History, what: str) -> Path | None:
    """Write the next revision of a history; None when models and migrations agree."""
    from alembic.autogenerate import produce_migrations, render_python_code
    from alembic.migration import MigrationContext

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/compare.db")
        histories = [history] if history.owner == "core" else [core_history(), history]
        migrate(database, histories)
        with maintenance_engine(database).connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={
                    "target_metadata": history.metadata,
                    "version_table": history.version_table,
                    "compare_type": False,
                    "include_name": _only(history),
                },
            )
            script = produce_migrations(context, history.metadata)
        database.close()
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    if script.upgrade_ops.is_empty():
        return None
    versions = history.folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    last = sorted(path.stem.split("_")[0] for path in versions.glob("[0-9]*.py"))
    number = f"{int(last[-1]) + 1 if last else 1:04d}"
    slug = re.sub(r"[^a-z0-9]+", "_", what.lower()).strip("_")
    path = versions / f"{number}_{slug}.py"
    upgrade = _tidy(render_python_code(script.upgrade_ops, render_item=_render))
    parent = repr(last[-1]) if last else "None"
    path.write_text(_TEMPLATE.format(what=what, number=number, parent=parent, upgrade=upgrade))
    return path


def _only(history: History) -> Any:
    known = set(history.metadata.tables)

    def include(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name in known

    return include


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind == "type":
        module = type(item).__module__
        if module.startswith("leuit."):
            return f"leuit.storage.{type(item).__name__}()"
    return False


def _tidy(code: str) -> str:
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(lines).strip("\n")


_TEMPLATE = '''"""{what}."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "{number}"
down_revision = {parent}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
{upgrade}
'''


def history_named(name: str) -> History:
    """The history of the core or of an installed plugin."""
    assert BUILTINS  # importing them has put all tables of the core on its Base
    if name == "core":
        return core_history()
    for found in discover():
        if found.name == name:
            plugin = found.load()
            _make_folder(plugin)
            if (history := history_of(plugin)) is not None:
                return history
    raise SetupError(_("Plugin “%(name)s” tidak terpasang atau tidak punya tabel."), name=name)


def _make_folder(plugin: Plugin) -> None:
    """The folder of a plugin's migrations, before the first of them is written."""
    file = import_module(plugin.module).__file__
    if plugin.models and file is not None:
        (Path(file).parent / plugin.migrations).mkdir(exist_ok=True)


def main() -> int:
    """Write the next revision of the history named on the command line."""
    if len(sys.argv) != 3:
        sys.stderr.write('python -m leuit.testing.new_revision core|PLUGIN "what it does"\n')
        return 2
    try:
        path = write_revision(history_named(sys.argv[1]), sys.argv[2])
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    sys.stdout.write(f"{path or 'nothing changed'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
