"""The JSON routes of LPJs."""

from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_sp2d.pages.files import MAX_BODY as LARGEST_FILE
from leuit_sp2d.permissions import READ, REQUEST, VERIFY

from . import accounts

_ACCOUNTS = ApiPath("/accounts", accounts.AccountAnswer)
_ONE = _ACCOUNTS / "{lpj_id:uuid}"
_EVIDENCE = _ONE / "evidence"
_FILE = _EVIDENCE / "{evidence_id:uuid}"

ROUTES: list[Route] = [
    _ACCOUNTS.get(
        accounts.list_accounts,
        READ,
        "sp2d_accounts",
        _("LPJ, yang terbaru lebih dahulu"),
        query=accounts.AccountsQuery,
        answer=accounts.AccountsAnswer,
    ),
    _ACCOUNTS.post(
        accounts.create, REQUEST, "sp2d_account_draft", _("Tulis LPJ"), accounts.AccountBody
    ),
    _ONE.get(accounts.show, READ, "sp2d_account", _("Satu LPJ")),
    _ONE.put(
        accounts.mend,
        REQUEST,
        "sp2d_account_revise",
        _("Perbaiki LPJ"),
        accounts.AccountRevisionBody,
    ),
    (_ONE / "submit").post(
        accounts.submit,
        REQUEST,
        "sp2d_account_submit",
        _("Ajukan LPJ"),
        accounts.AccountVersionBody,
    ),
    (_ONE / "drop").post(
        accounts.drop,
        REQUEST,
        "sp2d_account_drop",
        _("Batalkan LPJ"),
        accounts.AccountVersionBody,
    ),
    (_ONE / "approve").post(
        accounts.approve, VERIFY, "sp2d_account_approve", _("Sahkan LPJ"), accounts.ApprovalBody
    ),
    (_ONE / "return").post(
        accounts.give_back,
        VERIFY,
        "sp2d_account_return",
        _("Kembalikan LPJ"),
        accounts.AccountReturnBody,
    ),
    _EVIDENCE.post(
        accounts.attach,
        REQUEST,
        "sp2d_account_attach",
        _("Lampirkan bukti LPJ"),
        accounts.AccountEvidenceForm,
        max_body=LARGEST_FILE,
    ),
    _FILE.get(
        accounts.download,
        READ,
        "sp2d_account_evidence",
        _("Unduh bukti LPJ"),
        answer=bytes,
        media_type="application/octet-stream",
    ),
    _FILE.delete(
        accounts.detach,
        REQUEST,
        "sp2d_account_detach",
        _("Lepas bukti LPJ"),
        query=accounts.AccountVersionQuery,
    ),
]
