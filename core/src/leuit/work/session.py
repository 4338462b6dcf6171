"""The session that a unit of work or a view lends out: it cannot end the transaction itself."""

from typing import NoReturn

from sqlalchemy import Connection
from sqlalchemy.orm import Session, SessionTransaction

from leuit.values import LeuitError, _


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

    def release(self) -> None:
        """Forget everything; the owner of the connection ends the transaction."""
        super().close()


def _barred() -> BarredError:
    return BarredError(_("Transaksi ditutup dengan meninggalkan blok, bukan dari dalamnya."))
