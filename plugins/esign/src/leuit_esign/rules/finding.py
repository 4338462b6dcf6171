"""What the examination of a signature finds out, before anybody judges it."""

import datetime as dt
from typing import Literal

import attrs

Level = Literal["B-B", "B-T", "B-LT", "B-LTA", "PKCS7"]
"""Baseline levels of PAdES (ETSI EN 319 142-1); PKCS7 is the older `adbe.pkcs7.detached`."""


@attrs.frozen
class ChangedField:
    """A form field that changed after the signature.

    `kind` is its /FT (inherited from its parents, as ISO 32000-1 table 220 has it), empty for a
    name that is not found; `signed` says that a signature stands in it now.
    """

    name: str
    kind: str
    signed: bool = True


@attrs.frozen
class Finding:
    """One signature as examined.

    `coverage` and `modification` are pyHanko's words (ENTIRE_FILE, FORM_FILLING …); `modification`
    is empty where the difference analysis calls the change suspicious. `trust_problem` is the
    subindication of ETSI EN 319 102-1 (REVOKED_NO_POE …), empty while nothing is wrong.
    `signed_at` is the time of the time stamp when `time_proven`, else what the signer claims.
    `revocation_known` says that the status of every certificate of the chain that can be asked for
    was found out. `certificate` is the SHA-256 of the signer's certificate (DER), in hexadecimal.
    """

    field: str
    signer: str = ""
    certificate: str = ""
    signed_at: dt.datetime | None = None
    time_proven: bool = False
    level: Level = "B-B"
    intact: bool = False
    valid: bool = False
    trusted: bool = False
    trust_problem: str = ""
    revocation_known: bool = True
    coverage: str = "UNCLEAR"
    modification: str = ""
    docmdp_ok: bool = False
    changed_fields: tuple[ChangedField, ...] = ()
    failure: str = ""
    """Set when this signature could not be examined: a reason code of `verdict.REASONS`."""


@attrs.frozen
class Examination:
    """A file as examined; `failure` is set when it could not be: a code of `verdict.REASONS`."""

    findings: tuple[Finding, ...] = ()
    failure: str = ""
