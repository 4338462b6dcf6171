"""A verdict for programs: the answer of `leuit esign verify --json`, and its exit statuses."""

from typing import Any

from leuit_esign.rules import INVALID, OPEN, UNSIGNED, VALID, Verdict

EXITS = {VALID: 0, INVALID: 1, OPEN: 2, UNSIGNED: 3}


def plain(verdict: Verdict) -> dict[str, Any]:
    """The verdict in plain values; times in UTC, ISO 8601."""
    return {
        "verdict": verdict.word,
        "reason_code": verdict.reason_code,
        "reason": verdict.reason,
        "signatures": [
            {
                "field": one.finding.field,
                "signer": one.finding.signer,
                "signed_at": one.finding.signed_at.isoformat() if one.finding.signed_at else None,
                "level": one.level,
                "verdict": one.word,
                "reason_code": one.reason_code,
            }
            for one in verdict.signatures
        ],
    }
