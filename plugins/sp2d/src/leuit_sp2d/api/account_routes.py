"""The JSON routes of LPJs."""

from typing import Any

from leuit.plugins import Route
from leuit.values import _
from leuit_sp2d.pages.files import MAX_BODY as LARGEST_FILE
from leuit_sp2d.permissions import READ, REQUEST, VERIFY

from . import accounts

_ONE = "/accounts/{lpj_id:uuid}"
_FILE = f"{_ONE}/evidence/{{evidence_id:uuid}}"
_READ: dict[str, Any] = {"kind": "api", "answer": accounts.AccountAnswer}
_POST: dict[str, Any] = {**_READ, "methods": ("POST",)}

ROUTES: list[Route] = [
    Route(
        "/accounts",
        accounts.list_accounts,
        READ,
        kind="api",
        name="sp2d_accounts",
        summary=_("LPJ, yang terbaru lebih dahulu"),
        query=accounts.AccountsQuery,
        answer=accounts.AccountsAnswer,
    ),
    Route(
        "/accounts",
        accounts.create,
        REQUEST,
        name="sp2d_account_draft",
        summary=_("Tulis LPJ"),
        body=accounts.AccountBody,
        **_POST,
    ),
    Route(_ONE, accounts.show, READ, name="sp2d_account", summary=_("Satu LPJ"), **_READ),
    Route(
        _ONE,
        accounts.mend,
        REQUEST,
        name="sp2d_account_revise",
        summary=_("Perbaiki LPJ"),
        body=accounts.AccountRevisionBody,
        **{**_READ, "methods": ("PUT",)},
    ),
    Route(
        f"{_ONE}/submit",
        accounts.submit,
        REQUEST,
        name="sp2d_account_submit",
        summary=_("Ajukan LPJ"),
        body=accounts.AccountVersionBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/drop",
        accounts.drop,
        REQUEST,
        name="sp2d_account_drop",
        summary=_("Batalkan LPJ"),
        body=accounts.AccountVersionBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/approve",
        accounts.approve,
        VERIFY,
        name="sp2d_account_approve",
        summary=_("Sahkan LPJ"),
        body=accounts.ApprovalBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/return",
        accounts.give_back,
        VERIFY,
        name="sp2d_account_return",
        summary=_("Kembalikan LPJ"),
        body=accounts.AccountReturnBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/evidence",
        accounts.attach,
        REQUEST,
        name="sp2d_account_attach",
        summary=_("Lampirkan bukti LPJ"),
        body=accounts.AccountEvidenceForm,
        max_body=LARGEST_FILE,
        **_POST,
    ),
    Route(
        _FILE,
        accounts.download,
        READ,
        kind="api",
        name="sp2d_account_evidence",
        summary=_("Unduh bukti LPJ"),
        answer=bytes,
        media_type="application/octet-stream",
    ),
    Route(
        _FILE,
        accounts.detach,
        REQUEST,
        name="sp2d_account_detach",
        summary=_("Lepas bukti LPJ"),
        query=accounts.AccountVersionQuery,
        **{**_READ, "methods": ("DELETE",)},
    ),
]
