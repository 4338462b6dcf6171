"""What a PDF says of itself that we cannot keep: to be PDF/A (ISO 19005).

A file that claims it and is not is worse than one that claims nothing: an archive may refuse it.
"""

import pikepdf

_IDENTITY = "{http://www.aiim.org/pdfa/ns/id/}"


def drop_archive_claim(pdf: pikepdf.Pdf, *, parts: str = "1234") -> None:
    """Take the claim to be PDF/A of one of those parts out of the metadata of the document."""
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        if str(told.get(_IDENTITY + "part", "")) not in parts:
            return
        for key in [key for key in told if key.startswith(_IDENTITY)]:
            del told[key]
