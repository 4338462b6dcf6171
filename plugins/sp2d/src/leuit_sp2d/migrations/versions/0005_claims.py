"""Claims on the desk, and answers kept for programs."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sp2d_answer",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sp2d_answer")),
    )
    op.create_index(op.f("ix_sp2d_answer_at"), "sp2d_answer", ["at"], unique=False)
    op.create_table(
        "sp2d_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_key", sa.String(length=290), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("ref_kind", sa.String(length=80), nullable=False),
        sa.Column("ref_id", sa.String(length=80), nullable=False),
        sa.Column("ref_label", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=140), nullable=False),
        sa.Column("npwp", sa.String(length=16), nullable=False),
        sa.Column("bank", sa.String(length=3), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=70), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("lines", leuit.storage.Json(), nullable=False),
        sa.Column("evidence", leuit.storage.Json(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("handed_by", sa.Uuid(), nullable=True),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", leuit.storage.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'taken') = (payment_id IS NOT NULL)", name=op.f("ck_sp2d_claim_payment")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_claim_amount")),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_sp2d_claim_decided_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["person.id"], name=op.f("fk_sp2d_claim_handed_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_claim_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_claim_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_claim")),
        sa.UniqueConstraint("asked_key", name=op.f("uq_sp2d_claim_asked_key")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_sp2d_claim_payment_id")),
    )
    op.create_index(
        "ix_sp2d_claim_unit_state", "sp2d_claim", ["unit_id", "state", "id"], unique=False
    )
    op.create_table(
        "sp2d_claim_actor",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["sp2d_claim.id"],
            name=op.f("fk_sp2d_claim_actor_claim_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sp2d_claim_actor_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("claim_id", "person_id", name=op.f("pk_sp2d_claim_actor")),
    )
