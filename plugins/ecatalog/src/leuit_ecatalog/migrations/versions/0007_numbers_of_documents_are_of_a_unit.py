"""Numbers of documents are of a unit's books, and acts are read in the order of time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_ITS_PURCHASE = (
    "UPDATE ecatalog_order_document SET unit_id = (SELECT p.unit_id FROM ecatalog_purchase p"
    " WHERE p.id = ecatalog_order_document.purchase_id)"
)


def upgrade() -> None:
    """Give each document the unit of its purchase; the new key and the index."""
    with op.batch_alter_table("ecatalog_order_document") as table:
        table.add_column(sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.execute(_OF_ITS_PURCHASE)
    with op.batch_alter_table("ecatalog_order_document") as table:
        table.alter_column("unit_id", existing_type=sa.Uuid(), nullable=False)
        table.create_foreign_key(
            op.f("fk_ecatalog_order_document_unit_id"),
            "unit",
            ["unit_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.drop_constraint(op.f("uq_ecatalog_order_document_kind_number"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_ecatalog_order_document_unit_id_kind_number"), ["unit_id", "kind", "number"]
        )
    op.create_index(
        "ix_ecatalog_purchase_act_at", "ecatalog_purchase_act", ["at", "id"], unique=False
    )
