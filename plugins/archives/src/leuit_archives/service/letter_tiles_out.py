"""What of letters out waits for a reader: lists and counts in the shape of `letter_tiles`.

What a service for signatures has in hand is also that service's own task; the inbox leaves it out
and the tile `to_sign` shows it: when its turn has come, or from the beginning where the service
does not tell of turns.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, literal, null, or_, select
from sqlalchemy.orm import aliased

from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import Draft, DraftStep, Letter
from leuit_archives.models.drafts import OPEN, PARAF, SIGN, WET
from leuit_archives.models.letters import OUT, REVIEW, SIGNED, SIGNING

from .letter_access import own_letters
from .letter_tiles import TILES, Tile, Turn
from .posts import acting_posts

_Query = Callable[[View], Any]


def count_turns_out(view: View) -> int:
    """How many letters out wait for the reader's paraf, pen or sending, in one statement."""
    asked = (_initials(view), _papers(view), _unsent(view))
    counts = [
        select(func.count()).select_from(query.subquery()).scalar_subquery() for query in asked
    ]
    return sum(view.connection.execute(select(*counts)).one())


def _initials(view: View) -> Any:
    earlier = aliased(DraftStep)
    waits = (
        select(earlier.id)
        .where(
            earlier.letter_id == DraftStep.letter_id,
            earlier.state == OPEN,
            earlier.place < DraftStep.place,
        )
        .exists()
    )
    return _steps(view).where(DraftStep.kind == PARAF, Letter.state == REVIEW, ~waits)


def _signatures(view: View) -> Any:
    return (
        _steps(view)
        .join(Draft, Draft.letter_id == Letter.id)
        .where(
            DraftStep.kind == SIGN,
            Letter.state == SIGNING,
            or_(Draft.turn.is_(None), Draft.turn == DraftStep.place),
        )
    )


def _papers(view: View) -> Any:
    return _own(view).where(Letter.state == SIGNING, Draft.mode == WET)


def _unsent(view: View) -> Any:
    return _own(view).where(Letter.state == SIGNED)


def _initialled_elsewhere(view: View) -> Any:
    return _own(view).where(Letter.state == REVIEW)


def _steps(view: View) -> Any:
    return (
        select(*_COLUMNS, DraftStep.since.label("since"), null(), DraftStep.title)
        .join(DraftStep, DraftStep.letter_id == Letter.id)
        .where(DraftStep.position_id.in_(list(acting_posts(view))), DraftStep.state == OPEN)
    )


def _own(view: View) -> Any:
    since = func.coalesce(Draft.signed_at, Letter.created_at).label("since")
    return (
        select(*_COLUMNS, since, null(), literal(""))
        .join(Draft, Draft.letter_id == Letter.id)
        .where(Letter.direction == OUT, own_letters(view))
    )


_COLUMNS = (Letter.id, Letter.subject, Letter.sender, Letter.number, Letter.urgency)


def _tile(name: str, title: Text, icon: str, empty: Text, query: _Query) -> Tile:
    def rows(view: View, offset: int, limit: int) -> Sequence[Turn]:
        found = query(view).order_by("since").offset(offset).limit(limit)
        return [Turn(*row) for row in view.connection.execute(found)]

    def count(view: View) -> int:
        counted = select(func.count()).select_from(query(view).subquery())
        return int(view.connection.execute(counted).scalar_one())

    def ids(view: View) -> Any:
        return query(view).with_only_columns(Letter.id)

    return Tile(name, title, icon, empty, rows, count, ids)


TO_VERIFY = _tile(
    "to-verify",
    _("Surat keluar menunggu paraf Anda"),
    "list-checks",
    _("Surat yang perlu Anda paraf muncul di sini."),
    _initials,
)
TO_SIGN = _tile(
    "to-sign",
    _("Surat keluar menunggu tanda tangan Anda"),
    "signature",
    _("Surat yang perlu Anda tanda tangani muncul di sini."),
    _signatures,
)
SIGNED_UNSENT = _tile(
    "signed-unsent",
    _("Surat ditandatangani, belum dikirim"),
    "file-text",
    _("Surat Anda yang sudah ditandatangani muncul di sini sampai dikirim."),
    _unsent,
)
TO_PRINT = _tile(
    "to-print",
    _("Surat untuk tanda tangan basah"),
    "printer",
    _("Surat Anda yang perlu dicetak, ditandatangani dan dipindai muncul di sini."),
    _papers,
)
IN_REVIEW = _tile(
    "in-review",
    _("Surat Anda menunggu paraf"),
    "clock",
    _("Surat Anda yang menunggu paraf orang lain muncul di sini."),
    _initialled_elsewhere,
)
OUT_TILES: tuple[Tile, ...] = (TO_SIGN, SIGNED_UNSENT, TO_VERIFY)
ALL_TILES: tuple[Tile, ...] = (*OUT_TILES, *TILES)
