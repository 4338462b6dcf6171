"""What earlier signers forbade: a signature against it would break theirs (ISO 32000-1 12.8.2).

pyHanko's writer refuses for a letter that its author closed (DocMDP with P = 1), and only on its
plain path; a field that an earlier signature locked (FieldMDP) it fills without complaint.
"""

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, enumerate_sig_fields

from leuit.values import InvalidInputError, _


def require_unlocked(writer: IncrementalPdfFileWriter, field: str) -> None:
    """Raise InvalidInputError when an earlier signature forbids one in that field, or is broken."""
    try:
        locked = _is_locked(writer, field)
    except Exception as error:  # pyHanko raises many kinds on broken files
        raise InvalidInputError(
            _("Tanda tangan yang sudah ada dalam dokumen ini rusak."),
            advice=_("Minta dokumen yang utuh kepada pengirimnya."),
        ) from error
    if locked:
        raise InvalidInputError(
            _("Dokumen ini dikunci oleh penanda tangan sebelumnya."),
            advice=_("Minta dokumen yang belum dikunci kepada pengirimnya."),
        )


def _is_locked(writer: IncrementalPdfFileWriter, field: str) -> bool:
    return any(
        _forbids(one.get_object(), field)
        for _name, value, _field in enumerate_sig_fields(writer, filled_status=True)
        for one in value.get_object().get("/Reference", ())
    )


def _forbids(reference: Any, field: str) -> bool:
    method, parameters = reference.get("/TransformMethod"), reference.get("/TransformParams", {})
    if method == "/DocMDP":
        return bool(parameters.get("/P", MDPPerm.FILL_FORMS.value) == MDPPerm.NO_CHANGES.value)
    if method == "/FieldMDP":
        return bool(FieldMDPSpec.from_pdf_object(parameters).is_locked(field))
    return False
