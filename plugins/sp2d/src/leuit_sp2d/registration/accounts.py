"""Accounts rendered for floats (LPJ): their routes and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import Route
from leuit.values import _
from leuit_sp2d.pages import account_form, accounts, files
from leuit_sp2d.permissions import READ, REQUEST, VERIFY

_ACCOUNT = "/accounts/{lpj_id}"
_POST = ("POST",)
_BOTH = ("GET", "POST")

# What is spelled out stands before what takes any id.
ROUTES: list[Route] = [
    Route("/accounts", accounts.show_accounts, READ, name="accounts"),
    Route("/accounts/new", account_form.new_account, REQUEST, methods=_BOTH, name="account_new"),
    Route(_ACCOUNT, accounts.show_account, READ, name="account"),
    Route(
        f"{_ACCOUNT}/edit", account_form.edit_account, REQUEST, methods=_BOTH, name="account_edit"
    ),
    Route(f"{_ACCOUNT}/submit", accounts.submit, REQUEST, methods=_POST, name="account_submit"),
    Route(f"{_ACCOUNT}/drop", accounts.drop, REQUEST, methods=_POST, name="account_drop"),
    Route(f"{_ACCOUNT}/decide", accounts.decide, VERIFY, methods=_POST, name="account_decide"),
    Route(
        f"{_ACCOUNT}/evidence",
        accounts.attach,
        REQUEST,
        methods=_POST,
        name="account_evidence_add",
        max_body=files.MAX_BODY,
    ),
    Route(f"{_ACCOUNT}/evidence/{{evidence_id}}", accounts.download, READ, name="account_evidence"),
    Route(
        f"{_ACCOUNT}/evidence/{{evidence_id}}/remove",
        accounts.detach,
        REQUEST,
        methods=_POST,
        name="account_evidence_remove",
    ),
]

ACTIONS = [
    AuditAction("sp2d.lpj.drafted", _("LPJ ditulis")),
    AuditAction("sp2d.lpj.revised", _("LPJ diperbaiki")),
    AuditAction("sp2d.lpj.dropped", _("LPJ dibatalkan")),
    AuditAction("sp2d.lpj.submitted", _("LPJ diajukan")),
    AuditAction("sp2d.lpj.approved", _("LPJ disahkan")),
    AuditAction("sp2d.lpj.returned", _("LPJ dikembalikan")),
    AuditAction("sp2d.lpj.evidence_added", _("Bukti LPJ dilampirkan")),
    AuditAction("sp2d.lpj.evidence_removed", _("Bukti LPJ dilepas")),
]
