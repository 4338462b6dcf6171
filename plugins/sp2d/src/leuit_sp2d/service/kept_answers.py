"""One answer for one key: what a program was told once, it is told again when it asks again.

A key is bound to who asked and what for (FINERACT-2485 gave the first answer to another amount, and
to another account). The row is written first and filled in the unit that makes the change: of two
who ask at once the second waits for the first. A refusal rolls the unit back and leaves nothing, so
that a request put right is done under the same key.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

import attrs
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from leuit.values import ConflictError, InvalidInputError, _
from leuit.work import JobContext, Leuit, View, Work
from leuit_sp2d.models import Answer, Change

KEPT = dt.timedelta(days=7)
AT_ONCE = 500
LOCK_TIMEOUT = "55P03"
PURGE = "sp2d.answers.purge"


class KeyMismatchError(InvalidInputError):
    """The key was used for something else, or by somebody else."""

    code = "idempotency_mismatch"


class KeyInUseError(ConflictError):
    """The first request under the key is not done yet; nothing was changed by this one."""

    code = "idempotency_in_progress"

    def __init__(self) -> None:
        super().__init__(
            _("Permintaan dengan kunci ini masih dikerjakan."),
            advice=_("Kirim lagi permintaan yang sama sebentar lagi."),
        )
        self.retry_after = 2


@attrs.frozen
class Asked:
    """A request under a key: who asks, and the digest of all that it is about."""

    key: str
    actor: UUID | None
    sha256: str


@attrs.frozen
class Kept:
    """An answer as it was given: status and JSON text."""

    status: int
    body: str


def asked(app: Leuit, key: str, actor: UUID | None, parts: Iterable[bytes]) -> Asked:
    """Bind a key to an actor and the parts of a request, with the secret of the installation."""
    digest = hmac.new(app.settings.secret_key(), digestmod=hashlib.sha256)
    for part in (str(actor).encode(), *parts):
        digest.update(len(part).to_bytes(8, "big") + part)
    return Asked(key, actor, digest.hexdigest())


def known_answer(view: View, one: Asked) -> Kept | None:
    """The answer that was given under the key; KeyMismatchError when it was for something else."""
    row = view.connection.execute(
        select(Answer.sha256, Answer.status, Answer.body).where(Answer.key == one.key)
    ).first()
    if row is None:
        return None
    if not hmac.compare_digest(row.sha256, one.sha256):
        raise KeyMismatchError(
            _("Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain."),
            advice=_("Pakai kunci baru untuk permintaan yang lain."),
        )
    return Kept(row.status, row.body)


def take_key(work: Work, one: Asked) -> Kept | None:
    """Hold the key for this unit; the answer when another has given it meanwhile.

    Raises KeyInUseError when the other takes too long.
    """
    row = {"key": one.key, "actor": one.actor, "sha256": one.sha256, "at": work.now}
    try:
        with work.session.begin_nested():
            work.connection.execute(insert(Answer), row | {"status": 0, "body": ""})
    except IntegrityError:
        known = known_answer(work, one)
        if known is None:  # purged between the two statements
            raise KeyInUseError from None
        return known
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_TIMEOUT:
            raise
        raise KeyInUseError from error
    return None


def keep_answer(work: Work, one: Asked, kept: Kept) -> None:
    """Keep the answer under the key that this unit holds."""
    work.connection.execute(
        update(Answer)
        .where(Answer.key == one.key)
        .values(status=kept.status, body=kept.body, at=work.now)
    )


def purge_answers(context: JobContext) -> None:
    """Forget answers and done requests of more than seven days ago, a few hundred a unit."""
    before = context.now() - KEPT
    for table, name in ((Answer, Answer.key), (Change, Change.sha256)):
        old = select(name).where(table.at < before).order_by(table.at).limit(AT_ONCE)
        deleted = AT_ONCE
        while deleted == AT_ONCE:
            with context.change() as work:
                deleted = work.connection.execute(delete(table).where(name.in_(old))).rowcount
