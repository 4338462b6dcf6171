"""Keys of people: opened with their passphrase, kept encrypted, one in use at a time."""

from uuid import UUID

import attrs
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID
from sqlalchemy import Select, select

from leuit.identity import Person
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, RecordRef, _
from leuit.work import View, Work
from leuit_esign.models import SigningKey
from leuit_esign.providers import Secret

LARGEST = 100_000
_ROUNDS = 200_000
"""Of PBKDF2 with SHA-256: about a tenth of a second for each guess at a passphrase."""
_STRONG = (
    serialization.PrivateFormat.PKCS12.encryption_builder()
    .kdf_rounds(_ROUNDS)
    .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
    .hmac_hash(hashes.SHA256())
)


class WrongPassphraseError(PermissionDeniedError):
    """The passphrase does not open the key; nothing was signed and nothing is tried again."""

    code = "wrong_passphrase"


class NoKeyError(ConflictError):
    """The person has no key in use."""

    code = "no_key"


@attrs.frozen
class OpenedKey:
    """A key out of its box, with its certificate and those of the issuers above it."""

    key: RSAPrivateKey | EllipticCurvePrivateKey = attrs.field(repr=False)
    certificate: Certificate
    chain: list[Certificate]


def open_pkcs12(data: bytes, secret: Secret) -> OpenedKey:
    """The key and certificates inside; WrongPassphraseError when they stay closed."""
    try:
        found = pkcs12.load_pkcs12(data, secret.reveal().encode())
    except ValueError:
        raise WrongPassphraseError(
            _("Frasa sandi tidak cocok."), advice=_("Periksa frasa sandinya, lalu ulangi.")
        ) from None
    if found.cert is None or not isinstance(found.key, (RSAPrivateKey, EllipticCurvePrivateKey)):
        raise InvalidInputError(
            _("Berkas kunci ini tidak memuat kunci RSA atau EC beserta sertifikatnya.")
        )
    chain = [one.certificate for one in found.additional_certs]
    return OpenedKey(found.key, found.cert.certificate, chain)


def add_key(work: Work, person: Person, data: bytes, secret: Secret) -> SigningKey:
    """Keep a person's key, encrypted anew with the same passphrase; the one before it is retired.

    Raises WrongPassphraseError, or InvalidInputError for what is no PKCS#12 of a signer.
    """
    if len(data) > LARGEST:
        raise InvalidInputError(_("Berkas kunci terlalu besar."))
    opened = open_pkcs12(data, secret)
    certificate = opened.certificate
    der = certificate.public_bytes(serialization.Encoding.DER)
    previous = work.session.scalar(_in_use(person.id))
    if previous is not None:
        if previous.certificate == der:
            return previous
        previous.retired_at = work.now
        work.session.flush()
        work.audit("esign.key.retired", _ref(person), serial=previous.serial)
    key = SigningKey(
        person_id=person.id,
        subject=_name(certificate, issuer=False),
        issuer=_name(certificate, issuer=True),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        certificate=der,
        pkcs12=pkcs12.serialize_key_and_certificates(
            person.name.encode(),
            opened.key,
            certificate,
            opened.chain,
            _STRONG.build(secret.reveal().encode()),
        ),
        added_at=work.now,
    )
    work.session.add(key)
    work.audit("esign.key.added", _ref(person), serial=key.serial, issuer=key.issuer)
    return key


def key_of(view: View, person_id: UUID) -> SigningKey:
    """The key that a person signs with; NoKeyError without one."""
    key = view.session.scalar(_in_use(person_id))
    if key is None:
        raise NoKeyError(
            _("Penanda tangan ini belum mempunyai kunci."),
            advice=_("Pasang kuncinya dengan leuit esign key add."),
        )
    return key


def _in_use(person_id: UUID) -> Select[SigningKey]:
    return select(SigningKey).where(
        SigningKey.person_id == person_id, SigningKey.retired_at.is_(None)
    )


def _ref(person: Person) -> RecordRef:
    return RecordRef("core.person", str(person.id), person.name)


def _name(certificate: Certificate, *, issuer: bool) -> str:
    name = certificate.issuer if issuer else certificate.subject
    parts = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return ", ".join(str(part.value) for part in parts)[:200]
