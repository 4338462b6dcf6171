"""Test vectors of the e-sign reference (section 8) that no other test of this folder names.

Elsewhere: ES-15, ES-17 test_places; ES-18 test_document_pages; ES-24 test_secrets; ES-25
test_providers, test_chain; ES-26, ES-28 to ES-31, ES-33, ES-35, ES-36, ES-40, ES-43 test_judging;
ES-34 test_commands; ES-37 to ES-43a test_verdict; ES-44 test_letters_signed. ES-01 to ES-14 and
ES-19 to ES-23 are about the service of BSrE.
"""

import asyncio
import datetime as dt
import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko_certvalidator.registry import SimpleCertificateStore

from leuit.values import ConflictError, InvalidInputError
from leuit_esign.models import PlaceRow
from leuit_esign.pages.placing import shown_place
from leuit_esign.providers import Secret, SignOrder
from leuit_esign.service.keys import OpenedKey, open_pkcs12
from leuit_esign.service.trust import TrustedCertificate, TrustList
from leuit_esign.signing import CmsBuilder, LetterSigner, sign_pdf
from tests.esign.conftest import Judge
from tests.esign.letters import PASSPHRASE, Pen, letter, with_fields

Sign = Callable[[bytes, str], bytes]
NOW = dt.datetime.now(dt.UTC)
DER = serialization.Encoding.DER


def plain(opened: OpenedKey) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The certificate and its chain as asn1crypto has them."""
    mine, *chain = [
        x509.Certificate.load(one.public_bytes(DER)) for one in (opened.certificate, *opened.chain)
    ]
    return mine, chain


@pytest.fixture
def opened(pen: Pen) -> OpenedKey:
    """The open key of the sekda."""
    return open_pkcs12(pen.authority.pkcs12("sekda", PASSPHRASE), Secret(PASSPHRASE))


@pytest.fixture(params=["B-B", "B-T"])
def our_sign(request: pytest.FixtureRequest, pen: Pen, opened: OpenedKey) -> Sign:
    """Our signers: the fast one for letters, and the one for higher levels."""
    certificate, chain = plain(opened)
    trust = TrustList(
        (TrustedCertificate("Root", pen.authority.root_pem),),
        level="B-T",
        time_stamp_url=pen.authority.time_stamp_url,
    )

    def sign(pdf: bytes, field: str) -> bytes:
        order = SignOrder(pdf, uuid4(), Secret(PASSPHRASE), field, request.param, NOW)
        if order.level == "B-B":
            return LetterSigner(CmsBuilder(opened.key, certificate, chain)).sign(order)
        closed = serialization.NoEncryption()
        der = opened.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, closed)
        return sign_pdf(order, certificate, keys.PrivateKeyInfo.load(der), chain, trust)

    return sign


def test_origins() -> None:
    """ES-16: on a page of 842 points a box of 60 at y = 60 is at 722 from the other side."""
    row = PlaceRow(id=uuid4(), field="TTE1", page=0, left=10, bottom=60, right=70, top=120)
    assert shown_place(row, 842).box["y"] == "722.00"
    row.bottom, row.top = 722, 782
    assert shown_place(row, 842).box["y"] == "60.00"


def test_an_author_may_forbid_all(pen: Pen, our_sign: Sign) -> None:
    """ES-27: after a certifying signature with P = 1 pyHanko refuses to sign, and so do we."""
    for pdf in (letter(), with_fields(letter(), "TTE1", "TTE2")):
        closed = pen.sign(
            pdf, "bupati", "TTE1", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
        )
        with pytest.raises(SigningError, match="forbids all changes"):
            pen.sign(closed, "sekda", "TTE2")
        with pytest.raises(ConflictError, match="dikunci"):
            our_sign(closed, "TTE2")


def test_locked_fields_stay_empty(pen: Pen, our_sign: Sign, verdict_of: Judge) -> None:
    """ES-30: pyHanko fills a field that an earlier signer locked; we do not, and only that one."""
    prepared = with_fields(letter(), "TTE1", "TTE2", "TTE3")
    for lock, free in (
        (FieldMDPSpec(FieldMDPAction.ALL), None),
        (FieldMDPSpec(FieldMDPAction.EXCLUDE, ["TTE2"]), "TTE2"),
        (FieldMDPSpec(FieldMDPAction.INCLUDE, ["TTE3"]), "TTE2"),
    ):
        spec = SigFieldSpec("TTE0", field_mdp_spec=lock)
        locked = pen.sign(prepared, "bupati", "TTE0", spec=spec)
        with pytest.raises(ConflictError, match="dikunci"):
            our_sign(locked, "TTE3")
        if free:
            assert verdict_of(our_sign(locked, free)).word == "VALID"


@pytest.mark.parametrize("permission", list(MDPPerm))
def test_a_certified_letter_gets_no_new_fields(
    pen: Pen, our_sign: Sign, permission: MDPPerm
) -> None:
    """ES-28: a field that is added breaks a certifying signature; we add none, but to others."""
    certified = pen.sign(letter(), "bupati", certify=True, docmdp_permissions=permission)
    with pytest.raises(ConflictError, match="dikunci"):
        our_sign(certified, "TTE9")
    locked = SigFieldSpec("TTE1", field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL))
    with pytest.raises(ConflictError, match="dikunci"):
        our_sign(pen.sign(letter(), "bupati", spec=locked), "TTE9")
    assert b"TTE9" in our_sign(pen.sign(letter(), "bupati"), "TTE9")


def test_a_broken_signature_is_not_signed_over(pen: Pen, our_sign: Sign) -> None:
    """Beside ES-30: what an earlier signature forbids must be readable."""
    broken = pen.sign(letter(), "bupati").replace(b"/Type /Sig\n", b"/Reference 7", 1)
    with pytest.raises(ConflictError, match="rusak"):
        our_sign(broken, "TTE2")


def test_a_filled_field_is_full(pen: Pen, our_sign: Sign) -> None:
    """ES-32: pyHanko refuses a field that is filled already, and so do we, with a sentence."""
    once = pen.sign(letter(), "bupati", "TTE1")
    with pytest.raises(SigningError, match="appears to be filled already"):
        pen.sign(once, "sekda", "TTE1")
    with pytest.raises(InvalidInputError, match="sudah terisi"):
        our_sign(once, "TTE1")


@pytest.mark.parametrize("holder", ["habis", "dicabut"])
def test_no_proofs_for_a_bad_certificate(pen: Pen, holder: str) -> None:
    """ES-34: with validation data pyHanko refuses an expired and a revoked certificate."""
    with pytest.raises(SigningError, match="could not be validated"):
        pen.sign(letter(), holder, level="B-LT")


@pytest.mark.parametrize(
    "level, most", [("B-B", 14_000), ("B-T", 19_000), ("B-LT", 23_000), ("B-LTA", 34_000)]
)
def test_sizes(pen: Pen, level: str, most: int) -> None:
    """ES-44: a signature more takes about 13, 18, 21 and 29 kB by its level."""
    once = pen.sign(letter(), "bupati", "TTE1", level)
    assert len(pen.sign(once, "sekda", "TTE2", level)) - len(once) < most


def test_a_key_elsewhere_signs_the_digest(pen: Pen, opened: OpenedKey, verdict_of: Judge) -> None:
    """ES-45: of the file only a digest goes to the key; the signature covers the whole file."""
    certificate, chain = plain(opened)
    signed = asyncio.run(_by_digest(certificate, chain, opened))
    verdict = verdict_of(signed)
    assert verdict.word == "VALID"
    assert verdict.signatures[0].finding.coverage == "ENTIRE_FILE"


async def _by_digest(
    certificate: x509.Certificate, chain: list[x509.Certificate], opened: OpenedKey
) -> bytes:
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    metadata = PdfSignatureMetadata(
        field_name="TTE1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    absent = ExternalSigner(certificate, store, signature_value=256)
    out = io.BytesIO()
    prepared, _tbs, _out = await PdfSigner(metadata, signer=absent).async_digest_doc_for_signing(
        IncrementalPdfFileWriter(io.BytesIO(letter())), bytes_reserved=8192, output=out
    )
    attributes = await absent.signed_attrs(prepared.document_digest, "sha256", use_pades=True)
    assert isinstance(opened.key, rsa.RSAPrivateKey)
    value = opened.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    present = ExternalSigner(certificate, store, signature_value=value)
    cms = await present.async_sign_prescribed_attributes("sha256", signed_attrs=attributes)
    await PdfTBSDocument.async_finish_signing(out, prepared, cms)
    return out.getvalue()
