"""Files whose content ends: who still names them, who has let them go, and taking the bytes away.

A file may be named by rows of several services. The register keeps its hash for good; its bytes go
only when every service that names it has released it. A service says so when it hears that the
record is lawfully destroyed (`leuit.contracts.RecordEnded`).
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnClause, String, column, inspect, select, table, update

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


def files_in_use(
    view: "View", wanted: Iterable[str], apart: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Of these files, those that somebody still needs: by hash, the tables that name them.

    A table names files in columns that refer to the register, and in those whose name ends in
    `sha256`. The tables in `apart` only remember what a file once was.
    """
    hashes = sorted(set(wanted))
    released = {
        (row.sha256, row.owner)
        for row in view.connection.execute(
            select(BlobRelease.sha256, BlobRelease.owner).where(BlobRelease.sha256.in_(hashes))
        )
    }
    found: dict[str, set[str]] = {}
    for name, where in _naming(view):
        if name in apart:
            continue
        named: ColumnClause[str] = column(where)
        query = select(named).distinct().select_from(table(name, named)).where(named.in_(hashes))
        for sha256 in view.connection.scalars(query):
            if (sha256, _owner(name)) not in released:
                found.setdefault(sha256, set()).add(name)
    return {sha256: tuple(sorted(names)) for sha256, names in found.items()}


def released_files(view: "View", limit: int, *, after: str = "") -> list[str]:
    """Files that some service has released and whose bytes may be there still, by hash."""
    query = (
        select(BlobRelease.sha256)
        .distinct()
        .join(Blob, Blob.sha256 == BlobRelease.sha256)
        .where(Blob.name != "", BlobRelease.sha256 > after)
        .order_by(BlobRelease.sha256)
        .limit(limit)
    )
    return list(view.connection.scalars(query))


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
        asked = inspect(view.connection)
        naming = {
            (name, key["constrained_columns"][0])
            for (_schema, name), keys in asked.get_multi_foreign_keys().items()
            for key in keys
            if key["referred_table"] == Blob.__tablename__
        }
        naming |= {
            (name, one["name"])
            for (_schema, name), columns in asked.get_multi_columns().items()
            for one in columns
            if one["name"].endswith("sha256") and isinstance(one["type"], String)
        }
        own = {Blob.__tablename__, BlobRelease.__tablename__}
        view.kept[_KEPT] = sorted(one for one in naming if one[0] not in own)
    named: list[tuple[str, str]] = view.kept[_KEPT]
    return named


def _owner(name: str) -> str:
    return "core" if name in CoreBase.metadata.tables else name.partition("_")[0]
