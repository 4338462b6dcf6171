"""Paying, as services ask for it: `request_payment`.

The caller hands over what shall be paid, to whom and why, and gets an id at once; people of the
unit then take the claim up as a payment or refuse it. What comes of it is told by events, each at
least once and in no sure order: `at` tells which is the later.
"""

import datetime as dt
from typing import Any, ClassVar, Literal, Protocol
from uuid import UUID

import attrs

from leuit.values import RecordRef


@attrs.frozen
class PaymentPayee:
    """Who gets the money, as he was when it was asked for.

    `bank` is the bank's three-digit code, `account` and `holder` are as in the passbook. `npwp` is
    the tax number (NPWP) of 15 or 16 digits, empty for none.
    """

    name: str
    bank: str
    account: str
    holder: str
    npwp: str = ""


@attrs.frozen
class PaymentShare:
    """How much of the amount a budget account (kode rekening) shall bear, in whole rupiah."""

    account: str
    amount: int


@attrs.frozen
class PaymentEvidence:
    """A file of the register that proves an item of the checklist, by the item's code."""

    item: str
    sha256: str
    name: str


@attrs.frozen
class EarlierActor:
    """Who has acted already, and at which step of the caller's own."""

    person_id: UUID
    step: str


@attrs.frozen
class PayPercent:
    """What is cut from one person's monthly allowance: 1/100 percent of the whole, 0 to 10_000.

    The provider knows the base amounts; the caller knows what cuts them.
    """

    person_id: UUID
    deduction: int


@attrs.frozen
class PaymentRequest:
    """What shall be paid. `amount` is whole rupiah, gross; `shares` sum to it or are empty.

    With an `allowance` (such as TPP) the kind is LS_GAJI, `month` is the first day of the month
    that it is for, each person stands in it once, and payee, amount and shares are left out: the
    provider works the amounts out. Without one, payee and amount are required and there is no
    month.

    `ref` is the caller's own record, by which the events name it. The same `key` a second time
    gives the first answer, whatever else is in the request. Nobody in `acted` may take any step of
    the payment (separation of duties). `due` is when the payee wants to have it.
    """

    key: str
    ref: RecordRef
    unit_id: UUID
    kind: Literal["LS_BJ", "LS_GAJI"]
    purpose: str
    basis: str
    payee: PaymentPayee | None = None
    amount: int | None = None
    shares: tuple[PaymentShare, ...] = ()
    evidence: tuple[PaymentEvidence, ...] = ()
    acted: tuple[EarlierActor, ...] = ()
    due: dt.date | None = None
    month: dt.date | None = None
    allowance: tuple[PayPercent, ...] = ()


class RequestPayment(Protocol):
    """Provider of `request_payment`: accept a claim inside the caller's unit of work.

    Returns the provider's record. Raises InvalidInputError with every fault by its path.
    """

    def __call__(self, work: Any, request: PaymentRequest) -> RecordRef: ...


@attrs.frozen
class PaymentProgressed:
    """The claim came to another state.

    `draft` is taken up, `open` given back to the desk; `spp`, `verify`, `spm`, `test` and `sp2d`
    wait for that step; `bank`, `retur` (the bank sent the money back) and `paid` follow.
    """

    event_name: ClassVar[str] = "core.payment_progressed"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    state: str
    at: dt.datetime


@attrs.frozen
class PaymentMade:
    """The bank has paid `amount` rupiah, the net of what was asked for, on `paid_on`.

    `number` is that of the document by which it paid (SP2D), empty where there is none. It may
    still be returned: `PaymentProgressed` with `retur` follows, and this again later.
    """

    event_name: ClassVar[str] = "core.payment_made"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    paid_on: dt.date
    amount: int
    at: dt.datetime
    number: str = ""


PAYMENT_REPLACED = "replaced"


@attrs.frozen
class PaymentRefused:
    """The claim will not be paid; `code` is the coded reason, `reason` says it in words.

    The code is `PAYMENT_REPLACED` where a newer claim for the same is paid instead. Should that one
    be refused, `PaymentProgressed` with `open` follows: the claim lies on the desk again.
    """

    event_name: ClassVar[str] = "core.payment_refused"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    code: str
    reason: str
    at: dt.datetime
