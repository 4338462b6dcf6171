"""The life of a product: what may follow what, by whom, and what has to be looked at again.

`draf` → `diajukan` → `tayang`, `perlu_perbaikan` or `ditolak`; from `tayang` to `dibekukan` (shown,
not to be bought), `turun_tayang`, `arsip`. Whoever changes what a moderator looked at takes the
product off display himself: it is a draft again and goes the same way once more. Price, stock,
shipping and least order stay the vendor's own affair and change at once.
"""

from typing import Final, Literal

import attrs

from leuit.values import ConflictError, _

DRAFT, SUBMITTED, CORRECT, REFUSED = "draf", "diajukan", "perlu_perbaikan", "ditolak"
SHOWN, FROZEN, TAKEN_DOWN, ARCHIVED = "tayang", "dibekukan", "turun_tayang", "arsip"
STATES: Final = (DRAFT, SUBMITTED, CORRECT, REFUSED, SHOWN, FROZEN, TAKEN_DOWN, ARCHIVED)
Who = Literal["vendor", "moderator"]
VENDOR: Final = "vendor"
MODERATOR: Final = "moderator"


@attrs.frozen
class Move:
    """A step that somebody may take: from which states, to which, with a reason or without."""

    step: str
    who: tuple[Who, ...]
    before: tuple[str, ...]
    after: str
    reasoned: bool = False


SUBMIT: Final = Move("submitted", (VENDOR,), (DRAFT, CORRECT, TAKEN_DOWN), SUBMITTED)
WITHDRAW: Final = Move("withdrawn", (VENDOR,), (SUBMITTED,), DRAFT)
REOPEN: Final = Move("reopened", (VENDOR,), (SHOWN, FROZEN, TAKEN_DOWN), DRAFT)
APPROVE: Final = Move("approved", (MODERATOR,), (SUBMITTED,), SHOWN)
RETURN: Final = Move("returned", (MODERATOR,), (SUBMITTED,), CORRECT, reasoned=True)
REFUSE: Final = Move("refused", (MODERATOR,), (SUBMITTED,), REFUSED, reasoned=True)
FREEZE: Final = Move("frozen", (MODERATOR,), (SHOWN,), FROZEN, reasoned=True)
UNFREEZE: Final = Move("unfrozen", (MODERATOR,), (FROZEN,), SHOWN)
TAKE_DOWN: Final = Move("taken_down", (MODERATOR,), (SHOWN, FROZEN), TAKEN_DOWN, reasoned=True)
WITHDRAW_SHOWN: Final = Move("hidden", (VENDOR,), (SHOWN, FROZEN), TAKEN_DOWN)
ARCHIVE: Final = Move("archived", (VENDOR,), (DRAFT, CORRECT, REFUSED, TAKEN_DOWN), ARCHIVED)
MOVES: Final = (
    *(SUBMIT, WITHDRAW, REOPEN, APPROVE, RETURN, REFUSE),
    *(FREEZE, UNFREEZE, TAKE_DOWN, WITHDRAW_SHOWN, ARCHIVE),
)
MODERATED: Final = frozenset(
    {
        *("category_id", "name", "brand", "description", "unit_code", "attributes", "pictures"),
        *("origin", "country", "tkdn", "bmp", "bmp_factors", "tkdn_number", "tkdn_until"),
        *("sni_number", "sni_until", "halal_number", "halal_until", "kbki", "variants"),
    }
)
"""What a moderator looks at; a change of it makes a shown product a draft again."""
FREE: Final = frozenset({"price", "stock", "shipping", "least_order", "sku"})
"""What the vendor changes at once, whatever is shown."""


class WrongStepError(ConflictError):
    """The product is in a state from which this step does not lead."""

    code = "wrong_step"


def is_visible(state: str) -> bool:
    """Whether everybody sees the product."""
    return state in (SHOWN, FROZEN)


def is_orderable(state: str) -> bool:
    """Whether it may be bought, as far as the product itself goes (EC-51)."""
    return state == SHOWN


def may(move: Move, who: Who, state: str) -> bool:
    """Whether that one may take that step now."""
    return who in move.who and state in move.before


def check_move(move: Move, who: Who, state: str, words: str) -> str:
    """The state that follows; WrongStepError, with the words of the state, when it may not be."""
    if not may(move, who, state):
        raise WrongStepError(
            _("Langkah itu tidak dapat diambil: produk ini %(state)s."),
            advice=_("Muat ulang halaman untuk melihat keadaannya."),
            state=words,
        )
    return move.after


def may_edit(state: str) -> bool:
    """Whether the vendor may change what a moderator looks at; else he withdraws it first."""
    return state in (DRAFT, CORRECT, SHOWN, FROZEN, TAKEN_DOWN)


def after_edit(state: str, changed: frozenset[str]) -> str:
    """The state after the vendor changed these fields.

    ValueError for one that is neither of `MODERATED` nor `FREE`, so that none slips by unseen.
    """
    if unknown := changed - MODERATED - FREE:
        raise ValueError(f"nobody decided about {sorted(unknown)}")
    if changed & MODERATED and state in REOPEN.before:
        return REOPEN.after
    return state


def may_price(state: str) -> bool:
    """Whether price, stock and shipping may change: always, but in what is over."""
    return state not in (REFUSED, ARCHIVED)
