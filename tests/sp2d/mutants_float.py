"""Mutants of the float and its LPJs, and the part of the fixed life over which they are killed.

What has to hold is section 1.3 of the reference: UP within its figure and once a year, LPJs within
what is in hand, GU by an approved LPJ and only once half of the UP is used.
"""

from tests.sp2d.course import World
from tests.sp2d.seeded import Mutant, again
from tests.sp2d.wishes import Wish

_FLOAT = "service.float"
_LPJ = "service.lpj"
_LPJ_STEPS = "service.lpj_steps"
_PAYMENTS = "service.payments"

FLOAT_MUTANTS = (
    Mutant("the figure of a float is too much", _FLOAT, "amount <= most:", "amount < most:"),
    Mutant("a float has no figure", _FLOAT, "    if amount <= most:\n", "    if amount:\n"),
    Mutant(
        "a float is given twice",
        _PAYMENTS,
        "return (float_key(claim.unit_id, claim.year),)",
        "return ()",
    ),
    Mutant(
        "a float is spent before it is paid",
        _FLOAT,
        '            Payment.kind == "UP",\n            Payment.state == PAID,\n',
        '            Payment.kind == "UP",\n',
    ),
    Mutant(
        "what is on its way is given",
        _FLOAT,
        '            Payment.kind.in_(("UP", "GU")),\n            Payment.state == PAID,\n',
        '            Payment.kind.in_(("UP", "GU")),\n',
    ),
    Mutant(
        "what waits for approval is in hand",
        _FLOAT,
        "Lpj.state.in_((SUBMITTED, APPROVED))",
        "Lpj.state == APPROVED",
    ),
    Mutant(
        "what waits for approval is used",
        _FLOAT,
        "func.sum(case((Lpj.state == APPROVED, Lpj.total), else_=0))",
        "func.sum(Lpj.total)",
    ),
    Mutant(
        "a line bears the greatest receipt",
        _FLOAT,
        "func.sum(Receipt.amount)",
        "func.max(Receipt.amount)",
    ),
    Mutant(
        "any LPJ is refilled",
        _FLOAT,
        "Lpj.year == year, Lpj.state == APPROVED\n",
        "Lpj.year == year\n",
    ),
    Mutant(
        "a refill goes out whatever is used",
        _FLOAT,
        "        fault = fault_of_refill(view, payment.unit_id, payment.year)\n",
        "        fault = None\n",
    ),
    Mutant(
        "an LPJ is refilled twice", _PAYMENTS, "return (refill_key(claim.lpj_id),)", "return ()"
    ),
    Mutant(
        "a refill is not in hand",
        "rules.float",
        "self.given + self.refilled - self.accounted",
        "self.given - self.accounted",
    ),
    Mutant(
        "a refill leaves it used",
        "rules.float",
        "return self.approved - self.refilled",
        "return self.approved",
    ),
    Mutant(
        "half is not enough",
        "rules.float",
        "funds.used >= least_used(funds.given, share)",
        "funds.used > least_used(funds.given, share)",
    ),
    Mutant(
        "half of what is left allows a refill",
        "rules.float",
        "least_used(funds.given, share)",
        "least_used(funds.in_hand, share)",
    ),
    Mutant(
        "the last rupiah of a float is not spent",
        _LPJ_STEPS,
        "if lpj.total > funds.in_hand:",
        "if lpj.total >= funds.in_hand:",
    ),
    Mutant(
        "more is spent than is in hand", _LPJ_STEPS, "if lpj.total > funds.in_hand:", "if False:"
    ),
    Mutant(
        "a receipt is accounted for twice",
        _LPJ_STEPS,
        "    _require_new_receipts(work, lpj)\n",
        "",
    ),
    Mutant(
        "a float asks no line",
        _LPJ_STEPS,
        "    require_room(work, lines_of_lpj(work, lpj.id))\n",
        "",
    ),
    Mutant(
        "who wrote an LPJ approves it",
        _LPJ_STEPS,
        "if lpj.created_by == actor_of(work).person_id:",
        "if False:",
    ),
    Mutant(
        "anybody's approval is his too",
        _LPJ_STEPS,
        "return lpj.decided_by == work.identity.person_id",
        "return True",
    ),
    Mutant(
        "another treasurer changes an LPJ",
        _LPJ,
        "if lpj.created_by != actor_of(work).person_id:",
        "if False:",
    ),
    Mutant("an LPJ on an older picture moves", _LPJ, "if lpj.version != version:", "if False:"),
    Mutant("an LPJ on its way is changed", _LPJ, "if lpj.state not in states:", "if False:"),
    Mutant(
        "a mended LPJ keeps its sum",
        _LPJ,
        "lpj.purpose, lpj.total = purpose, sum(one.amount for one in receipts)",
        "lpj.purpose = purpose",
    ),
    Mutant(
        "a mended LPJ keeps its receipts",
        _LPJ,
        "    work.session.execute(delete(Receipt).where(Receipt.lpj_id == lpj.id))\n",
        "    return lpj\n",
    ),
    Mutant(
        "a mended LPJ is not known again",
        _LPJ,
        "if lpj.version == version + 1 and was_done(work, asked):",
        "if False:",
    ),
    Mutant(
        "a dropped LPJ is not known again",
        _LPJ,
        "if lpj.state == DROPPED and lpj.version == version + 1:",
        "if False:",
    ),
)


def live_floats(made: World) -> None:
    """A float of 100 million, of which half has to be used; its unit has 60 free on each line."""
    made.begin()
    _given(made)
    _accounted(made)
    _refilled(made)


def _given(made: World) -> None:
    made.account("spp", (1, 0), 0)
    made.draft("draft", Wish((101, 0), kind="UP"))
    made.draft("draft", Wish((100, 0), kind="UP"))
    made.walk(made.keys[0], 6)
    made.account("spp", (1, 0), 0)
    made.draft("second", Wish((5, 0), kind="UP"))
    made.send("sp2d")
    made.check()
    made.statement("sp2d", 0, 0, later=True)
    made.check()


def _accounted(made: World) -> None:
    """49 million approved are too little for a refill, also with one more that waits."""
    made.account("spp", (30, 18), 1)
    first = made.lpjs[0]
    made.move_account("many", first, "submitted", 0)
    made.mend_account("many", first, (30, 19), 1, 0)
    made.mend_account("spp", first, (30, 19), 1, 1)
    made.mend_account("spp", first, (30, 19), 1, 0)
    again(made)
    made.mend_account("spp", first, (30, 20), 1, 1)
    made.move_account("spp", first, "submitted", 1)
    made.move_account("spp", first, "submitted", 0)
    again(made)
    made.draft("draft", Wish((0, 0), kind="GU", lpj=0))
    made.mend_account("spp", first, (30, 20), 1, 0)
    made.move_account("verify", first, "approved", 1)
    made.move_account("verify", first, "returned", 0, coded=False)
    made.move_account("verify", first, "returned", 0)
    again(made)
    made.move_account("spp", first, "submitted", 0)
    made.move_account("verify", first, "approved", 0)
    again(made)
    made.move_account("many", first, "approved", 1)
    made.draft("draft", Wish((0, 0), kind="GU", lpj=0))
    made.account("spp", (1, 0), 2)
    made.move_account("spp", made.lpjs[1], "submitted", 0)
    made.draft("draft", Wish((0, 0), kind="GU", lpj=0))
    made.check()
    made.move_account("verify", made.lpjs[1], "approved", 0)
    made.account("many", (5, 0), 3)
    made.move_account("many", made.lpjs[2], "submitted", 0)
    made.move_account("many", made.lpjs[2], "approved", 0)
    for amount in (46, 45):  # 45 are in hand
        made.account("spp", (amount, 0), amount)
        made.move_account("spp", made.lpjs[-1], "submitted", 0)
        made.check()
    made.move_account("verify", made.lpjs[-1], "returned", 0)
    made.move_account("many", made.lpjs[-1], "dropped", 0)
    made.move_account("spp", made.lpjs[-1], "dropped", 0)
    again(made)


def _refilled(made: World) -> None:
    """Two refills are written while 50 million are used; when one is paid, one million is."""
    made.draft("draft", Wish((0, 0), kind="GU", lpj=2))  # which waits for its approval
    made.draft("draft", Wish((0, 0), kind="GU", lpj=0))
    made.draft("second", Wish((0, 0), kind="GU", lpj=0))
    made.draft("second", Wish((0, 0), kind="GU", lpj=1))
    refill, late = made.keys[-2:]
    made.walk(refill, 6)
    made.send("sp2d")
    made.check()
    made.statement("sp2d", -1, 0, later=True)
    made.check()
    made.step("second", late, "draft", 0)
    made.account("spp", (30, 19), 1)
    made.move_account("spp", made.lpjs[-1], "submitted", 0)
    made.account("spp", (31, 0), 9)
    made.move_account("spp", made.lpjs[-1], "submitted", 0)
    made.check()
