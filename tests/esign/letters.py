"""Letters for tests: small PDFs made here, and signatures put on them by pyHanko's own signer.

pyHanko's plain path is used on purpose: what is tested is our judgement of files made by others.
"""

import io
from collections.abc import Sequence
from typing import Any

import attrs
import pikepdf
import pypdfium2
from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

from leuit_esign.test_pki import Authority

PASSPHRASE = "frasa-uji"


def pdf_of(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A PDF out of numbered objects (the first is 1), with a classic cross-reference table."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    identity = b"<00112233445566778899AABBCCDDEEFF>"
    out += b"trailer\n<</Size %d/Root %d 0 R/ID[%s%s]>>\n" % (
        len(objects) + 1,
        root,
        identity,
        identity,
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def stream(content: bytes) -> bytes:
    """A stream object without filters."""
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def letter(text: str = "Surat Uji Nomor 1", pages: int = 1) -> bytes:
    """A letter of one line on each A4 page, without a form."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * page) for page in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for page in range(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * page)
        )
        objects.append(stream(b"BT /F1 14 Tf 72 760 Td (%s) Tj ET" % text.encode("ascii")))
    return pdf_of(objects)


@attrs.frozen
class Pen:
    """Signs letters as the holders of an authority."""

    authority: Authority

    @property
    def root(self) -> x509.Certificate:
        """The trusted root."""
        return x509.Certificate.load(pem.unarmor(self.authority.root_pem.encode())[2])

    def sign(
        self, pdf: bytes, holder: str, field: str = "TTE1", level: str = "B-B", **options: Any
    ) -> bytes:
        """One signature more, in a new field or in a prepared one; options as pyHanko's metadata.

        `box` makes the field visible, `spec` gives the whole specification of a new field.
        """
        box = options.pop("box", (50, 50, 150, 80))
        spec = options.pop("spec", None) or SigFieldSpec(field, box=box)
        if level in ("B-LT", "B-LTA"):
            options["embed_validation_info"] = True
            options["validation_context"] = ValidationContext(
                trust_roots=[self.root], allow_fetching=True
            )
        options["use_pades_lta"] = level == "B-LTA"
        metadata = PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **options
        )
        stamper = None if level == "B-B" else HTTPTimeStamper(self.authority.time_stamp_url)
        signed = PdfSigner(
            metadata, signer=self.signer(holder), timestamper=stamper, new_field_spec=spec
        ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        return bytes(signed.getvalue())

    def signer(self, holder: str) -> SimpleSigner:
        """The signer of a holder as pyHanko has it, with the key opened from PKCS#12."""
        data = self.authority.pkcs12(holder, PASSPHRASE)
        found: SimpleSigner = SimpleSigner.load_pkcs12_data(data, [], PASSPHRASE.encode())
        return found


def with_fields(pdf: bytes, *names: str) -> bytes:
    """A PDF with empty signature fields prepared."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for number, name in enumerate(names):
        append_signature_field(
            writer, SigFieldSpec(name, box=(50, 50 + 40 * number, 150, 80 + 40 * number))
        )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def seen_text(pdf: bytes) -> str:
    """The text that is seen on all pages, with the looks of signatures."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.flatten_annotations("all")
        if "/AcroForm" in opened.Root:
            del opened.Root["/AcroForm"]
        for page in opened.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        out = io.BytesIO()
        opened.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
