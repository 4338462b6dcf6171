"""What a regency's own rules decide about payments: one dated edition, `sp2d.rules`.

Time limits with their unit, from which step each is counted, the checklist of each kind, the coded
reasons of a return, when a warning comes, how much the float of an SKPD may be (UP), the share of
it that must be used before a refill (GU), and the stamp duty (bea meterai) that papers bear.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import attrs

from .chain import BY_KEY, TEST, VERIFY
from .deadline import Unit
from .float import FloatLimit, most_float
from .rupiah import LARGEST

KINDS = ("LS_BJ", "LS_GAJI", "UP", "GU")
COMPARING = (VERIFY, TEST)
"""The steps at which a person compares what the checklist names."""

LONGEST_CODE = 20
LONGEST_LIMIT = 366
LONGEST_WARNING = 30


@attrs.frozen
class StepLimit:
    """`step` must be done within `days` after the step `counted_from` was done.

    A return at that step has `return_days`.
    """

    step: str
    days: int
    unit: Unit
    counted_from: str
    return_days: int


@attrs.frozen
class ChecklistItem:
    """What a person compares for a kind, at the `steps`: verification and test where none is named.

    With `required` a file of it must be attached. One that needs no file is compared if it has one;
    where it names its steps always, as what stands there on a paper of the chain. `stamp` tells
    when it bears the stamp duty: always, above the amount of the edition, or empty for never.
    """

    code: str
    title: str
    kinds: tuple[str, ...]
    required: bool = True
    steps: tuple[str, ...] = ()
    stamp: Literal["", "above", "always"] = ""

    @property
    def is_document(self) -> bool:
        """Whether the PPTK is asked for a file of it."""
        return self.required or not self.steps

    def is_compared(self, step: str, *, has_file: bool) -> bool:
        """Whether somebody compares it at a step."""
        return step in (self.steps or COMPARING) and (self.required or has_file or bool(self.steps))


@attrs.frozen
class ReturnReason:
    """A coded reason of sending back."""

    code: str
    title: str


@attrs.frozen
class PaymentRules:
    """The figures of an edition; `warn_days` is how many days before a limit the warning begins.

    `floats` are the greatest floats of single SKPDs in rupiah, `float_default` that of all others;
    0 gives none. `gu_share` is in percent of the float. `stamp_duty` is in rupiah, 0 where none is
    asked for; what says a sum bears it when that is more than `stamp_above`.
    """

    limits: tuple[StepLimit, ...]
    checklist: tuple[ChecklistItem, ...]
    reasons: tuple[ReturnReason, ...]
    warn_days: int
    gu_share: Decimal
    floats: tuple[FloatLimit, ...] = ()
    float_default: int = 0
    stamp_duty: int = 0
    stamp_above: int = 0
    basis: Literal["perbup", "contoh"] = "perbup"

    def limit_of(self, step: str) -> StepLimit | None:
        """The limit of a step, if the edition sets one."""
        return next((limit for limit in self.limits if limit.step == step), None)

    def items_of(self, kind: str) -> tuple[ChecklistItem, ...]:
        """The checklist of a kind of payment, in the order of the edition."""
        return tuple(item for item in self.checklist if kind in item.kinds)

    def float_of(self, unit_code: str) -> int:
        """The greatest float of the unit with a code, in rupiah."""
        return most_float(self.floats, self.float_default, unit_code)

    def duty_on(self, item: ChecklistItem, gross: int) -> int:
        """The stamp duty that an item bears in a payment of `gross` rupiah; 0 for none."""
        asked = item.stamp == "always" or (item.stamp == "above" and gross > self.stamp_above)
        return self.stamp_duty if asked else 0

    def reason(self, code: str) -> ReturnReason | None:
        """The reason with a code."""
        return next((reason for reason in self.reasons if reason.code == code), None)


def faults_of_rules(rules: PaymentRules) -> list[tuple[str, str]]:
    """Paths and codes of what is wrong there; empty for an edition that can be used."""
    faults = [*_faults_of_limits(rules.limits)]
    for place, item in enumerate(rules.checklist):
        if not item.kinds or set(item.kinds) - set(KINDS):
            faults.append((f"checklist[{place}].kinds", "unknown_kind"))
        if set(item.steps) - set(COMPARING):
            faults.append((f"checklist[{place}].steps", "no_comparing"))
    for name, codes in (
        ("checklist", [item.code for item in rules.checklist]),
        ("reasons", [reason.code for reason in rules.reasons]),
    ):
        if len(codes) != len(set(codes)):
            faults.append((name, "twice"))
        faults += [
            (f"{name}[{place}].code", "code")
            for place, code in enumerate(codes)
            if not (code.isascii() and code.isidentifier() and len(code) <= LONGEST_CODE)
        ]
    if not rules.reasons:
        faults.append(("reasons", "empty"))
    if not 0 <= rules.warn_days <= LONGEST_WARNING:
        faults.append(("warn_days", "days"))
    if not 0 <= rules.gu_share <= 100:
        faults.append(("gu_share", "percent"))
    return [*faults, *_faults_of_amounts(rules)]


def _faults_of_amounts(rules: PaymentRules) -> Iterator[tuple[str, str]]:
    amounts = {f"floats[{place}].amount": one.amount for place, one in enumerate(rules.floats)}
    amounts |= {
        name: getattr(rules, name) for name in ("float_default", "stamp_duty", "stamp_above")
    }
    for path, amount in amounts.items():
        if not 0 <= amount <= LARGEST:
            yield path, "amount"
    if len({one.unit_code for one in rules.floats}) != len(rules.floats):
        yield "floats", "twice"


def _faults_of_limits(limits: tuple[StepLimit, ...]) -> Iterator[tuple[str, str]]:
    for place, limit in enumerate(limits):
        for field, step in (("step", limit.step), ("counted_from", limit.counted_from)):
            if step not in BY_KEY:
                yield f"limits[{place}].{field}", "unknown_step"
        for field, days in (("days", limit.days), ("return_days", limit.return_days)):
            if not 0 <= days <= LONGEST_LIMIT:
                yield f"limits[{place}].{field}", "days"
    if len({limit.step for limit in limits}) != len(limits):
        yield "limits", "twice"
