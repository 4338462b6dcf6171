"""Whether a certificate may sign now: asked before every signature, whatever its level.

pyHanko signs at the levels B-B and B-T without looking at the certificate at all; a letter signed
with an expired or revoked one would only be found out by who receives it.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
    ValidationError,
)

from leuit.values import ConflictError, UnavailableError, _, format_date
from leuit_esign.certificates import certificates
from leuit_esign.service.trust import TrustList

CLOCKS = dt.timedelta(minutes=2)
"""By which the clocks of the server and of an authority may differ."""


class CertificateRefusedError(ConflictError):
    """The certificate may not sign: expired, revoked, or of an issuer that nobody here trusts."""

    code = "certificate_refused"


class CertificateStatusError(UnavailableError):
    """The issuer could not be asked whether it revoked the certificate; nothing was signed."""

    code = "certificate_status_unknown"


def check_certificate(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    trust: TrustList,
    now: dt.datetime,
) -> None:
    """Return when the certificate may sign at that instant; else raise one of the two errors.

    `chain` holds certificates of issuers that came with the key.
    """
    if now > certificate.not_valid_after:
        raise CertificateRefusedError(
            _("Sertifikat penanda tangan habis masa berlakunya pada %(day)s."),
            advice=_("Minta sertifikat baru kepada penerbitnya."),
            day=format_date(certificate.not_valid_after),
        )
    context = ValidationContext(
        trust_roots=certificates(trust.root_pems),
        other_certs=[*chain, *certificates(trust.issuer_pems)],
        allow_fetching=True,
        revocation_mode="hard-fail" if trust.ask_status else "soft-fail",
        moment=now,
        time_tolerance=CLOCKS,
    )
    try:
        asyncio.run(_validated(certificate, context))
    except ExpiredError as error:
        raise CertificateRefusedError(
            _("Sertifikat dalam rantai penanda tangan sudah habis masa berlakunya."),
            advice=_("Minta sertifikat baru kepada penerbitnya."),
        ) from error
    except NotYetValidError as error:
        raise CertificateRefusedError(
            _("Sertifikat penanda tangan belum berlaku."),
            advice=_("Periksa jam server, atau tunggu sampai sertifikatnya berlaku."),
        ) from error
    except RevokedError as error:
        raise CertificateRefusedError(
            _("Sertifikat penanda tangan sudah dicabut."),
            advice=_("Minta sertifikat baru kepada penerbitnya."),
        ) from error
    except InsufficientRevinfoError as error:
        raise CertificateStatusError(
            _("Status sertifikat belum dapat ditanyakan ke penerbitnya. Belum ada yang disimpan."),
            advice=_("Coba lagi beberapa saat lagi."),
            retry_after=60,
        ) from error
    except (PathBuildingError, PathError, ValidationError) as error:
        raise CertificateRefusedError(
            _("Sertifikat penanda tangan bukan dari penerbit yang dipercaya di sini."),
            advice=_("Periksa daftar penerbit yang dipercaya di halaman Peraturan."),
        ) from error


async def _validated(certificate: x509.Certificate, context: ValidationContext) -> None:
    try:
        validator = CertificateValidator(certificate, validation_context=context)
        await validator.async_validate_usage({"non_repudiation"})
    finally:
        await context.aclose()
