"""Payments on their way: claim, acts, papers."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sp2d_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=140), nullable=False),
        sa.Column("npwp", sa.String(length=16), nullable=False),
        sa.Column("bank", sa.String(length=3), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=70), nullable=False),
        sa.Column("invoice", sa.String(length=100), nullable=False),
        sa.Column("invoice_date", sa.Date(), nullable=True),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("taxed", leuit.storage.Json(), nullable=True),
        sa.Column("lpj_id", sa.Uuid(), nullable=True),
        sa.Column("salary_month", sa.String(length=7), nullable=False),
        sa.Column("salary_type", sa.String(length=10), nullable=False),
        sa.Column("salary_run", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("due", leuit.storage.Instant(), nullable=True),
        sa.Column("returned_by", sa.String(length=12), nullable=False),
        sa.Column("rules_id", sa.Uuid(), nullable=True),
        sa.Column("tax_rules_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("gross > 0", name=op.f("ck_sp2d_payment_gross")),
        sa.CheckConstraint("net > 0 AND net <= gross", name=op.f("ck_sp2d_payment_net")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["person.id"],
            name=op.f("fk_sp2d_payment_created_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lpj_id"], ["sp2d_lpj.id"], name=op.f("fk_sp2d_payment_lpj_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_payment_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_payment")),
    )
    op.create_index(
        op.f("ix_sp2d_payment_created_by"), "sp2d_payment", ["created_by"], unique=False
    )
    op.create_index(op.f("ix_sp2d_payment_lpj_id"), "sp2d_payment", ["lpj_id"], unique=False)
    op.create_index(
        "ix_sp2d_payment_state_due", "sp2d_payment", ["state", "due", "since"], unique=False
    )
    op.create_index(
        "ix_sp2d_payment_unit_year", "sp2d_payment", ["unit_id", "year", "id"], unique=False
    )
    op.create_table(
        "sp2d_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("acted_as", sa.String(length=200), nullable=False),
        sa.Column("reasons", leuit.storage.Json(), nullable=False),
        sa.Column("answers", leuit.storage.Json(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_act_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sp2d_act_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_act")),
    )
    op.create_index("ix_sp2d_act_payment", "sp2d_act", ["payment_id", "at"], unique=False)
    op.create_index("ix_sp2d_act_person", "sp2d_act", ["person_id", "at"], unique=False)
    op.create_table(
        "sp2d_bill",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_bill_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sp2d_bill")),
    )
    op.create_index(op.f("ix_sp2d_bill_payment_id"), "sp2d_bill", ["payment_id"], unique=False)
    op.create_table(
        "sp2d_deduction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Numeric(precision=9, scale=4), nullable=True),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reduces", sa.Boolean(), nullable=False),
        sa.Column("kap_kjs", sa.String(length=10), nullable=False),
        sa.Column("billing_id", sa.String(length=15), nullable=False),
        sa.Column("billing_date", sa.Date(), nullable=True),
        sa.Column("ntpn", sa.String(length=16), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_deduction_amount")),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_deduction_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_deduction")),
        sa.UniqueConstraint("payment_id", "place", name=op.f("uq_sp2d_deduction_payment_id_place")),
    )
    op.create_table(
        "sp2d_duty",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_duty_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sp2d_duty_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("payment_id", "person_id", name=op.f("pk_sp2d_duty")),
    )
    op.create_table(
        "sp2d_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_evidence_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_evidence")),
        sa.UniqueConstraint(
            "payment_id", "item", "sha256", name=op.f("uq_sp2d_evidence_payment_id_item_sha256")
        ),
    )
    op.create_table(
        "sp2d_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("void_reason", sa.String(length=500), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("content", leuit.storage.Json(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("void_sha256", sa.String(length=64), nullable=False),
        sa.Column("signing", sa.String(length=10), nullable=False),
        sa.Column("signing_note", sa.String(length=500), nullable=False),
        sa.Column("signed_sha256", sa.String(length=64), nullable=False),
        sa.Column("filed_kind", sa.String(length=80), nullable=False),
        sa.Column("filed_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_paper_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_paper_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_paper")),
        sa.UniqueConstraint("code", name=op.f("uq_sp2d_paper_code")),
        sa.UniqueConstraint("number", name=op.f("uq_sp2d_paper_number")),
        sa.UniqueConstraint("year", "kind", "value", name=op.f("uq_sp2d_paper_year_kind_value")),
    )
    op.create_index("ix_sp2d_paper_payment", "sp2d_paper", ["payment_id", "kind"], unique=False)
    op.create_index(
        "ix_sp2d_paper_unit", "sp2d_paper", ["unit_id", "year", "kind", "value"], unique=False
    )
    op.create_index(
        "uq_sp2d_paper_standing",
        "sp2d_paper",
        ["payment_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'standing'"),
        postgresql_where=sa.text("state = 'standing'"),
    )
    op.create_table(
        "sp2d_payment_line",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_payment_line_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["sp2d_line.id"],
            name=op.f("fk_sp2d_payment_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_payment_line_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("payment_id", "line_id", name=op.f("pk_sp2d_payment_line")),
    )
    op.create_index(
        op.f("ix_sp2d_payment_line_line_id"), "sp2d_payment_line", ["line_id"], unique=False
    )
    op.create_table(
        "sp2d_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", leuit.storage.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("total > 0", name=op.f("ck_sp2d_refund_total")),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_refund_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_sp2d_refund_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_refund")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_sp2d_refund_year_number")),
    )
    op.create_index(op.f("ix_sp2d_refund_payment_id"), "sp2d_refund", ["payment_id"], unique=False)
