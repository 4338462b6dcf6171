"""Claims on the desk, the port by which they come, and answers kept for programs."""

from leuit.audit import AuditAction
from leuit.plugins import Port, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_sp2d.pages import claim_desk, files
from leuit_sp2d.permissions import CLAIM, READ
from leuit_sp2d.service.claim_intake import request_payment
from leuit_sp2d.service.kept_answers import PURGE, purge_answers

_POST = ("POST",)
_CLAIM = "/claims/{claim_id}"

ROUTES: list[Route] = [
    Route("/claims", claim_desk.show_claims, READ, name="claims"),
    Route("/claims/new", claim_desk.new, CLAIM, methods=("GET", "POST"), name="claim_hand_in"),
    Route(_CLAIM, claim_desk.show_claim, READ, name="claim"),
    Route(f"{_CLAIM}/refuse", claim_desk.refuse, READ, methods=_POST, name="claim_refuse"),
    Route(
        f"{_CLAIM}/evidence",
        claim_desk.attach,
        CLAIM,
        methods=_POST,
        name="claim_evidence_add",
        max_body=files.MAX_BODY,
    ),
    Route(f"{_CLAIM}/evidence/{{number}}", claim_desk.download, READ, name="claim_evidence"),
]

ACTIONS = [
    AuditAction("sp2d.claim.handed_in", _("Klaim pembayaran diterima")),
    AuditAction("sp2d.claim.evidence", _("Dokumen dilampirkan pada klaim")),
    AuditAction("sp2d.claim.taken", _("Klaim diambil sebagai pembayaran")),
    AuditAction("sp2d.claim.refused", _("Klaim ditolak")),
    AuditAction("sp2d.claim.released", _("Klaim terbuka lagi")),
    AuditAction("sp2d.claim.replaced", _("Klaim digantikan klaim yang lebih baru")),
    AuditAction("sp2d.claim.reopened", _("Klaim terbuka lagi: penggantinya ditolak")),
]

JOBS: list[JobKind | Schedule] = [
    JobKind(PURGE, purge_answers, title=_("Hapus jawaban lama bagi program")),
    Schedule("sp2d.answers", "40 2 * * *", PURGE),
]

PORTS: list[Port] = [Port("request_payment", request_payment)]
