"""The provider `lokal`: keys kept here, each opened by its person's passphrase."""

from uuid import UUID

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization

from leuit.identity import SYSTEM
from leuit.values import _
from leuit.work import Leuit
from leuit_esign.service.keys import key_of, open_pkcs12
from leuit_esign.service.trust import trust_on

from .provider import Provider, SignOrder


def sign(leuit: Leuit, order: SignOrder) -> bytes:
    """Open the person's key, check its certificate, and sign.

    Raises NoKeyError, WrongPassphraseError, CertificateRefusedError, CertificateStatusError, or
    InvalidInputError for a PDF that cannot be signed.
    """
    from leuit_esign.signing import (  # late: pyHanko takes half a second
        CmsBuilder,
        LetterSigner,
        check_certificate,
        check_signed,
        sign_pdf,
    )

    with leuit.read(SYSTEM) as view:
        stored = key_of(view, order.person_id)
        trust = trust_on(view, view.today)
    opened = open_pkcs12(stored.pkcs12, order.secret)
    chain = [x509.Certificate.load(one.public_bytes(_DER)) for one in opened.chain]
    own = x509.Certificate.load(stored.certificate)
    check_certificate(own, chain, trust, order.now)
    if order.level == "B-B":
        signed = LetterSigner(CmsBuilder(opened.key, own, chain)).sign(order)
        check_signed(order.pdf, signed, own)
        return signed
    der = opened.key.private_bytes(
        _DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return sign_pdf(order, own, keys.PrivateKeyInfo.load(der), chain, trust)


def certificate(leuit: Leuit, person_id: UUID) -> bytes:
    """The certificate of the person's key in use; NoKeyError without one."""
    with leuit.read(SYSTEM) as view:
        return key_of(view, person_id).certificate


LOKAL = Provider(
    "lokal", _("Kunci di server ini"), ("B-B", "B-T", "B-LT", "B-LTA"), sign, certificate
)

_DER = serialization.Encoding.DER
