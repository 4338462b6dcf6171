"""Whom a signature is trusted by: roots given by the asker, status asked of their issuers only.

Certificates are never fetched, so a file cannot make this process call an address of its choice:
OCSP responders and CRLs are asked for only for certificates whose issuer's signature has been
checked up to a trusted root (RFC 5280 6.1.3: the signature comes before the status).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import attrs
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.fetchers import FetcherBackend, Fetchers
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.api import FetchLimits
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from leuit_esign.certificates import certificates

from .instructions import Instructions

SECONDS_PER_REQUEST = 5
LIMITS = FetchLimits(max_requests=60, max_cert_requests=0)
_DECLARED = RevocationCheckingPolicy.from_legacy("hard-fail")
STRICT = CertRevTrustPolicy(_DECLARED)
"""Who can be asked is asked, and answers are fresh."""
STRICT_PAST = CertRevTrustPolicy(_DECLARED, retroactive_revinfo=True)
"""The same for a moment in the past: what is known today counts for it."""
LENIENT = CertRevTrustPolicy(
    RevocationCheckingPolicy.from_legacy("soft-fail"),
    freshness=dt.timedelta(days=36_500),
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)
"""Who cannot be asked is believed; an old answer still tells of what was revoked by then."""
_FROM_TIME = ("OUT_OF_BOUNDS", "REVOKED")
"""Beginnings of the subindications that a proof of time can answer."""


@attrs.frozen
class Told:
    """What is told of one signature.

    `stamp` is its time stamp where that is to be trusted. `known` says that everybody who can tell
    of the certificates could be asked; `held` that the file itself proves a signature good that by
    its status of today would not be.
    """

    status: PdfSignatureStatus
    stamp: TimestampSignatureStatus | None
    known: bool
    held: bool = False

    @property
    def trusted(self) -> bool:
        return self.held or self.status.trusted


class Trust:
    """Roots, validation data of the file, and fetchers shared by all its signatures."""

    def __init__(
        self,
        roots: Iterable[x509.Certificate],
        others: Iterable[x509.Certificate],
        store: DocumentSecurityStore | None,
        backend: FetcherBackend | None,
        moment: dt.datetime | None,
    ) -> None:
        self._roots = list(roots)
        self._others = list(others)
        self._store = store
        self._backend = backend
        self._moment = moment
        self._fetchers: Fetchers | None = backend.get_fetchers() if backend else None

    @classmethod
    def of(cls, reader: PdfFileReader, instructions: Instructions) -> Self:
        """The trust that the instructions give, for the signatures of one file."""
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            store = None
        backend = (
            AIOHttpFetcherBackend(per_request_timeout=SECONDS_PER_REQUEST, limits=LIMITS)
            if instructions.online
            else None
        )
        return cls(
            certificates(instructions.roots),
            certificates(instructions.others),
            store,
            backend,
            instructions.moment,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._backend is not None:
            await self._backend.close()

    async def told_of(self, signature: EmbeddedPdfSignature) -> "Told":
        """What can be told of a signature now, or of the time for which its time stamp speaks.

        An expired or revoked certificate does no harm to a signature whose trusted time stamp is
        older: its chain is then judged at that time, by all that is known today.
        """
        now = await self._at(signature, None)
        if now.status.trusted or not name_of(now.status.trust_problem_indic).startswith(_FROM_TIME):
            return now
        if now.stamp is not None:
            then = await self._at(signature, now.stamp.timestamp)
            if then.status.trusted:
                known = now.known and then.known
                return Told(then.status, now.stamp, known)
        if await self._held_in_its_time(signature):
            return Told(now.status, now.stamp, known=True, held=True)
        return now

    async def stamp_of(self, stamp: EmbeddedPdfSignature) -> DocumentTimestampStatus:
        """The status of a document time stamp."""
        return await async_validate_pdf_timestamp(stamp, self._context(None, strict=False))

    async def _at(self, signature: EmbeddedPdfSignature, moment: dt.datetime | None) -> "Told":
        """What is told at a moment; of issuers that cannot be asked nothing bad is assumed."""
        strict = await async_validate_pdf_signature(signature, self._context(moment, strict=True))
        stamp = _trusted_stamp(strict)
        if (strict.trusted or strict.revoked) and (stamp or strict.timestamp_validity is None):
            return Told(strict, stamp, known=True)
        lenient = await async_validate_pdf_signature(signature, self._context(moment, strict=False))
        known = strict.trusted == lenient.trusted and stamp is not None
        return Told(strict if strict.trusted else lenient, stamp or _trusted_stamp(lenient), known)

    async def _held_in_its_time(self, signature: EmbeddedPdfSignature) -> bool:
        """Whether document time stamps and stored data prove that a signature was good when made.

        ETSI EN 319 102-1 clause 5.6.3.
        """
        policy = CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=self._roots),
            revinfo_policy=STRICT,
        )
        online = RevinfoOnlineFetchingRule.NO_HISTORICAL_FETCH
        gathering = RevocationInfoGatheringSpec(
            online_fetching_rule=online if self._backend else RevinfoOnlineFetchingRule.LOCAL_ONLY,
            fetcher_backend=self._backend,
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        )
        timing = None
        if self._moment is not None:
            timing = ValidationTimingInfo(
                validation_time=self._moment,
                best_signature_time=self._moment,
                point_in_time_validation=False,
            )
        found = await ades_lta_validation(
            signature,
            PdfSignatureValidationSpec(
                SignatureValidationSpec(
                    cert_validation_policy=policy, revinfo_gathering_policy=gathering
                )
            ),
            timing_info=timing,
        )
        return bool(found.ades_subindic == AdESPassed.OK)

    def _context(self, moment: dt.datetime | None, *, strict: bool) -> ValidationContext:
        options: dict[str, Any] = {
            "trust_roots": self._roots,
            "other_certs": self._others,
            "allow_fetching": self._fetchers is not None,
            "fetchers": self._fetchers,
            "crls": [],
            "ocsps": [],
            "moment": moment or self._moment,
            "revinfo_policy": LENIENT if not strict else STRICT if moment is None else STRICT_PAST,
        }
        if self._store is None:
            context = ValidationContext(**options)
        else:
            context = self._store.as_validation_context(options)
        context.certificate_registry.fetcher = None  # as pyHanko's NEVER_FETCH does
        return context


def _trusted_stamp(status: PdfSignatureStatus) -> TimestampSignatureStatus | None:
    stamp = status.timestamp_validity
    return stamp if stamp and stamp.valid and stamp.intact and stamp.trusted else None


def name_of(word: Any) -> str:
    """The name of a value of one of pyHanko's enumerations; empty for none."""
    return "" if word is None else str(word.name)
