"""Payments on their chain: their routes, menu, inbox and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import MenuItem, Route
from leuit.values import _
from leuit_sp2d.inbox import SOURCE
from leuit_sp2d.pages import acting, claims, files, payments, registers, release
from leuit_sp2d.permissions import DRAFT, EXCHANGE, ISSUE, READ, REQUEST

_PAYMENT = "/payments/{payment_id}"
_POST = ("POST",)
_BOTH = ("GET", "POST")

ROUTES: list[Route] = [
    Route("/", payments.show_payments, READ, name="payments"),
    Route("/registers/{kind}", registers.show_register, READ, name="register"),
    Route("/release", release.show_release, ISSUE, name="release"),
    Route("/release", release.release, ISSUE, methods=_POST, name="release_send"),
    Route(
        "/payments/new",
        claims.new_claim,
        DRAFT,
        methods=_BOTH,
        name="claim_new",
        max_body=claims.MAX_BODY,
    ),
    Route(_PAYMENT, payments.show_payment, READ, name="payment"),
    Route(
        f"{_PAYMENT}/edit",
        claims.edit_claim,
        DRAFT,
        methods=_BOTH,
        name="claim_edit",
        max_body=claims.MAX_BODY,
    ),
    Route(
        f"{_PAYMENT}/evidence",
        files.attach,
        DRAFT,
        methods=_POST,
        name="evidence_add",
        max_body=files.MAX_BODY,
    ),
    Route(f"{_PAYMENT}/evidence/{{evidence_id}}", files.download, READ, name="evidence"),
    Route(
        f"{_PAYMENT}/evidence/{{evidence_id}}/remove",
        files.detach,
        DRAFT,
        methods=_POST,
        name="evidence_remove",
    ),
    Route(f"{_PAYMENT}/steps", acting.act, READ, methods=_POST, name="step"),
    Route(f"{_PAYMENT}/return", acting.give_back, READ, methods=_POST, name="return"),
    Route(f"{_PAYMENT}/refuse", acting.refuse_payment, READ, methods=_POST, name="refuse"),
    Route(f"{_PAYMENT}/cancel", acting.give_up, DRAFT, methods=_POST, name="cancel"),
    Route(f"{_PAYMENT}/void", acting.void, ISSUE, methods=_BOTH, name="void"),
    Route(f"{_PAYMENT}/repeat", acting.repeat, ISSUE, methods=_BOTH, name="repeat"),
    Route(
        f"{_PAYMENT}/taxes/{{deduction_id}}",
        acting.record_tax,
        REQUEST,
        methods=_BOTH,
        name="tax_receipt",
    ),
    Route(f"{_PAYMENT}/refund", acting.refund, EXCHANGE, methods=_BOTH, name="refund"),
]

MENU = [
    MenuItem("sp2d", _("Pembayaran"), "banknote", "/sp2d", READ, order=40, tasks=SOURCE),
]

ACTIONS = [
    AuditAction("sp2d.payment.drafted", _("Pembayaran ditulis")),
    AuditAction("sp2d.payment.revised", _("Pembayaran diperbaiki")),
    AuditAction("sp2d.payment.cancelled", _("Pembayaran dibatalkan")),
    AuditAction("sp2d.payment.submitted", _("Pembayaran diajukan")),
    AuditAction("sp2d.payment.returned", _("Pembayaran dikembalikan")),
    AuditAction("sp2d.payment.refused", _("Pembayaran ditolak")),
    AuditAction("sp2d.payment.paid", _("Pembayaran diterima penerima")),
    AuditAction("sp2d.payment.bounced", _("Transfer diretur bank")),
    AuditAction("sp2d.evidence.added", _("Dokumen dilampirkan")),
    AuditAction("sp2d.evidence.removed", _("Lampiran dilepas")),
    AuditAction("sp2d.spp.issued", _("SPP diterbitkan")),
    AuditAction("sp2d.spp.verified", _("SPP diverifikasi")),
    AuditAction("sp2d.spm.issued", _("SPM diterbitkan")),
    AuditAction("sp2d.spm.tested", _("SPM diuji")),
    AuditAction("sp2d.sp2d.issued", _("SP2D diterbitkan")),
    AuditAction("sp2d.sp2d.voided", _("SP2D dibatalkan")),
    AuditAction("sp2d.instruction.repeated", _("Perintah bayar diulang")),
    AuditAction("sp2d.tax.recorded", _("Bukti setor pajak dicatat")),
    AuditAction("sp2d.refund.recorded", _("Pengembalian belanja dicatat")),
]
