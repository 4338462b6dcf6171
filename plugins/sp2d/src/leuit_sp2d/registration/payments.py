"""Payments on their chain: their routes, menu, inbox and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import Route
from leuit.values import _

ROUTES: list[Route] = []

ACTIONS = [
    AuditAction("sp2d.payment.drafted", _("Pembayaran ditulis")),
    AuditAction("sp2d.payment.revised", _("Pembayaran diperbaiki")),
    AuditAction("sp2d.payment.cancelled", _("Pembayaran dibatalkan")),
    AuditAction("sp2d.payment.submitted", _("Pembayaran diajukan")),
    AuditAction("sp2d.payment.returned", _("Pembayaran dikembalikan")),
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
    AuditAction("sp2d.refund.recorded", _("Pengembalian belanja dicatat")),
]
