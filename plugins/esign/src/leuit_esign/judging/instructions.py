"""What passes between the asker and the worker: instructions in, an examination out, as JSON."""

import datetime as dt
import json
from typing import Any

import attrs

from leuit_esign.rules import ChangedField, Examination, Finding

MEGABYTE = 1024 * 1024


@attrs.frozen
class Instructions:
    """Which file to examine and whom to trust.

    `roots` are PEM texts of trusted roots, `others` of intermediate certificates. `online` says
    that OCSP responders and CRLs named in certificates of a trusted chain may be asked; nothing
    else is ever fetched. `moment` is the instant to judge at, the present one by default.
    """

    path: str
    roots: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    online: bool = True
    moment: dt.datetime | None = None
    max_bytes: int = 100 * MEGABYTE

    def to_line(self) -> str:
        """One line of JSON."""
        plain = attrs.asdict(self)
        plain["moment"] = self.moment.isoformat() if self.moment else None
        return json.dumps(plain)

    @classmethod
    def from_line(cls, line: str) -> "Instructions":
        """Read a line that `to_line` wrote."""
        plain = json.loads(line)
        plain["roots"], plain["others"] = tuple(plain["roots"]), tuple(plain["others"])
        plain["moment"] = dt.datetime.fromisoformat(plain["moment"]) if plain["moment"] else None
        return cls(**plain)


def examination_to_line(examination: Examination) -> str:
    """One line of JSON."""
    plain = attrs.asdict(examination)
    for finding in plain["findings"]:
        moment = finding["signed_at"]
        finding["signed_at"] = moment.isoformat() if moment else None
    return json.dumps(plain)


def examination_from_line(line: str) -> Examination:
    """Read a line that `examination_to_line` wrote; ValueError for anything else."""
    try:
        plain = json.loads(line)
        findings = tuple(_finding(one) for one in plain["findings"])
        return Examination(findings, plain["failure"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no examination: {line[:100]!r}") from error


def _finding(plain: dict[str, Any]) -> Finding:
    moment = plain["signed_at"]
    return Finding(
        **plain
        | {
            "signed_at": dt.datetime.fromisoformat(moment) if moment else None,
            "changed_fields": tuple(ChangedField(**one) for one in plain["changed_fields"]),
        }
    )
