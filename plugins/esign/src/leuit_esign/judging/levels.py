"""Which baseline level of PAdES a signature has (ETSI EN 319 142-1 clause 6).

B-B signed attributes alone; B-T with a signature time stamp; B-LT with validation data in the
document security store beside it; B-LTA with a document time stamp over these.
"""

from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from leuit_esign.rules import Level

from .objects import entry


def level_of(signature: EmbeddedPdfSignature) -> Level:
    """The level that the file's structure claims for a signature; proofs are judged elsewhere."""
    if entry(signature.sig_object, "/SubFilter") != "/ETSI.CAdES.detached":
        return "PKCS7"
    if _has_store_after(signature):
        return "B-LTA" if _has_document_stamp_after(signature) else "B-LT"
    return "B-T" if _has_stamp(signature) else "B-B"


def _has_stamp(signature: EmbeddedPdfSignature) -> bool:
    attributes = signature.signer_info["unsigned_attrs"]
    return any(one["type"].native == "signature_time_stamp_token" for one in attributes)


def _has_store_after(signature: EmbeddedPdfSignature) -> bool:
    """Whether the store has validation data, written with or after the signature."""
    reader = signature.reader
    store = entry(reader.root, "/DSS")
    if store is None or not (entry(store, "/OCSPs") or entry(store, "/CRLs")):
        return False
    reference = reader.root.raw_get("/DSS")
    if not hasattr(reference, "reference"):
        return True
    return bool(reader.xrefs.get_last_change(reference.reference) >= signature.signed_revision)


def _has_document_stamp_after(signature: EmbeddedPdfSignature) -> bool:
    reader = signature.reader
    for _name, value, _field in enumerate_sig_fields(reader, filled_status=True):
        if entry(value.get_object(), "/Type") == "/DocTimeStamp":
            changed = reader.xrefs.get_last_change(value.reference)
            if changed > signature.signed_revision:
                return True
    return False
