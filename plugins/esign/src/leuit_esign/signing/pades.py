"""PAdES signatures by pyHanko, levels B-B to B-LTA (ETSI EN 319 142-1)."""

from io import BytesIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from leuit.values import InvalidInputError, _
from leuit_esign.certificates import certificates
from leuit_esign.providers import SignOrder
from leuit_esign.service.trust import TrustList

from .look import style_of

DIGEST = "sha256"


def sign_pdf(
    order: SignOrder,
    certificate: x509.Certificate,
    key: keys.PrivateKeyInfo,
    chain: list[x509.Certificate],
    trust: TrustList,
) -> bytes:
    """The order's PDF with one more signature, as an incremental update of it.

    Raises InvalidInputError for a PDF that cannot be signed, or whose field is filled already.
    """
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    with_data = order.level in ("B-LT", "B-LTA")
    context = None
    if with_data:
        context = ValidationContext(
            trust_roots=certificates(trust.root_pems),
            other_certs=[*chain, *certificates(trust.issuer_pems)],
            allow_fetching=True,
        )
    metadata = PdfSignatureMetadata(
        field_name=order.field,
        md_algorithm=DIGEST,
        reason=order.reason or None,
        location=order.location or None,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=with_data,
        use_pades_lta=order.level == "B-LTA",
        validation_context=context,
    )
    stamper = None if order.level == "B-B" else HTTPTimeStamper(trust.time_stamp_url)
    writer = writer_of(order.pdf)
    filled = {name for name, value, _field in enumerate_sig_fields(writer) if value is not None}
    if order.field in filled:
        raise InvalidInputError(
            _("Tempat tanda tangan “%(field)s” sudah terisi."), field=order.field
        )
    signed: BytesIO = PdfSigner(
        metadata,
        signer=SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store),
        timestamper=stamper,
        new_field_spec=new_field(order),
        stamp_style=style_of(order.look),
    ).sign_pdf(writer)
    return signed.getvalue()


def writer_of(pdf: bytes) -> IncrementalPdfFileWriter:
    """A writer over a PDF; InvalidInputError for what is none, is broken, or is locked."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
    except Exception as error:  # pyHanko raises many kinds on broken files
        raise InvalidInputError(
            _("Berkas ini bukan PDF yang dapat ditandatangani."),
            advice=_("Simpan ulang dokumennya sebagai PDF, lalu ulangi."),
        ) from error
    if writer.prev.encrypted:
        raise InvalidInputError(
            _("Dokumen terkunci dengan kata sandi."),
            advice=_("Simpan ulang tanpa kata sandi, lalu ulangi."),
        )
    return writer


def free_field(pdf: bytes) -> str:
    """The first empty signature field in order, or a new name such as `TTE3`."""
    names = set()
    for name, value, _field in enumerate_sig_fields(writer_of(pdf)):
        if value is None:
            return str(name)
        names.add(name)
    number = len(names) + 1
    while f"TTE{number}" in names:
        number += 1
    return f"TTE{number}"


def new_field(order: SignOrder) -> SigFieldSpec:
    """The field that is made when the PDF has none of that name."""
    place = order.place
    if place is None:
        return SigFieldSpec(order.field)
    box = (round(place.left), round(place.bottom), round(place.right), round(place.top))
    return SigFieldSpec(order.field, on_page=place.page, box=box)
