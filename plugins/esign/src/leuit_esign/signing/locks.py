"""What earlier signers forbade: a signature against it would break theirs (ISO 32000-1 12.8.2).

pyHanko's writer refuses for a letter that its author closed (DocMDP with P = 1), and only on its
plain path; a field that an earlier signature locked (FieldMDP) it fills without complaint.
"""

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, enumerate_sig_fields

from leuit.values import ConflictError, _


def require_unlocked(writer: IncrementalPdfFileWriter, field: str) -> None:
    """Raise ConflictError when an earlier signature forbids one in that field, or is broken.

    Whoever certifies a document (DocMDP) forbids new fields, whatever else he allows.
    """
    try:
        fields = list(enumerate_sig_fields(writer))
        new = field not in {name for name, _value, _field in fields}
        references = [
            one.get_object()
            for _name, value, _field in fields
            if value is not None
            for one in value.get_object().get("/Reference", ())
        ]
        forbidden = any(
            (new and one.get("/TransformMethod") == "/DocMDP") or _forbids(one, field)
            for one in references
        )
    except Exception as error:  # pyHanko raises many kinds on broken files
        raise ConflictError(
            _("Tanda tangan yang sudah ada dalam dokumen ini rusak."),
            advice=_("Minta dokumen yang utuh kepada pengirimnya."),
        ) from error
    if forbidden:
        raise ConflictError(
            _("Dokumen ini dikunci oleh penanda tangan sebelumnya."),
            advice=_("Minta dokumen yang belum dikunci kepada pengirimnya."),
        )


def _forbids(reference: Any, field: str) -> bool:
    method, parameters = reference.get("/TransformMethod"), reference.get("/TransformParams", {})
    if method == "/DocMDP":
        return bool(parameters.get("/P", MDPPerm.FILL_FORMS.value) == MDPPerm.NO_CHANGES.value)
    if method == "/FieldMDP":
        return bool(FieldMDPSpec.from_pdf_object(parameters).is_locked(field))
    return False
