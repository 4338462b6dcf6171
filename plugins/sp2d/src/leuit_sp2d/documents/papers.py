"""What is printed on the papers of a payment: SPP, SPM with its statement, SP2D, and a return.

Plain frozen values in the order of the forms (Permendagri 77/2020). Sums are never handed over: a
paper adds up its own lines, so that no printed total can contradict the rows above it, which Kuasa
BUD has to test (PP 12/2019 Pasal 149 ayat (3)). Amounts are whole rupiah, dates are dates of law;
an empty text is left out of the paper where the field says so. The QR code of an SPP, SPM or SP2D
leads to its `check_address`; `check_code` is what a person types there instead. Without an address
there is no QR code.
"""

import datetime as dt

import attrs


@attrs.frozen
class Coded:
    """A thing of the budget by its code and name: SKPD, sub-kegiatan or rekening."""

    code: str
    name: str


@attrs.frozen
class Reference:
    """Another document, by number and date."""

    number: str
    date: dt.date


@attrs.frozen
class Signer:
    """Who signs: the post as it is printed (with `Plt.` or `a.n.`), name, and NIP or empty."""

    post: str
    name: str
    nip: str = ""


@attrs.frozen
class Payee:
    """Who is paid into which account; without an NPWP its text is empty."""

    name: str
    bank: str
    account_number: str
    account_name: str
    npwp: str = ""


@attrs.frozen
class SppLine:
    """A rekening of a request; the three figures of the budget are None where it has none (UP).

    `ceiling` is the pagu of the DPA, `released` what SPD made available, `spent_before` all that
    was paid or is in process before this request. Without sub-kegiatan `activity` is None (UP).
    """

    account: Coded
    amount: int
    activity: Coded | None = None
    ceiling: int | None = None
    released: int | None = None
    spent_before: int | None = None

    @property
    def remainder(self) -> int | None:
        """What is left of the pagu after this request."""
        if self.ceiling is None or self.spent_before is None:
            return None
        return self.ceiling - self.spent_before - self.amount


@attrs.frozen
class ClaimLine:
    """A rekening that an order to pay burdens."""

    account: Coded
    amount: int
    activity: Coded | None = None


@attrs.frozen
class Deduction:
    """A deduction: `withheld` ones reduce the transfer, the others are told for information.

    `billing_id` is the DJP billing code of 15 digits, empty where there is none (Taspen, BPJS).
    """

    name: str
    amount: int
    withheld: bool
    billing_id: str = ""


@attrs.frozen
class Claim:
    """Lines and deductions of an order to pay, and what they add up to."""

    lines: tuple[ClaimLine, ...]
    deductions: tuple[Deduction, ...] = ()

    @property
    def gross(self) -> int:
        """Sum of the lines."""
        return sum(line.amount for line in self.lines)

    @property
    def withheld(self) -> int:
        """Sum of the deductions that reduce the transfer."""
        return sum(one.amount for one in self.deductions if one.withheld)

    @property
    def informed(self) -> int:
        """Sum of the deductions that are told for information."""
        return sum(one.amount for one in self.deductions if not one.withheld)

    @property
    def net(self) -> int:
        """What the payee receives."""
        return self.gross - self.withheld


@attrs.frozen(kw_only=True)
class SppPaper:
    """Surat permintaan pembayaran; signature places `officer` (PPTK) and `treasurer`.

    `kind` is in words (`LS Barang dan Jasa`). Without an `officer` the treasurer alone asks.
    """

    number: str
    date: dt.date
    kind: str
    fiscal_year: int
    skpd: Coded
    addressee: str
    dpa: Reference
    spds: tuple[Reference, ...]
    payee: Payee
    purpose: str
    lines: tuple[SppLine, ...]
    treasurer: Signer
    check_address: str
    check_code: str
    officer: Signer | None = None

    @property
    def total(self) -> int:
        """Sum of what is asked."""
        return sum(line.amount for line in self.lines)


@attrs.frozen(kw_only=True)
class SpmPaper:
    """Surat perintah membayar and, on a page of its own, the SPTJM, both by PA/KPA.

    Signature places `signer` and `statement`. `stamp_duty` is the duty (meterai) of the day in
    rupiah, for which the statement leaves a place; 0 leaves none.
    """

    number: str
    date: dt.date
    kind: str
    fiscal_year: int
    skpd: Coded
    dpa: Reference
    spds: tuple[Reference, ...]
    spp: Reference
    payee: Payee
    purpose: str
    claim: Claim
    signer: Signer
    check_address: str
    check_code: str
    stamp_duty: int = 0


@attrs.frozen(kw_only=True)
class Sp2dPaper:
    """Surat perintah pencairan dana of Kuasa BUD to the bank that holds RKUD; place `signer`.

    `bank` is the bank as addressed, `rkud` the number of the account that is debited.
    """

    number: str
    date: dt.date
    kind: str
    fiscal_year: int
    skpd: Coded
    spm: Reference
    bank: str
    rkud: str
    payee: Payee
    purpose: str
    claim: Claim
    signer: Signer
    check_address: str
    check_code: str


@attrs.frozen
class Reason:
    """Why it goes back: code and title of the check, and what was found."""

    code: str
    title: str
    remark: str


@attrs.frozen(kw_only=True)
class ReturnLetter:
    """The letter by which an SPP or SPM (`document`) goes back to who sent it; place `signer`.

    With `final` it is refused for good, and nothing is to be mended. `received_on` is when the
    document came in. The letter has no number of its own.
    """

    date: dt.date
    document: str
    reference: Reference
    received_on: dt.date
    skpd: Coded
    amount: int
    purpose: str
    addressee: str
    reasons: tuple[Reason, ...]
    signer: Signer
    final: bool = False
