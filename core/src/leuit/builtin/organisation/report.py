"""What an import says of each row, before and after it is applied."""

import hashlib
import json
from collections import Counter
from typing import Any, Literal

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, LeuitError, _

Status = Literal["baru", "berubah", "sama", "ditolak"]
STATUSES: tuple[Status, ...] = ("baru", "berubah", "sama", "ditolak")


@attrs.define
class RowReport:
    """One row: what would happen to what (`key`), or every reason why not."""

    number: int
    key: str
    label: str
    status: Status = "sama"
    changes: list[str] = attrs.field(factory=list)
    faults: list[FieldError] = attrs.field(factory=list)

    def refuse(self, path: str, error: LeuitError | str) -> None:
        """Note a fault; the row will not be applied."""
        if isinstance(error, InvalidInputError) and error.fields:
            self.faults.extend(attrs.evolve(fault, path=path) for fault in error.fields)
        else:
            self.faults.append(FieldError(path, str(error)))
        self.status = "ditolak"

    def changed(self, sentence: str, *, new: bool = False) -> None:
        """Note a change; `new` when the thing itself did not exist."""
        self.changes.append(sentence)
        if new:
            self.status = "baru"
        elif self.status == "sama":
            self.status = "berubah"

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {
            "row": self.number,
            "key": self.key,
            "label": self.label,
            "status": self.status,
            "changes": [str(change) for change in self.changes],
            "faults": [
                {"column": fault.path, "message": fault.sentence()} for fault in self.faults
            ],
        }


@attrs.frozen
class Report:
    """All rows of one file. `applied` says whether anything was stored."""

    kind: str
    rows: tuple[RowReport, ...]
    ignored_columns: tuple[str, ...] = ()
    applied: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same and refused."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    @property
    def refused(self) -> tuple[RowReport, ...]:
        return tuple(row for row in self.rows if row.status == "ditolak")

    @property
    def changes_nothing(self) -> bool:
        counts = self.counts
        return counts["baru"] == counts["berubah"] == 0

    @property
    def digest(self) -> str:
        """A mark of what was shown: another one means that the state changed in between."""
        text = json.dumps([row.plain() for row in self.rows], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": self.kind,
            "applied": self.applied,
            "counts": self.counts,
            "ignored_columns": list(self.ignored_columns),
            "rows": [row.plain() for row in self.rows],
        }


def answer(row: RowReport, column: str, text: str) -> bool | None:
    """`ya` or `tidak`; None for an empty cell, which says nothing."""
    words = {"ya": True, "y": True, "1": True, "tidak": False, "t": False, "0": False, "": None}
    if text.lower() not in words:
        row.refuse(column, _("Tulis ya atau tidak."))
        return None
    return words[text.lower()]


class ChangedReportError(ConflictError):
    """The outcome is no longer the one that was read; nothing was stored."""

    code = "changed_report"

    def __init__(self) -> None:
        super().__init__(
            _("Datanya berubah sejak laporan ini dibuat."),
            advice=_("Periksa laporan yang baru, lalu simpan."),
        )


def check_digest(digest: str | None, report: Report) -> None:
    """ChangedReportError when a report was read and this is another one."""
    if digest is not None and digest != report.digest:
        raise ChangedReportError
