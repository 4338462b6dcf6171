"""The JSON routes of claims."""

from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_sp2d.pages.files import MAX_BODY as LARGEST_FILE
from leuit_sp2d.permissions import CLAIM, DRAFT, READ

from . import claims
from .values import PaymentAnswer

_CLAIMS = ApiPath("/claims", claims.ClaimAnswer)
_ONE = _CLAIMS / "{claim_id:uuid}"

ROUTES: list[Route] = [
    _CLAIMS.get(
        claims.list_claims,
        READ,
        "sp2d_claims",
        _("Klaim pembayaran, yang terbaru lebih dahulu"),
        query=claims.ClaimsQuery,
        answer=claims.ClaimsAnswer,
    ),
    _CLAIMS.post(
        claims.create, CLAIM, "sp2d_hand_in", _("Serahkan klaim pembayaran"), claims.ClaimBody
    ),
    _ONE.get(claims.show, READ, "sp2d_claim", _("Satu klaim")),
    (_ONE / "evidence").post(
        claims.attach,
        CLAIM,
        "sp2d_claim_attach",
        _("Lampirkan dokumen pada klaim"),
        claims.ClaimEvidenceForm,
        max_body=LARGEST_FILE,
    ),
    (_ONE / "evidence" / "{number:int}").get(
        claims.download,
        READ,
        "sp2d_claim_evidence",
        _("Unduh dokumen klaim"),
        answer=bytes,
        media_type="application/octet-stream",
    ),
    (_ONE / "take").post(
        claims.take,
        DRAFT,
        "sp2d_claim_take",
        _("Ambil klaim sebagai pembayaran"),
        claims.TakeBody,
        answer=PaymentAnswer,
    ),
    (_ONE / "refuse").post(
        claims.refuse, READ, "sp2d_claim_refuse", _("Tolak klaim"), claims.RefusalBody
    ),
]
