"""CMS signatures of PAdES B-B (RFC 5652, ETSI EN 319 122-1, EN 319 142-1 clause 6.3).

What is the same for all letters of one key is encoded once, with marks where the digest and the
signature will stand: asn1crypto takes ten times as long to encode a signature as RSA to make it. An
ECDSA signature has no fixed length, so its letters are encoded one by one.
"""

import hashlib
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

DIGEST = "sha256"
ROOM = 2048
"""Bytes that a signature needs beside the certificates in it; one of RSA-4096 takes about 900."""
_DIGEST_MARK = hashlib.sha256(b"the digest of a document stands here").digest()
_SIGNATURE_MARK = hashlib.sha256(b"a part of a signature stands here").digest()

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class CmsBuilder:
    """Builds detached signatures with one key; the chain is what verifiers are given of issuers."""

    def __init__(
        self, key: Key, certificate: x509.Certificate, chain: list[x509.Certificate]
    ) -> None:
        self._key = key
        self._algorithm = cms.SignedDigestAlgorithm(
            {
                "algorithm": "rsassa_pkcs1v15"
                if isinstance(key, rsa.RSAPrivateKey)
                else "sha256_ecdsa"
            }
        )
        self._digest = algos.DigestAlgorithm({"algorithm": DIGEST})
        self._signer = cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                )
            }
        )
        self._certificates = cms.CertificateSet(
            [cms.CertificateChoices("certificate", one) for one in (certificate, *chain)]
        )
        self._fixed = [
            _attribute("content_type", cms.ContentType("data")),
            _attribute("signing_certificate_v2", _named(certificate)),
        ]
        self.size = len(self._certificates.dump()) + ROOM
        self._template = self._made_once()

    def build(self, document_digest: bytes) -> bytes:
        """The DER of a signature over a document with that SHA-256."""
        if self._template is None:
            attributes = self._attributes(document_digest).dump()
            return self._encoded(document_digest, self._sign(attributes))
        before, between, after, signed = self._template
        signature = self._sign(signed.replace(_DIGEST_MARK, document_digest))
        return before + document_digest + between + signature + after

    def _made_once(self) -> tuple[bytes, bytes, bytes, bytes] | None:
        """The parts of an encoded signature around its digest and signature, and what is signed."""
        if not isinstance(self._key, rsa.RSAPrivateKey):
            return None
        mark = _SIGNATURE_MARK * (self._key.key_size // 8 // len(_SIGNATURE_MARK))
        encoded = self._encoded(_DIGEST_MARK, mark)
        if len(mark) * 8 != self._key.key_size or encoded.count(_DIGEST_MARK) != 1:
            return None
        before, _digest, rest = encoded.partition(_DIGEST_MARK)
        between, _signature, after = rest.partition(mark)
        return before, between, after, self._attributes(_DIGEST_MARK).dump()

    def _attributes(self, document_digest: bytes) -> cms.CMSAttributes:
        digest = _attribute("message_digest", core.OctetString(document_digest))
        return cms.CMSAttributes([*self._fixed, digest])

    def _encoded(self, document_digest: bytes, signature: bytes) -> bytes:
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": self._signer,
                "digest_algorithm": self._digest,
                "signed_attrs": self._attributes(document_digest),
                "signature_algorithm": self._algorithm,
                "signature": signature,
            }
        )
        signed = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": cms.DigestAlgorithms([self._digest]),
                "encap_content_info": {"content_type": "data"},
                "certificates": self._certificates,
                "signer_infos": [signer],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def _attribute(kind: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(kind), "values": (value,)})


def _named(certificate: x509.Certificate) -> tsp.SigningCertificateV2:
    """The certificate by its digest, so that no other one can be put in its place."""
    digest = hashlib.sha256(certificate.dump()).digest()
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": digest})]})
