"""The JSON routes of letters out and of numbers set aside, below `/api/archives/v1`."""

from typing import Any

from leuit.plugins import Route
from leuit.values import _
from leuit_archives.permissions import DRAFT, RECEIVE, REGISTER
from leuit_archives.service.letter_uploads import MOST_OUT

from . import number_blocks, outgoing
from .outgoing_values import OutgoingAnswer, OutgoingVersion

_ONE = "/outgoing/{outgoing_id:uuid}"
_NUMBER = "/number-blocks/numbers/{number_id:uuid}"
_MAX = MOST_OUT + 1024 * 1024
_SHOW: dict[str, Any] = {"kind": "api", "answer": OutgoingAnswer}
_POST: dict[str, Any] = {**_SHOW, "methods": ("POST",)}
_BLOCK: dict[str, Any] = {
    "kind": "api",
    "methods": ("POST",),
    "answer": number_blocks.BlockAnswer,
}

ROUTES: list[Route] = [
    Route(
        "/outgoing",
        outgoing.list_letters,
        RECEIVE,
        kind="api",
        name="api_outgoing_list",
        summary=_("Surat keluar, yang terbaru lebih dahulu"),
        query=outgoing.OutgoingQuery,
        answer=outgoing.OutgoingLines,
    ),
    Route(
        "/outgoing",
        outgoing.draft,
        DRAFT,
        name="api_outgoing_draft",
        summary=_("Susun surat keluar"),
        body=outgoing.NewOutgoingBody,
        **_POST,
    ),
    Route(
        _ONE,
        outgoing.show,
        RECEIVE,
        name="api_outgoing",
        summary=_("Keadaan satu surat keluar"),
        **_SHOW,
    ),
    Route(
        _ONE,
        outgoing.revise,
        DRAFT,
        methods=("PUT",),
        name="api_outgoing_revise",
        summary=_("Ubah naskah surat keluar"),
        body=outgoing.RevisedOutgoingBody,
        **_SHOW,
    ),
    Route(
        f"{_ONE}/pdf",
        outgoing.download,
        RECEIVE,
        kind="api",
        name="api_outgoing_pdf",
        summary=_("PDF surat sebagaimana adanya sekarang"),
        answer=bytes,
        media_type="application/pdf",
    ),
    Route(
        f"{_ONE}/start",
        outgoing.start,
        DRAFT,
        name="api_outgoing_start",
        summary=_("Kirim untuk paraf dan tanda tangan"),
        body=OutgoingVersion,
        **_POST,
    ),
    Route(
        f"{_ONE}/paraf",
        outgoing.paraf,
        RECEIVE,
        name="api_outgoing_paraf",
        summary=_("Beri paraf atau kembalikan"),
        body=outgoing.OutgoingParafBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/scan",
        outgoing.scan,
        DRAFT,
        name="api_outgoing_scan",
        summary=_("Unggah surat bertanda tangan basah"),
        body=outgoing.OutgoingScanForm,
        max_body=_MAX,
        **_POST,
    ),
    Route(
        f"{_ONE}/recall",
        outgoing.recall,
        DRAFT,
        name="api_outgoing_recall",
        summary=_("Tarik kembali"),
        body=outgoing.OutgoingReasonBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/void",
        outgoing.void,
        DRAFT,
        name="api_outgoing_void",
        summary=_("Batalkan surat"),
        body=outgoing.OutgoingReasonBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/send",
        outgoing.send,
        DRAFT,
        name="api_outgoing_send",
        summary=_("Kirim surat kepada semua tujuan"),
        body=outgoing.OutgoingSendBody,
        **_POST,
    ),
    Route(
        "/number-blocks",
        number_blocks.list_blocks,
        REGISTER,
        kind="api",
        name="api_number_blocks",
        summary=_("Nomor cadangan unit"),
        answer=number_blocks.BlockList,
    ),
    Route(
        "/number-blocks",
        number_blocks.reserve,
        REGISTER,
        name="api_number_block_new",
        summary=_("Cadangkan nomor"),
        body=number_blocks.NewBlockBody,
        **_BLOCK,
    ),
    Route(
        "/number-blocks/{block_id:uuid}",
        number_blocks.show,
        REGISTER,
        kind="api",
        name="api_number_block",
        summary=_("Satu cadangan dengan nomornya"),
        answer=number_blocks.BlockAnswer,
    ),
    Route(
        f"{_NUMBER}/enter",
        number_blocks.enter,
        REGISTER,
        name="api_block_number_enter",
        summary=_("Masukkan surat kertas"),
        body=number_blocks.PaperLetterForm,
        max_body=_MAX,
        **_BLOCK,
    ),
    Route(
        f"{_NUMBER}/cancel",
        number_blocks.cancel,
        REGISTER,
        name="api_block_number_cancel",
        summary=_("Batalkan nomor cadangan"),
        body=number_blocks.CancelNumberBody,
        **_BLOCK,
    ),
]
