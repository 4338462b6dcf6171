"""The chain of a payment: six steps by six people, then the bank.

SPP (PPTK and Bendahara Pengeluaran) → verification by PPK-SKPD → SPM by PA/KPA → test by the
verifier of the BUD → SP2D by Kuasa BUD (PP 12/2019 Pasal 148 and 149; Permendagri 77/2020). Nobody
acts at two steps of one payment. What is sent back goes to the PPTK and takes the whole way again;
what is refused ends there.
"""

import attrs

from leuit.values import ConflictError, Text, _

DRAFT, SPP, VERIFY, SPM, TEST, SP2D = "draft", "spp", "verify", "spm", "test", "sp2d"
BANK, RETUR, PAID, CANCELLED = "bank", "retur", "paid", "cancelled"


@attrs.frozen
class Step:
    """A step: whose turn it is while a payment is in the state of its `key`.

    `who` is the office that acts, `verb` what the button says, `returns` whether it may send back,
    `refuses` whether it may end the payment, `permission` who may act.
    """

    key: str
    title: Text
    who: Text
    verb: Text
    permission: str
    returns: bool = False
    refuses: bool = False


STEPS: tuple[Step, ...] = (
    Step(DRAFT, _("Pengajuan"), _("PPTK"), _("Ajukan SPP"), "sp2d.payment.draft"),
    Step(
        SPP,
        _("Permintaan pembayaran"),
        _("Bendahara Pengeluaran"),
        _("Terbitkan SPP"),
        "sp2d.payment.request",
        returns=True,
    ),
    Step(
        VERIFY,
        _("Verifikasi SPP"),
        _("PPK-SKPD"),
        _("Nyatakan lengkap"),
        "sp2d.payment.verify",
        returns=True,
        refuses=True,
    ),
    Step(
        SPM,
        _("Perintah membayar"),
        _("PA/KPA"),
        _("Terbitkan SPM"),
        "sp2d.payment.order",
        returns=True,
        refuses=True,
    ),
    Step(
        TEST,
        _("Pengujian SPM"),
        _("Verifikator BUD"),
        _("Nyatakan sesuai"),
        "sp2d.payment.test",
        returns=True,
        refuses=True,
    ),
    Step(
        SP2D,
        _("Pencairan"),
        _("Kuasa BUD"),
        _("Terbitkan SP2D"),
        "sp2d.payment.issue",
        returns=True,
        refuses=True,
    ),
)
BY_KEY = {step.key: step for step in STEPS}
STATES: dict[str, Text] = {
    DRAFT: _("Konsep"),
    SPP: _("Menunggu bendahara"),
    VERIFY: _("Menunggu PPK-SKPD"),
    SPM: _("Menunggu PA/KPA"),
    TEST: _("Menunggu verifikator BUD"),
    SP2D: _("Menunggu Kuasa BUD"),
    BANK: _("Di bank"),
    RETUR: _("Retur bank"),
    PAID: _("Dibayar"),
    CANCELLED: _("Dibatalkan"),
}
HOLDS = frozenset({TEST, SP2D})
"""States in which an SPM stands, so that the money is reserved."""

SPENDS = frozenset({BANK, RETUR, PAID})
"""States in which an SP2D stands, so that the money is spent."""


class WrongTurnError(ConflictError):
    """The payment is not at the step that somebody wants to take; it moved on, or was sent back."""

    code = "wrong_turn"


class SamePersonError(ConflictError):
    """Somebody has acted at another step of the payment already."""

    code = "same_person"


def following(key: str) -> str:
    """The state after a step is done."""
    keys = [step.key for step in STEPS]
    place = keys.index(key) + 1
    return keys[place] if place < len(keys) else BANK


def require_turn(state: str, step: str) -> None:
    """WrongTurnError unless the payment waits for that step."""
    if state != step:
        raise WrongTurnError(
            _("Langkah ini tidak dapat dilakukan: pembayaran berstatus “%(state)s”."),
            advice=_("Muat ulang halaman untuk melihat keadaan terakhir."),
            state=STATES[state],
        )


def require_return(step: Step) -> None:
    """ConflictError at a step that has nobody before it."""
    if not step.returns:
        raise ConflictError(_("Pada langkah ini tidak ada yang dapat dikembalikan."))


def require_refusal(step: Step) -> None:
    """ConflictError at a step that may not end a payment."""
    if not step.refuses:
        raise ConflictError(
            _("Pada langkah ini pembayaran tidak dapat ditolak."),
            advice=_("Kembalikan atau batalkan pengajuannya."),
        )


def same_person(step: str) -> SamePersonError:
    """The refusal of somebody who acted at `step` already and now wants to act at another."""
    return SamePersonError(
        _("Anda sudah bertindak sebagai %(who)s pada pembayaran ini."),
        advice=_("Langkah ini harus dilakukan orang lain (pemisahan tugas)."),
        who=BY_KEY[step].who if step in BY_KEY else _("pengaju klaim"),
    )
