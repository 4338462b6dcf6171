"""Files whose content ends: who still names them, who has let them go, and taking the bytes away.

A file may be named by rows of several services. The register keeps its hash for good; its bytes go
only when every service that names it has released it. A service says so when it hears that the
record is lawfully destroyed (`leuit.contracts.RecordEnded`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnClause, column, inspect, select, table, update

from leuit.storage import Blob, BlobRelease, CoreBase, insert_into

if TYPE_CHECKING:
    from .app import Leuit
    from .unit import Work
    from .view import View

_KEPT = "named_columns"


def release_file(work: "Work", sha256: str, owner: str) -> None:
    """Say that a service, by the prefix of its tables, needs the bytes of a file no longer."""
    row = {"sha256": sha256, "owner": owner, "released_at": work.now}
    work.connection.execute(
        insert_into(work.database.dialect, BlobRelease).values(row).on_conflict_do_nothing()
    )


def files_in_use(view: "View", wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of these files, those that somebody still needs: by hash, the tables that name them."""
    hashes = sorted(set(wanted))
    released = {
        (row.sha256, row.owner)
        for row in view.connection.execute(
            select(BlobRelease.sha256, BlobRelease.owner).where(BlobRelease.sha256.in_(hashes))
        )
    }
    found: dict[str, set[str]] = {}
    for name, where in _naming(view):
        named: ColumnClause[str] = column(where)
        query = select(named).distinct().select_from(table(name, named)).where(named.in_(hashes))
        for sha256 in view.connection.scalars(query):
            if (sha256, _owner(name)) not in released:
                found.setdefault(sha256, set()).add(name)
    return {sha256: tuple(sorted(names)) for sha256, names in found.items()}


def take_bytes_away(app: "Leuit", hashes: Iterable[str]) -> None:
    """Delete the bytes of files that nobody needs; call it outside a unit of work."""
    for sha256 in hashes:
        app.blobs.delete(sha256)


def forget_name(work: "Work", sha256: str) -> None:
    """Keep nothing of a file in the register but its hash and size."""
    work.connection.execute(update(Blob).where(Blob.sha256 == sha256).values(name=""))


def _naming(view: "View") -> list[tuple[str, str]]:
    """Every table and column that names files, of all services, also of those that left."""
    if _KEPT not in view.kept:
        keys = inspect(view.connection).get_multi_foreign_keys()
        view.kept[_KEPT] = sorted(
            (name, key["constrained_columns"][0])
            for (_schema, name), found in keys.items()
            for key in found
            if key["referred_table"] == Blob.__tablename__ and name != BlobRelease.__tablename__
        )
    named: list[tuple[str, str]] = view.kept[_KEPT]
    return named


def _owner(name: str) -> str:
    return "core" if name in CoreBase.metadata.tables else name.partition("_")[0]
