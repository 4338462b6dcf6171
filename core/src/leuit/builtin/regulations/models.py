"""The table of dated editions of regulations.

An edition is drafted, proposed and activated; once active its row never changes any more, whoever
asks: what was decided under it must stay explainable. A correction is a new edition.
Dates are half-open: `effective_to` is the first day on which the edition no longer holds.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from leuit.storage import CoreBase, Json, blob_fk
from leuit.values import ConflictError, _, new_id

TITLE, LEGAL_BASIS, SOURCE, REASON = 200, 300, 500, 500
"""Lengths of the text columns, in characters."""


class RegulationEdition(CoreBase):
    """One edition of a kind of regulation.

    `body` holds the figures in plain form, `body_sha256` the hash of its canonical JSON;
    `source_sha256` names the stored document they were read from, when there is one.
    `revisions` tells for each version who wrote it and which figures it changed. `seeded` marks an
    edition that the installation itself wrote and activated, without any person.
    """

    __tablename__ = "regulation_edition"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'proposed', 'active', 'withdrawn')", name="status"),
        CheckConstraint(
            "confidence IN ('primary', 'secondary', 'derived', 'unverified')", name="confidence"
        ),
        CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="range"),
        CheckConstraint("activated_by IS NULL OR activated_by <> drafted_by", name="four_eyes"),
        Index("ix_regulation_edition_holds", "kind", "status", "effective_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(TITLE))
    legal_basis: Mapped[str] = mapped_column(String(LEGAL_BASIS))
    source: Mapped[str] = mapped_column(String(SOURCE), default="")
    source_sha256: Mapped[str | None] = blob_fk(nullable=True)
    confidence: Mapped[str] = mapped_column(String(10))
    effective_from: Mapped[dt.date]
    effective_to: Mapped[dt.date | None]
    body: Mapped[Any] = mapped_column(Json())
    body_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(10), default="draft")
    seeded: Mapped[bool] = mapped_column(default=False)
    drafted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    drafted_at: Mapped[dt.datetime]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    proposed_at: Mapped[dt.datetime | None]
    activated_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    activated_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(REASON), default="")
    revisions: Mapped[Any] = mapped_column(Json())
    version: Mapped[int] = mapped_column(default=1)

    @property
    def authors(self) -> frozenset[str]:
        """Ids of all accounts that wrote any of its contents; steps alone make no author."""
        return frozenset(
            revision["by"]
            for revision in self.revisions
            if revision["by"]
            and (
                revision["version"] == 1
                or any(change["path"] != "status" for change in revision["changes"])
            )
        )


@event.listens_for(RegulationEdition, "before_update")
@event.listens_for(RegulationEdition, "before_delete")
def _keep_active(_mapper: Mapper[Any], _connection: Any, row: RegulationEdition) -> None:
    """A second lock behind the services: no unit of work can change an active edition."""
    history = inspect(row).attrs.status.history
    before = history.deleted[0] if history.deleted else row.status
    if before == "active":
        raise ConflictError(
            _("Edisi yang sudah berlaku tidak dapat diubah."),
            advice=_("Buat edisi baru untuk memperbaikinya."),
        )
