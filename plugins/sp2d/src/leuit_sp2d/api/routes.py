"""The JSON routes of payments, below `/api/sp2d/v1`."""

from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_sp2d.pages.bank import MAX_BODY as LARGEST_STATEMENT
from leuit_sp2d.pages.files import MAX_BODY as LARGEST_FILE
from leuit_sp2d.permissions import DRAFT, EXCHANGE, ISSUE, READ, REQUEST

from . import bank, books, claimed, papers, payments, release, steps
from .account_routes import ROUTES as ACCOUNT_ROUTES
from .budget_routes import ROUTES as BUDGET_ROUTES
from .claim_routes import ROUTES as CLAIM_ROUTES
from .values import EvidenceAnswer, PaymentAnswer

_PAYMENTS = ApiPath("/payments", PaymentAnswer)
_ONE = _PAYMENTS / "{payment_id:uuid}"
_EVIDENCE = _ONE / "evidence"
_FILE = _EVIDENCE / "{evidence_id:uuid}"
_PAPER = _ONE / "papers/{paper_id:uuid}"
_BANK = ApiPath("/bank")

ROUTES: list[Route] = [
    _PAYMENTS.get(
        payments.list_payments,
        READ,
        "sp2d_payments",
        _("Pembayaran, yang terbaru lebih dahulu"),
        query=payments.PaymentsQuery,
        answer=payments.PaymentsAnswer,
    ),
    _PAYMENTS.post(
        payments.create, DRAFT, "sp2d_draft", _("Ajukan pembayaran"), claimed.PaymentBody
    ),
    _ONE.get(payments.show, READ, "sp2d_payment", _("Satu pembayaran")),
    _ONE.put(payments.mend, DRAFT, "sp2d_revise", _("Perbaiki pengajuan"), claimed.RevisionBody),
    _EVIDENCE.post(
        payments.attach,
        DRAFT,
        "sp2d_attach",
        _("Lampirkan dokumen"),
        payments.EvidenceForm,
        answer=EvidenceAnswer,
        max_body=LARGEST_FILE,
    ),
    _FILE.get(
        payments.download,
        READ,
        "sp2d_evidence",
        _("Unduh dokumen"),
        answer=bytes,
        media_type="application/octet-stream",
    ),
    _FILE.delete(payments.detach, DRAFT, "sp2d_detach", _("Lepas lampiran")),
    (_ONE / "steps").post(
        steps.take, READ, "sp2d_step", _("Lakukan langkah"), steps.PaymentStepBody
    ),
    (_ONE / "return").post(
        steps.give_back, READ, "sp2d_return", _("Kembalikan pembayaran"), steps.ReturnBody
    ),
    (_ONE / "refuse").post(
        steps.refuse_payment, READ, "sp2d_refuse", _("Tolak pembayaran"), steps.ReturnBody
    ),
    (_ONE / "cancel").post(
        steps.give_up, DRAFT, "sp2d_cancel", _("Batalkan pengajuan"), steps.CancelBody
    ),
    (_ONE / "void").post(steps.void, ISSUE, "sp2d_void", _("Batalkan SP2D"), steps.VoidBody),
    (_ONE / "repeat").post(
        steps.repeat,
        ISSUE,
        "sp2d_repeat",
        _("Ulangi perintah bayar setelah retur"),
        steps.RepeatBody,
    ),
    (_ONE / "refunds").post(
        steps.refund, EXCHANGE, "sp2d_refund", _("Catat pengembalian belanja"), steps.RefundBody
    ),
    _PAPER.get(
        papers.show_paper,
        READ,
        "sp2d_paper",
        _("Unduh SPP, SPM, atau SP2D"),
        answer=bytes,
        media_type=papers.PDF,
    ),
    (_PAPER / "sign").post(
        steps.sign_again,
        READ,
        "sp2d_sign_again",
        _("Minta tanda tangan dokumen lagi"),
        steps.SignAgainBody,
    ),
    (_ONE / "returns/{act_id:uuid}").get(
        papers.show_return,
        READ,
        "sp2d_return_letter",
        _("Unduh surat pengembalian"),
        answer=bytes,
        media_type=papers.PDF,
    ),
    (_ONE / "deductions/{deduction_id:uuid}/receipt").put(
        papers.record_tax,
        REQUEST,
        "sp2d_tax_receipt",
        _("Catat bukti setor pajak"),
        papers.TaxReceiptBody,
    ),
    ApiPath("/release", release.ReleaseAnswer).post(
        release.release,
        ISSUE,
        "sp2d_release",
        _("Terbitkan beberapa SP2D sekaligus"),
        release.ReleaseBody,
    ),
    ApiPath("/registers/{kind}", books.RegisterAnswer).get(
        books.show_register,
        READ,
        "sp2d_register",
        _("Register SPP, SPM, atau SP2D"),
        query=books.RegisterQuery,
    ),
    ApiPath("/ledger-check", books.LedgerAnswer).get(
        books.check, READ, "sp2d_ledger_check", _("Periksa apakah buku cocok")
    ),
    (_BANK / "waiting").get(
        bank.show_waiting,
        EXCHANGE,
        "sp2d_waiting",
        _("Perintah bayar yang menunggu dikirim"),
        answer=bank.WaitingAnswer,
    ),
    (_BANK / "orders").post(
        bank.send,
        EXCHANGE,
        "sp2d_send",
        _("Buat berkas perintah bayar"),
        bank.SendBody,
        answer=bank.BatchAnswer,
    ),
    (_BANK / "orders/{batch_id:uuid}").get(
        bank.download,
        EXCHANGE,
        "sp2d_orders",
        _("Unduh berkas perintah bayar"),
        answer=bytes,
        media_type="application/xml",
    ),
    (_BANK / "statements").post(
        bank.read,
        EXCHANGE,
        "sp2d_statement",
        _("Baca rekening koran"),
        bank.StatementForm,
        answer=bank.StatementAnswer,
        max_body=LARGEST_STATEMENT,
    ),
    *CLAIM_ROUTES,
    *BUDGET_ROUTES,
    *ACCOUNT_ROUTES,
]
