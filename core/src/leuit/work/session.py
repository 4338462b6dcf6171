"""The session that a unit of work or a view lends out: it cannot end the transaction itself."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session, SessionTransaction, class_mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from leuit.values import LeuitError, _

Row = TypeVar("Row")


class BarredError(LeuitError):
    """Something tried to end the transaction from inside; only leaving the block does that."""

    code = "barred"
    status = 500


class LentSession(Session):
    """A session over one connection, without commit, rollback, begin and close."""

    def __init__(self, connection: Connection, *, autoflush: bool = True) -> None:
        super().__init__(
            bind=connection,
            autoflush=autoflush,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
        )

    def commit(self) -> NoReturn:
        raise _barred()

    def rollback(self) -> NoReturn:
        raise _barred()

    def begin(self, nested: bool = False) -> SessionTransaction:
        """Only savepoints (`begin_nested`) may begin inside a unit.

        A session sets its savepoint only when it is used next; here it is set at once, so that it
        holds for statements of the lent connection too.
        """
        if not nested:
            raise _barred()
        transaction = super().begin(nested=True)
        self.connection()
        return transaction

    def close(self) -> NoReturn:
        raise _barred()

    def adopt(self, kind: type[Row], values: Mapping[str, Any]) -> Row:
        """The object of a row that a plain statement has just read with all columns of its table.

        It is as if the session itself had read it anew, in a third of the time. Flush before the
        statement what the session holds of the row.
        """
        mapper = class_mapper(kind)
        primary = tuple(values[str(one.key)] for one in mapper.primary_key)
        key = mapper.identity_key_from_primary_key(primary)
        known: Row | None = self.identity_map.get(key)
        if known is not None:
            for name, value in values.items():
                set_committed_value(known, name, value)
            return known
        made: Row = mapper.class_manager.new_instance()
        instance_dict(made).update(values)
        make_transient_to_detached(made)
        self.add(made)
        return made

    def release(self) -> None:
        """Forget everything; the owner of the connection ends the transaction."""
        super().close()


def _barred() -> BarredError:
    return BarredError(_("Transaksi ditutup dengan meninggalkan blok, bukan dari dalamnya."))
