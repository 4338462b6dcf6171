"""Attacks on the signature itself: broken, borrowed and forged CMS, certificates, proofs of time.

A universal signature forgery (USF) leaves out what a careless reader does not miss: the signature
or its range is missing, null, empty or zero.
"""

import datetime as dt
import functools
import hashlib
import io
from collections.abc import Callable

from asn1crypto import algos, cms, core, crl, keys, ocsp, pem, x509
from certomancer.registry import CertLabel, KeyLabel
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import ocsp as answers
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from leuit_esign.rules import INVALID, OPEN, UNSIGNED
from tests.esign.attacks import (
    EITHER,
    Corpus,
    Seal,
    message_over,
    signed,
    signed_over,
    signed_twice,
)
from tests.esign.letters import Pen, letter

CORPUS = Corpus()
PAST = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)
"""When the certificate of `habis` was valid, and that of `dicabut` not yet revoked."""


def without_signers(message: bytes) -> bytes:
    """A CMS from which the signatures have been taken out."""
    found = cms.ContentInfo.load(message)
    found["content"]["signer_infos"] = cms.SignerInfos([])
    return bytes(found.dump(force=True))


# ------------------------------------------------------------------------ broken, missing, borrowed


@CORPUS.each(
    {
        "half": lambda message: message[: len(message) // 2],
        "without its last byte": lambda message: message[:-1] + b"\xff",
        "header alone": lambda message: message[:4],
        "garbage": lambda message: hashlib.shake_256(b"garbage").digest(len(message)),
        "text": lambda message: b"Ditandatangani oleh bupati",
        "zeros": lambda message: bytes(len(message)),
        "a single null": lambda message: b"\x05\x00",
        "an endless length": lambda message: b"\x30\x84\xff\xff\xff\xff" + message[6:],
        "without a length": lambda message: b"\x30\x80" * (len(message) // 2),
        "data of another type": lambda message: core.OctetString(message[4:]).dump(),
        "plain data": lambda message: cms.ContentInfo(
            {"content_type": "data", "content": b"x"}
        ).dump(),
        "signed data without a signer": without_signers,
    },
    *EITHER,
)
def broken_message(pen: Pen, broken: Callable[[bytes], bytes]) -> bytes:
    """In the place of the signature stands something that is none."""
    seal = Seal.of(signed(pen))
    return seal.holding(broken(seal.message))


@CORPUS.each(
    {
        "empty": b"<>",
        "null": b"null",
        "zero": b"<00>",
        "number": b"0",
        "name": b"/Ya",
        "empty text": b"()",
        "reference": b"5 0 R",
        "list": b"[<00>]",
        "true": b"true",
        "nothing": b"",
    },
    *EITHER,
)
def contents_that_are_no_signature(pen: Pen, value: bytes) -> bytes:
    """/Contents is empty, null, or of another kind (universal signature forgery)."""
    seal = Seal.of(signed(pen))
    return seal.with_gap(value.ljust(seal.width))


@CORPUS.answered(*EITHER)
def contents_missing(pen: Pen) -> bytes:
    """There is no /Contents (universal signature forgery)."""
    return signed(pen).replace(b"/Contents <", b"/Isian    <", 1)


@CORPUS.answered(*EITHER)
def contents_and_range_missing(pen: Pen) -> bytes:
    """There is neither /Contents nor /ByteRange (universal signature forgery)."""
    return contents_missing(pen).replace(b"/ByteRange", b"/Rentang  ", 1)


@CORPUS.answered(INVALID)
def signature_of_another_letter(pen: Pen) -> bytes:
    """The signature was made by the same holder for another letter."""
    other = Seal.of(pen.sign(letter("Surat lain"), "bupati"))
    return Seal.of(signed(pen)).holding(other.message)


@CORPUS.answered(INVALID)
def signature_of_another_holder(pen: Pen) -> bytes:
    """The signature was made by another holder for another letter."""
    other = Seal.of(pen.sign(letter("Surat lain"), "sekda"))
    return Seal.of(signed(pen)).holding(other.message)


@CORPUS.answered(INVALID)
def first_signature_in_the_place_of_the_second(pen: Pen) -> bytes:
    """The first signature of the letter is copied over the second."""
    return Seal.of(signed_twice(pen)).holding(Seal.of(signed(pen)).message)


@CORPUS.answered(INVALID)
def page_of_another_letter_under_the_signature(pen: Pen) -> bytes:
    """The signed letter's text is exchanged for one of the same length."""
    return signed(pen).replace(b"Surat Uji Nomor 1", b"Surat Uji Nomor 9", 1)


def remade(pen: Pen, change: Callable[[cms.SignedData], None]) -> bytes:
    """The plain letter with its CMS taken apart, changed and put together again."""
    seal = Seal.of(signed(pen))
    found = seal.content_info
    change(found["content"])
    return seal.holding(found.dump(force=True))


@CORPUS.answered(INVALID)
def signature_value_flipped(pen: Pen) -> bytes:
    """A bit of the signature is turned."""

    def flip(data: cms.SignedData) -> None:
        value = bytearray(data["signer_infos"][0]["signature"].native)
        value[100] ^= 1
        data["signer_infos"][0]["signature"] = bytes(value)

    return remade(pen, flip)


@CORPUS.answered(INVALID)
def digest_made_to_fit(pen: Pen) -> bytes:
    """The text is changed and its digest put into the signed attributes, without the key."""
    pdf = signed(pen).replace(b"Surat Uji Nomor 1", b"Surat Uji Nomor 2", 1)
    seal = Seal.of(pdf)
    fitting = hashlib.sha256(pdf[: seal.start] + pdf[seal.end :]).digest()
    found = seal.content_info
    attributes = found["content"]["signer_infos"][0]["signed_attrs"]
    [one] = [attribute for attribute in attributes if attribute["type"].native == "message_digest"]
    one["values"] = cms.SetOfOctetString([fitting])
    return seal.holding(found.dump(force=True))


@CORPUS.answered(*EITHER)
def signed_attributes_taken_out(pen: Pen) -> bytes:
    """The signature stays, what it signs is taken out."""

    def take_out(data: cms.SignedData) -> None:
        info = data["signer_infos"][0]
        data["signer_infos"] = cms.SignerInfos(
            [{name: info[name] for name in info if name not in ("signed_attrs", "unsigned_attrs")}]
        )

    return remade(pen, take_out)


@CORPUS.answered(*EITHER)
def certificate_of_the_signer_taken_out(pen: Pen) -> bytes:
    """No certificate comes with the signature."""

    def take_out(data: cms.SignedData) -> None:
        data["certificates"] = cms.CertificateSet([])

    return remade(pen, take_out)


@CORPUS.answered(*EITHER)
def certificate_of_another_holder_put_in(pen: Pen) -> bytes:
    """The signature names another holder's certificate, which comes with it."""
    other = x509.Certificate.load(pen.authority.certificate("sekda"))

    def put_in(data: cms.SignedData) -> None:
        data["certificates"].append(cms.CertificateChoices({"certificate": other}))
        data["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            {
                "issuer_and_serial_number": {
                    "issuer": other.issuer,
                    "serial_number": other.serial_number,
                }
            }
        )

    return remade(pen, put_in)


@CORPUS.answered(*EITHER)
def signed_by_two_in_one(pen: Pen) -> bytes:
    """The signature holds the signatures of two holders."""
    seal = Seal.of(signed(pen))
    covered = seal.pdf[: seal.start] + seal.pdf[seal.end :]
    other = cms.ContentInfo.load(message_over(pen, covered, "sekda"))["content"]["signer_infos"][0]
    found = seal.content_info
    found["content"]["signer_infos"].append(other)
    return seal.holding(found.dump(force=True))


@CORPUS.answered(*EITHER)
def content_inside_the_signature(pen: Pen) -> bytes:
    """The signature brings the content along that it is to be compared with."""
    seal = Seal.of(signed(pen).replace(b"Surat Uji Nomor 1", b"Surat Uji Nomor 2", 1))
    found = seal.content_info
    found["content"]["encap_content_info"] = cms.ContentInfo(
        {"content_type": "data", "content": b"Surat Uji Nomor 1"}
    )
    return seal.holding(found.dump(force=True))


@CORPUS.each(
    {
        "digest": lambda info: info["digest_algorithm"].__setitem__("algorithm", "2.16.840.1.9"),
        "another digest": lambda info: info["digest_algorithm"].__setitem__("algorithm", "sha512"),
        "signature": lambda info: info["signature_algorithm"].__setitem__("algorithm", "1.2.3.4"),
        "another signature": lambda info: info.__setitem__(
            "signature_algorithm", algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
        ),
    },
    *EITHER,
)
def algorithm_renamed(pen: Pen, rename: Callable[[cms.SignerInfo], None]) -> bytes:
    """The signature says that it was made with another algorithm than it was."""
    return remade(pen, lambda data: rename(data["signer_infos"][0]))


@CORPUS.each({"md5": "md5", "sha1": "sha1"}, OPEN)
def signed_with_a_broken_digest(pen: Pen, digest: str) -> bytes:
    """The holder signed over a digest that can be made for two letters."""
    return sign_as(letter(), pen.signer("bupati"), digest=digest)


# --------------------------------------------------------------------- dictionaries of another kind


def resigned(pen: Pen, old: bytes, new: bytes) -> bytes:
    """The plain letter with another text in its signature dictionary, and signed as such."""
    pdf = signed(pen)
    assert len(old) >= len(new)
    assert old in pdf
    seal = Seal.of(pdf.replace(old, new.ljust(len(old))))
    return signed_over(pen, seal, seal.pdf[: seal.start] + seal.pdf[seal.end :])


@CORPUS.each(
    {
        "raw": b"/SubFilter /adbe.x509.rsa_sha1",
        "digest inside": b"/SubFilter /adbe.pkcs7.sha1",
        "time stamp": b"/SubFilter /ETSI.RFC3161",
        "unknown": b"/SubFilter /Rumah.Sendiri",
        "none": b"",
        "null": b"/SubFilter null",
        "text": b"/SubFilter (ETSI)",
    },
    OPEN,
)
def format_of_another_name(pen: Pen, text: bytes) -> bytes:
    """The signature says that it is of a format which is not supported, or of none."""
    return resigned(pen, b"/SubFilter /ETSI.CAdES.detached", text)


@CORPUS.answered(*EITHER, UNSIGNED)
def signature_called_a_time_stamp(pen: Pen) -> bytes:
    """The letter's only signature says that it is a document time stamp."""
    return resigned(pen, b"/Type /Sig\n/Filter /Adobe.PPKLite", b"/Type /DocTimeStamp /Filter /X")


# ----------------------------------------------------------------- certificates of the forger's own


@functools.cache
def forged_key() -> rsa.RSAPrivateKey:
    """The forger's key."""
    return rsa.generate_private_key(65537, 2048)


def certificate_for(
    subject: certificates.Certificate,
    issuer: certificates.Name,
    key: rsa.RSAPrivateKey,
    *,
    authority: bool = False,
) -> certificates.Certificate:
    """A certificate over the forger's key that copies a real one's name, number and years."""
    return (
        certificates.CertificateBuilder()
        .subject_name(subject.subject)
        .issuer_name(issuer)
        .serial_number(subject.serial_number)
        .not_valid_before(subject.not_valid_before_utc)
        .not_valid_after(subject.not_valid_after_utc)
        .public_key(forged_key().public_key())
        .add_extension(certificates.BasicConstraints(authority, None), critical=True)
        .sign(key, hashes.SHA256())
    )


def as_asn1(*ones: certificates.Certificate) -> list[x509.Certificate]:
    """The same certificates as pyHanko takes them."""
    return [x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in ones]


def forger(*chain: certificates.Certificate) -> SimpleSigner:
    """Signs with the forger's key; the first certificate is his own, the others come along."""
    own, *others = as_asn1(*chain)
    der = forged_key().private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store = SimpleCertificateStore.from_certs(others)
    return SimpleSigner(own, keys.PrivateKeyInfo.load(der), store)


def sign_as(
    pdf: bytes,
    signer: SimpleSigner,
    stamper: TimeStamper | None = None,
    digest: str = "sha256",
    field: str = "TTE1",
) -> bytes:
    """Signed by any signer in a new field."""
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm=digest, subfilter=SigSeedSubFilter.PADES
    )
    made = PdfSigner(
        metadata,
        signer,
        timestamper=stamper,
        new_field_spec=SigFieldSpec(field, box=(50, 50, 99, 80)),
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(made.getvalue())


def real(pen: Pen, label: str) -> certificates.Certificate:
    """A holder's certificate."""
    return certificates.load_der_x509_certificate(pen.authority.certificate(label))


def from_pem(text: str) -> certificates.Certificate:
    """The certificate of a PEM text."""
    return certificates.load_pem_x509_certificate(text.encode())


@CORPUS.answered(OPEN)
def certificate_made_by_oneself(pen: Pen) -> bytes:
    """The forger's certificate has the holder's name and is signed by itself."""
    own = real(pen, "bupati")
    return sign_as(letter(), forger(certificate_for(own, own.subject, forged_key())))


@CORPUS.answered(OPEN)
def certificate_that_names_the_real_issuer(pen: Pen) -> bytes:
    """The forger's certificate names the real issuer, who has not signed it; his comes along."""
    own, issuer = real(pen, "bupati"), from_pem(pen.authority.issuer_pem)
    forged = certificate_for(own, issuer.subject, forged_key())
    return sign_as(letter(), forger(forged, issuer))


@CORPUS.answered(OPEN)
def chain_made_by_oneself(pen: Pen) -> bytes:
    """The whole chain is the forger's, with the names of the real root and issuer."""
    own, issuer = real(pen, "bupati"), from_pem(pen.authority.issuer_pem)
    root = from_pem(pen.authority.root_pem)
    chain = [
        certificate_for(own, issuer.subject, forged_key()),
        certificate_for(issuer, root.subject, forged_key(), authority=True),
        certificate_for(root, root.subject, forged_key(), authority=True),
    ]
    return sign_as(letter(), forger(*chain))


@CORPUS.answered(OPEN)
def chain_under_the_real_root(pen: Pen) -> bytes:
    """The forger's issuer names the real root, which comes along and has not signed it."""
    own, issuer = real(pen, "bupati"), from_pem(pen.authority.issuer_pem)
    root = from_pem(pen.authority.root_pem)
    chain = [
        certificate_for(own, issuer.subject, forged_key()),
        certificate_for(issuer, root.subject, forged_key(), authority=True),
        root,
    ]
    return sign_as(letter(), forger(*chain))


@CORPUS.answered(OPEN)
def certificate_issued_by_a_holder(pen: Pen) -> bytes:
    """A holder, who is no authority, has issued a certificate with the regent's name."""
    holder = real(pen, "kadis")
    key = serialization.load_pem_private_key(
        (pen.authority.folder / "kadis.pem").read_bytes(), None
    )
    assert isinstance(key, rsa.RSAPrivateKey)
    forged = certificate_for(real(pen, "bupati"), holder.subject, key)
    return sign_as(letter(), forger(forged, holder, from_pem(pen.authority.issuer_pem)))


@CORPUS.answered(OPEN)
def signed_by_a_foreigner(pen: Pen) -> bytes:
    """The letter is signed by somebody whose chain nobody trusts."""
    return signed(pen, "asing")


@CORPUS.answered(OPEN)
def signed_with_an_expired_certificate(pen: Pen) -> bytes:
    """The certificate has expired and nothing proves when the signature was made."""
    return signed(pen, "habis")


@CORPUS.answered(INVALID)
def signed_with_a_revoked_certificate(pen: Pen) -> bytes:
    """The certificate has been revoked and nothing proves when the signature was made."""
    return signed(pen, "dicabut")


@CORPUS.answered(INVALID)
def signed_with_the_certificate_of_another(pen: Pen) -> bytes:
    """The forger's key, and the holder's real certificate in the place of his own."""
    issuer = from_pem(pen.authority.issuer_pem)
    return sign_as(letter(), forger(real(pen, "bupati"), issuer))


# --------------------------------------------------------------------- proofs of time and of status


def stamper_of(pen: Pen, label: str) -> DummyTimeStamper:
    """Somebody who gives time stamps of the past: a holder, or the authority itself for `tsa`."""
    if label == "tsa":
        uji = pen.authority._hierarchy("uji")
        key = uji.key_set.get_private_key(KeyLabel("tsa"))
        return DummyTimeStamper(uji.get_cert(CertLabel("tsa")), key, fixed_dt=PAST)
    signer = pen.signer(label)
    return DummyTimeStamper(
        signer.signing_cert, signer.signing_key, signer.cert_registry, fixed_dt=PAST
    )


@CORPUS.each({"foreigner": "asing", "holder": "kadis", "the signer himself": "habis"}, OPEN)
def expired_and_stamped(pen: Pen, stamping: str) -> bytes:
    """A time stamp from before the expiry, given by somebody who is no time stamping authority."""
    return sign_as(letter(), pen.signer("habis"), stamper_of(pen, stamping))


@CORPUS.each({"foreigner": "asing", "holder": "kadis", "the signer himself": "dicabut"}, INVALID)
def revoked_and_stamped(pen: Pen, stamping: str) -> bytes:
    """A time stamp from before the revocation, given by somebody who is no authority for it."""
    return sign_as(letter(), pen.signer("dicabut"), stamper_of(pen, stamping))


@CORPUS.answered(OPEN)
def expired_and_stamped_too_late(pen: Pen) -> bytes:
    """A true time stamp from after the expiry."""
    return pen.sign(letter(), "habis", level="B-T")


@CORPUS.answered(INVALID)
def revoked_and_stamped_too_late(pen: Pen) -> bytes:
    """A true time stamp from after the revocation."""
    return pen.sign(letter(), "dicabut", level="B-T")


def answer_of(
    pen: Pen,
    responder: certificates.Certificate,
    key: rsa.RSAPrivateKey,
    moment: dt.datetime,
    label: str = "dicabut",
) -> ocsp.OCSPResponse:
    """An OCSP response that calls a certificate good."""
    made = (
        answers.OCSPResponseBuilder()
        .add_response(
            real(pen, label),
            from_pem(pen.authority.issuer_pem),
            hashes.SHA1(),
            answers.OCSPCertStatus.GOOD,
            moment,
            moment + dt.timedelta(days=7),
            None,
            None,
        )
        .responder_id(answers.OCSPResponderEncoding.NAME, responder)
        .certificates([responder])
        .sign(key, hashes.SHA256())
    )
    return ocsp.OCSPResponse.load(made.public_bytes(serialization.Encoding.DER))


def with_answer(pen: Pen, pdf: bytes, answer: ocsp.OCSPResponse) -> bytes:
    """A signed letter with an answer, and the root's list of the past, in its security store."""
    out = io.BytesIO(pdf)
    certificate = x509.Certificate.load(pem.unarmor(pen.authority.issuer_pem.encode())[2])
    contents = Seal.of(pdf).padded.hex().encode("ascii")
    lists = [true_list_of_the_past(pen)]
    DocumentSecurityStore.add_dss(out, contents, certs=[certificate], ocsps=[answer], crls=lists)
    return out.getvalue()


def true_list_of_the_past(pen: Pen) -> crl.CertificateList:
    """The root's list of what it had revoked: nothing."""
    key = serialization.load_pem_private_key((pen.authority.folder / "root.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    made = (
        certificates.CertificateRevocationListBuilder()
        .issuer_name(from_pem(pen.authority.root_pem).subject)
        .last_update(PAST)
        .next_update(PAST + dt.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    return crl.CertificateList.load(made.public_bytes(serialization.Encoding.DER))


@CORPUS.answered(INVALID)
def revoked_and_called_good_by_the_forger(pen: Pen) -> bytes:
    """An answer that calls the certificate good is stored, signed by a responder of the forger."""
    own, now = real(pen, "bupati"), dt.datetime.now(dt.UTC)
    responder = certificate_for(own, own.subject, forged_key())
    return with_answer(pen, signed(pen, "dicabut"), answer_of(pen, responder, forged_key(), now))


def true_answer_of_the_past(pen: Pen, label: str) -> ocsp.OCSPResponse:
    """What the real responder said of a certificate before it expired or was revoked."""
    der = pen.authority._hierarchy("uji").get_cert(CertLabel("ocsp")).dump()
    key = serialization.load_pem_private_key((pen.authority.folder / "ocsp.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    responder = certificates.load_der_x509_certificate(der)
    return answer_of(pen, responder, key, PAST, label)


@CORPUS.answered(INVALID)
def revoked_and_called_good_in_the_past(pen: Pen) -> bytes:
    """A true answer is stored that was given before the revocation."""
    return with_answer(pen, signed(pen, "dicabut"), true_answer_of_the_past(pen, "dicabut"))


def archived(pen: Pen, label: str, stamping: str) -> bytes:
    """A stamped letter with a true answer of the past, and a document time stamp over both."""
    stamped = sign_as(letter(), pen.signer(label), stamper_of(pen, stamping))
    pdf = with_answer(pen, stamped, true_answer_of_the_past(pen, label))
    out = io.BytesIO()
    PdfTimeStamper(stamper_of(pen, stamping)).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=out
    )
    return out.getvalue()


@CORPUS.each({"foreigner": "asing", "holder": "kadis", "the signer himself": "habis"}, OPEN)
def expired_and_archived(pen: Pen, stamping: str) -> bytes:
    """A document time stamp from before the expiry, by somebody who is no authority for it."""
    return archived(pen, "habis", stamping)


@CORPUS.each({"foreigner": "asing", "holder": "kadis", "the signer himself": "dicabut"}, INVALID)
def revoked_and_archived(pen: Pen, stamping: str) -> bytes:
    """A document time stamp from before the revocation, by somebody who is no authority for it."""
    return archived(pen, "dicabut", stamping)
