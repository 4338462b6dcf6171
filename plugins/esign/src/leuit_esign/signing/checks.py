"""Cheap checks of a signature just made, before anybody else looks at it.

The input is a prefix of the output, the signature covers all of the output but its own hole, and it
verifies with the certificate that was asked for. What came after earlier signatures is judged
elsewhere, in full.
"""

import hashlib
import re

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from leuit.values import ConflictError, _

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


class UnsoundSignatureError(ConflictError):
    """A signature just made does not hold; it was not accepted."""

    code = "unsound_signature"


def check_signed(before: bytes, after: bytes, certificate: x509.Certificate) -> None:
    """Return when the last signature of `after` is a sound one over all of it."""
    ranges = _RANGE.findall(after, len(before))
    if not after.startswith(before) or len(ranges) != 1:
        raise _unsound()
    start, first, second, rest = (int(number) for number in ranges[0])
    if start != 0 or second + rest != len(after) or not len(before) <= first < second:
        raise _unsound()
    if after[first : first + 1] != b"<" or after[second - 1 : second] != b">":
        raise _unsound()
    digest = hashlib.sha256(memoryview(after)[:first])
    digest.update(memoryview(after)[second:])
    held = cms.ContentInfo.load(bytes.fromhex(after[first + 1 : second - 1].decode("ascii")))
    signer = held["content"]["signer_infos"][0]
    told = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    if told.get("message_digest") != digest.digest():
        raise _unsound()
    key = serialization.load_der_public_key(certificate.public_key.dump())
    signed, signature = signer["signed_attrs"].untag().dump(), signer["signature"].native
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        else:
            raise _unsound()
    except InvalidSignature:
        raise _unsound() from None


def _unsound() -> UnsoundSignatureError:
    return UnsoundSignatureError(
        _("Tanda tangan yang baru dibuat tidak sah dan tidak dipakai."),
        advice=_("Coba lagi; bila terulang, laporkan kepada petugas."),
    )
