"""The JSON routes of e-sign, below `/api/esign/v1`."""

from typing import Any

from leuit.plugins import Route
from leuit.values import _
from leuit_esign.pages.documents import MAX_BODY
from leuit_esign.service.documents import BRING
from leuit_esign.service.verifying import MAX_BODY as LARGEST_FILE

from . import documents, places, steps, verifications
from .values import DocumentAnswer, VersionBody, VersionQuery

_ONE = "/documents/{document_id:uuid}"
_SHOW: dict[str, Any] = {"kind": "api", "answer": DocumentAnswer}
_POST: dict[str, Any] = {**_SHOW, "methods": ("POST",)}
_PUT: dict[str, Any] = {**_SHOW, "methods": ("PUT",)}
_DELETE: dict[str, Any] = {**_SHOW, "methods": ("DELETE",), "query": VersionQuery}

ROUTES: list[Route] = [
    Route(
        "/documents",
        documents.create,
        BRING,
        name="esign_create",
        summary=_("Bawa PDF untuk ditandatangani"),
        body=documents.NewDocumentForm,
        max_body=MAX_BODY,
        **_POST,
    ),
    Route(
        "/documents",
        documents.list_own,
        BRING,
        kind="api",
        name="esign_list",
        summary=_("Dokumen sendiri, yang terbaru lebih dahulu"),
        query=documents.DocumentsQuery,
        answer=documents.DocumentsAnswer,
    ),
    Route(
        _ONE, documents.show, BRING, name="esign_show", summary=_("Keadaan satu dokumen"), **_SHOW
    ),
    Route(
        f"{_ONE}/pdf",
        documents.download,
        BRING,
        kind="api",
        name="esign_pdf",
        summary=_("PDF sebagaimana adanya sekarang"),
        answer=bytes,
        media_type="application/pdf",
    ),
    Route(
        f"{_ONE}/places",
        places.add,
        BRING,
        name="esign_place",
        summary=_("Tambahkan tempat tanda tangan"),
        body=places.PlaceBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/places/{{place_id:uuid}}",
        places.remove,
        BRING,
        name="esign_unplace",
        summary=_("Hapus tempat tanda tangan"),
        **_DELETE,
    ),
    Route(
        f"{_ONE}/prepare",
        places.prepare,
        BRING,
        name="esign_prepare",
        summary=_("Lanjut ke langkah paraf dan tanda tangan"),
        body=VersionBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/reopen",
        places.open_again,
        BRING,
        name="esign_reopen",
        summary=_("Buka kembali untuk mengubah tempat"),
        body=VersionBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/steps",
        steps.add,
        BRING,
        name="esign_step",
        summary=_("Tambahkan langkah paraf atau tanda tangan"),
        body=steps.StepBody,
        **_POST,
    ),
    Route(
        f"{_ONE}/steps/{{step_id:uuid}}",
        steps.remove,
        BRING,
        name="esign_unstep",
        summary=_("Hapus langkah"),
        **_DELETE,
    ),
    Route(
        f"{_ONE}/options",
        steps.options,
        BRING,
        name="esign_options",
        summary=_("Atur tenggat, nomor, dan dokumen yang diganti"),
        body=steps.OptionsBody,
        **_PUT,
    ),
    Route(
        f"{_ONE}/start",
        steps.begin,
        BRING,
        name="esign_start",
        summary=_("Kirim untuk ditandatangani"),
        body=VersionBody,
        **_POST,
    ),
    Route(
        "/verifications",
        verifications.verify,
        BRING,
        methods=("POST",),
        kind="api",
        name="esign_verify",
        summary=_("Periksa tanda tangan sebuah PDF"),
        body=verifications.VerificationForm,
        answer=verifications.VerificationAnswer,
        max_body=LARGEST_FILE,
    ),
    Route(
        f"{_ONE}/recall",
        documents.take_back,
        BRING,
        name="esign_recall",
        summary=_("Tarik kembali dokumen yang berjalan"),
        body=documents.RecallBody,
        **_POST,
    ),
]
