"""Mutants of the rules and services of payments, and the fixed life over which they are killed."""

from tests.sp2d.course import World, check_numbers
from tests.sp2d.mutants_float import FLOAT_MUTANTS, live_floats
from tests.sp2d.seeded import Mutant, again
from tests.sp2d.wishes import Wish

_CHAIN = "service.chain"
_LEDGER = "service.ledger"
_BACK = "service.reversing"
_SENT = "service.order_files"
_TOLD = "service.statements"
_PAPERS = "service.papers"
_ORDERS = "service.instructions"
_PAYMENTS = "service.payments"
_REFUSAL = "service.refusing"
_TURN = (
    "    require_turn(payment.state, step.key)\n    require_version(payment, decision.version)\n"
)
_DRAFT_TURN = "    require_turn(payment.state, DRAFT)\n"

MUTANTS = (
    # ------------------------------------------------------------------------------------- steps
    Mutant(
        "a step on an older picture is taken",
        _CHAIN,
        f"{_TURN}    actor = actor_of(work)\n",
        "    require_turn(payment.state, step.key)\n    actor = actor_of(work)\n",
    ),
    Mutant(
        "a step out of turn is taken",
        _CHAIN,
        f"{_TURN}    actor = actor_of(work)\n",
        "    require_version(payment, decision.version)\n    actor = actor_of(work)\n",
    ),
    Mutant(
        "a repeated step is a new one",
        _CHAIN,
        "if same_act(work, payment, step.key, DONE, decision.version):",
        "if False:",
    ),
    Mutant(
        "a repeated return is a new one",
        _CHAIN,
        "if same_act(work, payment, step.key, RETURNED, decision.version):",
        "if False:",
    ),
    Mutant(
        "a claim goes without its documents",
        _CHAIN,
        "if faults := checklist_faults(work, payment, rules):",
        "if faults := []:",
    ),
    Mutant(
        "a remark is as good as a yes",
        _CHAIN,
        "if decision.answers.get(item.code, FIT if item not in compared else None) != FIT",
        "if not decision.answers.get(item.code)",
    ),
    Mutant(
        "the machine's checks are not asked",
        _CHAIN,
        "if wrong := failed_checks(checks):",
        "if wrong := ():",
    ),
    Mutant("an SPM needs no SPTJM", _CHAIN, "if not decision.statement:", "if False:"),
    Mutant("an SPM spends", _CHAIN, "FREE, RESERVED, amount", "FREE, SPENT, amount"),
    Mutant("an SP2D takes free money", _CHAIN, "RESERVED, SPENT, amount", "FREE, SPENT, amount"),
    Mutant("an SP2D tells no bank", _CHAIN, "    instruct(work, payment, paper)\n", ""),
    Mutant(
        "what is sent back stays reserved",
        _CHAIN,
        "paid_back = reverse(work, of, cause, less=paid_back)",
        "paid_back = {}",
    ),
    Mutant(
        "papers of what is sent back stand",
        _CHAIN,
        "            void_paper(work, paper, told)\n",
        "",
    ),
    Mutant(
        "any reason will do",
        _CHAIN,
        '            raise _fault("reasons", _("Pilih alasan dari daftar."), "unknown_reason")\n',
        "            known = rules.reasons[0]\n",
    ),
    Mutant("one person takes all steps", "service.people", "and held != step:", "and False:"),
    Mutant(
        "who may read may do anything",
        _PAYMENTS,
        "_locked(work.units(permission))",
        "_locked(work.units(READ))",
    ),
    # ------------------------------------------------------------------------------------- money
    Mutant("an empty pocket gives", _LEDGER, "values) != 1:", "values) < 0:"),
    Mutant(
        "a reversal goes the same way",
        _LEDGER,
        "Move(row.line_id, row.to_pocket, row.from_pocket, amount",
        "Move(row.line_id, row.from_pocket, row.to_pocket, amount",
    ),
    Mutant("no entry is written", _LEDGER, "    if rows:\n", "    if not moves:\n"),
    Mutant(
        "the last rupiah is kept", "rules.limits", "asked > pockets.free", "asked >= pockets.free"
    ),
    Mutant("the SPD is no limit", "rules.limits", "asked > pockets.free", "asked > in_dpa"),
    Mutant(
        "room is not required",
        "service.holdings",
        "if found := shortages(view, asked):",
        "if (found := shortages(view, asked)) and not asked:",
    ),
    # ------------------------------------------------------------------------------------ papers
    Mutant(
        "SPP, SPM and SP2D count together",
        _PAPERS,
        '"sp2d/{region}/{code}/{payment.year}"',
        '"sp2d/{region}/{payment.year}"',
    ),
    Mutant(
        "the number of a voided paper stays reserved",
        _PAPERS,
        "        void_number(work, paper.number_id, reason)\n",
        "        pass\n",
    ),
    Mutant(
        "a confirmed number is voided",
        _PAPERS,
        ".state == RESERVED:",
        ".state != VOIDED:",
    ),
    # -------------------------------------------------------------------------------------- bills
    Mutant("another account makes another bill", "rules.bill", "    if npwp:\n", "    if False:\n"),
    Mutant(
        "small letters make another bill",
        "rules.bill",
        'unicodedata.normalize("NFKD", text).upper()',
        'unicodedata.normalize("NFKD", text)',
    ),
    Mutant(
        "the legal form makes another payee",
        "rules.bill",
        "if word not in _LEGAL_FORMS",
        "if word",
    ),
    Mutant(
        "the bill of a cancelled claim stays taken",
        _PAYMENTS,
        "    work.session.execute(delete(Bill).where(Bill.payment_id == payment.id))\n",
        "",
    ),
    Mutant(
        "a revised claim meets its own bill",
        _PAYMENTS,
        "for table in (PaymentLine, Deduction, Bill):",
        "for table in (PaymentLine, Deduction):",
    ),
    Mutant(
        "nothing may be left for the payee",
        "service.claims",
        "if claim.lines and claim.net <= 0:",
        "if claim.lines and claim.net < 0:",
    ),
    # --------------------------------------------------------------------------------------- bank
    Mutant("the bank pays gross", _ORDERS, '"amount": payment.net', '"amount": payment.gross'),
    Mutant(
        "what the bank has is taken back",
        _ORDERS,
        "elif last.state != RETURNED:",
        "elif last.state == WITHDRAWN:",
    ),
    Mutant(
        "a voided order waits on", _ORDERS, "        last.state = WITHDRAWN\n", "        pass\n"
    ),
    Mutant(
        "what was paid is paid again",
        _ORDERS,
        "    require_turn(payment.state, RETUR)\n",
        "",
    ),
    Mutant(
        "a repeated revision is a new one",
        _PAYMENTS,
        "if payment.version == version + 1 and was_done(work, asked):",
        "if False:",
    ),
    Mutant(
        "a revision is repeated over a later one",
        _PAYMENTS,
        "if payment.version == version + 1 and was_done(work, asked):",
        "if was_done(work, asked):",
    ),
    Mutant(
        "another revision is the same request",
        "service.same_request",
        "_plain, sort_keys=True)",
        "_plain, sort_keys=True)[:120]",
    ),
    Mutant(
        "whoever asks, it is the same request",
        "service.same_request",
        "[view.identity.person_id, what, sent]",
        "[what, sent]",
    ),
    Mutant(
        "a cancelling is not known again",
        _PAYMENTS,
        f"    if was_done(work, asked):\n        return payment\n{_DRAFT_TURN}",
        _DRAFT_TURN,
    ),
    Mutant(
        "a file of orders is not known again",
        _SENT,
        "if chosen is not None and (sent := _sent_before(view, chosen)) is not None:",
        "if chosen is not None and (sent := None) is not None:",
    ),
    Mutant("a file leaves its orders waiting", _SENT, "values(state=SENT, batch", "values(batch"),
    Mutant(
        "what was returned is paid without an order",
        _TOLD,
        '"paid" and row.state == SENT:',
        '"paid" and row.state in (SENT, RETURNED):',
    ),
    Mutant("numbers of paid papers stay open", _TOLD, "    confirm_papers(work, payment.id)\n", ""),
    Mutant(
        "another content is the same statement",
        _TOLD,
        "if known not in (None, file.sha256):",
        "if False:",
    ),
    Mutant("a retur leaves it paid", _TOLD, "    _move(work, payment, chain.RETUR)\n", ""),
    # ------------------------------------------------------------------------------------ refunds
    Mutant("unpaid money comes back", _BACK, "    if payment.state != PAID:\n", "    if False:\n"),
    Mutant(
        "more comes back than went",
        _BACK,
        "if entry is None or amount > entry.left:",
        "if entry is None:",
    ),
    Mutant(
        "what comes back is not free", _BACK, "SPENT, FREE, amount", '"spent", "reserved", amount'
    ),
    Mutant(
        "an STS counts twice",
        _BACK,
        "    if (known := _known(work, payment, number)) is not None:",
        "    if (known := None) is not None:",
    ),
    Mutant(
        "an SP2D falls without a reason",
        _BACK,
        "    checked = checked_reasons(rules_on(work).figures, reasons)\n",
        "    checked = tuple(reasons)\n",
    ),
    # ----------------------------------------------------------------------------------- refusals
    Mutant(
        "a repeated refusal is a new one",
        _REFUSAL,
        "    if same_act(work, payment, step.key, REFUSED, decision.version):",
        "    if False:",
    ),
    Mutant("the treasurer ends a payment", _REFUSAL, "    require_refusal(step)\n", ""),
    Mutant(
        "a payment ends without a reason",
        _REFUSAL,
        "    checked = checked_reasons(rules_on(work).figures, reasons)\n",
        "    checked = tuple(reasons)\n",
    ),
    Mutant(
        "what was refused stays reserved",
        _REFUSAL,
        "    void_papers(work, payment, checked)\n",
        "",
    ),
    Mutant(
        "the bill of a refused payment stays taken",
        _REFUSAL,
        "    work.session.execute(delete(Bill).where(Bill.payment_id == payment.id))\n",
        "",
    ),
    *FLOAT_MUTANTS,
)


def live(made: World) -> None:
    """One fixed life: every step, refusal, return and retry, compared with the oracle."""
    made.begin()
    _claims(made)
    _chain(made)
    _limits(made)
    _bank(made)
    _refunds(made)
    _refusals(made)
    live_floats(made)
    check_numbers(made.office.app)


def _claims(made: World) -> None:
    made.draft("spp", Wish((1, 0)))
    made.draft("draft", Wish((20, 10), kept="tenth"), documents=False)
    first = made.keys[0]
    for payee in (1, 2, 3):
        made.draft("second", Wish((1, 0), payee=payee))
    made.draft("draft", Wish((5, 0), invoice=1, kept="all"))
    made.draft("draft", Wish((5, 0), invoice=1, fault="bank"))
    made.step("draft", first, "draft", 0)
    made.document(first)
    made.revise("draft", first, Wish((20, 10), kept="tenth"), 0)
    again(made)
    made.revise("second", first, Wish((20, 10), kept="tenth"), 1)
    made.revise("draft", first, Wish((20, 5), kept="tenth"), 1)
    made.revise("draft", first, Wish((20, 10), kept="none"), 0)
    made.revise("draft", first, Wish((20, 10), kept="tenth"), 2)
    made.revise("draft", first, Wish((20, 10), kept="tenth"), 0)
    made.draft("draft", Wish((5, 0), invoice=2))
    made.cancel("spp", made.keys[1], 0)
    made.cancel("draft", made.keys[1], 0)
    again(made)
    made.cancel("second", made.keys[1], 1)
    made.draft("second", Wish((5, 0), invoice=2))
    made.check()


def _chain(made: World) -> None:
    first = made.keys[0]
    made.step("spp", first, "spp", 0)
    made.step("draft", first, "draft", 1)
    made.step("draft", first, "draft", 0)
    again(made)
    for who in ("draft", "stranger", "keeper", "verify"):
        made.step(who, first, "spp", 0)
    made.step("many", first, "spp", 0)
    made.step("many", first, "verify", 0)
    made.check()
    made.step("verify", first, "verify", 0, fits=False)
    made.back("verify", first, "verify", 0, coded=False)
    made.back("verify", first, "verify", 0)
    again(made)
    made.walk(first, 3)
    made.step("spm", first, "spm", 0, sptjm=False)
    made.step("spm", first, "spm", 1)
    made.crash_after = 8
    made.step("spm", first, "spm", 0)
    made.step("spm", first, "spm", 0)
    again(made)
    made.step("bud", first, "sp2d", 0)
    made.step("test", first, "test", 0, fits=False)
    made.back("test", first, "test", 0)
    again(made)
    made.walk(first, 5)
    made.step("test", first, "sp2d", 0)
    made.crash_after = 12
    made.step("sp2d", first, "sp2d", 0)
    made.step("sp2d", first, "sp2d", 0)
    again(made)


def _limits(made: World) -> None:
    """60 million are released on the first line; the first payment has 20 of them."""
    made.draft("draft", Wish((35, 0), invoice=3))
    made.draft("draft", Wish((40, 0), invoice=4))
    made.draft("draft", Wish((40, 0), invoice=5))
    made.draft("draft", Wish((41, 0), invoice=6))
    greater, exact, less = made.keys[-1], made.keys[-2], made.keys[-4]
    made.step("draft", greater, "draft", 0)
    made.walk(exact, 2)
    made.walk(made.keys[-3], 3)
    made.walk(less, 4)
    made.step("verify", exact, "verify", 0)
    made.step("spm", made.keys[-3], "spm", 0)
    made.check()
    made.budget("keeper", 0, "spd", 50)
    made.budget("keeper", 0, "less", 40)
    made.budget("keeper", 0, "less", 5)
    made.budget("keeper", 0, "less", 5)
    made.budget("keeper", 1, "dpa", 5)
    made.check()


def _bank(made: World) -> None:
    first = made.keys[0]
    made.repeat("sp2d", first, 0)
    made.void("sp2d", first, 0, coded=False)
    made.void("bud", first, 0)
    made.void("test", first, 0)
    again(made)
    made.walk(first, 6)
    made.send("spm")
    made.send("sp2d")
    again(made)
    made.send("sp2d")
    made.check()
    made.void("sp2d", first, 0)
    made.refund("sp2d", first, "STS/1", (1, 0), dated=True)
    made.statement("spm", 0, 0, later=True)
    made.statement("sp2d", 0, 0, later=True)
    again(made)
    made.statement("sp2d", 0, 1, later=False)
    made.statement("sp2d", 0, 1, later=True)
    made.check()
    made.statement("sp2d", 0, 0, later=True)
    made.repeat("sp2d", first, 0, sound=False)
    made.repeat("bud", first, 0)
    made.void("sp2d", first, 0)
    made.walk(first, 6)
    made.send("sp2d")
    made.statement("sp2d", 1, 1, later=True)
    made.repeat("sp2d", first, 0)
    again(made)
    made.repeat("sp2d", first, 0)
    made.send("sp2d")
    made.statement("sp2d", 2, 0, later=True)
    made.check()


def _refunds(made: World) -> None:
    first = made.keys[0]
    made.refund("sp2d", first, "", (1, 0), dated=True)
    made.refund("sp2d", first, "STS/1", (1, 0), dated=False)
    made.refund("sp2d", first, "STS/1", (21, 0), dated=True)
    made.refund("spm", first, "STS/1", (1, 0), dated=True)
    made.refund("sp2d", first, "STS/1", (1, 2), dated=True)
    again(made)
    made.refund("sp2d", first, "STS/1", (2, 2), dated=True)
    made.refund("sp2d", first, "STS/2", (20, 0), dated=True)
    made.refund("sp2d", first, "STS/2", (19, 8), dated=True)
    made.check()
    made.draft("draft", Wish((2, 0), invoice=7))
    made.refund("sp2d", made.keys[-1], "STS/3", (1, 0), dated=True)
    made.check()


def _refusals(made: World) -> None:
    made.draft("draft", Wish((1, 0), invoice=8))
    last = made.keys[-1]
    made.walk(last, 1)
    made.refuse(made.free(last, "spp"), last, "spp", 0)
    made.walk(last, 3)
    made.refuse("test", last, "test", 0, coded=False)
    made.refuse("verify", last, "verify", 0)
    made.refuse("test", last, "test", 0)
    again(made)
    made.step("test", last, "test", 0)
    made.draft("draft", Wish((1, 0), invoice=8))
    made.check()
