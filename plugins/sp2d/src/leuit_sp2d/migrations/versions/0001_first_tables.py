"""First tables."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0001"
down_revision = None
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
        "sp2d_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=35), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("made_at", leuit.storage.Instant(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_sp2d_batch_made_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_batch")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sp2d_batch_message_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_sp2d_batch_sha256")),
    )
    op.create_table(
        "sp2d_dpa",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("skpd_code", sa.String(length=30), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", leuit.storage.Instant(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["person.id"],
            name=op.f("fk_sp2d_dpa_imported_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_dpa_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_dpa")),
        sa.UniqueConstraint(
            "unit_id", "year", "sequence", name=op.f("uq_sp2d_dpa_unit_id_year_sequence")
        ),
    )
    op.create_table(
        "sp2d_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.Column("activity_name", sa.String(length=300), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("account_name", sa.String(length=300), nullable=False),
        sa.Column("unreleased", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("free >= 0", name=op.f("ck_sp2d_line_free")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_sp2d_line_reserved")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_sp2d_line_spent")),
        sa.CheckConstraint("unreleased >= 0", name=op.f("ck_sp2d_line_unreleased")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_line_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_line")),
        sa.UniqueConstraint(
            "unit_id",
            "year",
            "activity",
            "account",
            name=op.f("uq_sp2d_line_unit_id_year_activity_account"),
        ),
    )
    op.create_table(
        "sp2d_lpj",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_as", sa.String(length=200), nullable=False),
        sa.Column("decided_at", leuit.storage.Instant(), nullable=True),
        sa.Column("reasons", leuit.storage.Json(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decided_by <> created_by", name=op.f("ck_sp2d_lpj_two_people")),
        sa.CheckConstraint("total > 0", name=op.f("ck_sp2d_lpj_total")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_sp2d_lpj_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_sp2d_lpj_decided_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_lpj_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_lpj")),
        sa.UniqueConstraint(
            "unit_id", "year", "value", name=op.f("uq_sp2d_lpj_unit_id_year_value")
        ),
    )
    op.create_index(op.f("ix_sp2d_lpj_created_by"), "sp2d_lpj", ["created_by"], unique=False)
    op.create_index(op.f("ix_sp2d_lpj_decided_by"), "sp2d_lpj", ["decided_by"], unique=False)
    op.create_index("ix_sp2d_lpj_state", "sp2d_lpj", ["state", "unit_id"], unique=False)
    op.create_table(
        "sp2d_spd",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", leuit.storage.Instant(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_sp2d_spd_quarter")),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_sp2d_spd_issued_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_spd_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_spd")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_sp2d_spd_year_number")),
    )
    op.create_index(op.f("ix_sp2d_spd_unit_id"), "sp2d_spd", ["unit_id"], unique=False)
    op.create_table(
        "sp2d_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("statement_id", sa.String(length=35), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closing", sa.BigInteger(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("read_at", leuit.storage.Instant(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["read_by"], ["person.id"], name=op.f("fk_sp2d_statement_read_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_statement")),
        sa.UniqueConstraint(
            "account",
            "statement_id",
            "page",
            name=op.f("uq_sp2d_statement_account_statement_id_page"),
        ),
    )
    op.create_index(
        "ix_sp2d_statement_ends", "sp2d_statement", ["account", "ends_on"], unique=False
    )
    op.create_table(
        "sp2d_dpa_line",
        sa.Column("dpa_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sp2d_dpa_line_amount")),
        sa.ForeignKeyConstraint(
            ["dpa_id"], ["sp2d_dpa.id"], name=op.f("fk_sp2d_dpa_line_dpa_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["sp2d_line.id"],
            name=op.f("fk_sp2d_dpa_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("dpa_id", "line_id", name=op.f("pk_sp2d_dpa_line")),
    )
    op.create_index(op.f("ix_sp2d_dpa_line_line_id"), "sp2d_dpa_line", ["line_id"], unique=False)
    op.create_table(
        "sp2d_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("from_pocket", sa.String(length=10), nullable=False),
        sa.Column("to_pocket", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cause_kind", sa.String(length=12), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_entry_amount")),
        sa.CheckConstraint("from_pocket <> to_pocket", name=op.f("ck_sp2d_entry_pockets")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sp2d_line.id"], name=op.f("fk_sp2d_entry_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["sp2d_entry.id"],
            name=op.f("fk_sp2d_entry_reverses_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_entry")),
    )
    op.create_index("ix_sp2d_entry_cause", "sp2d_entry", ["cause_kind", "cause_id"], unique=False)
    op.create_index("ix_sp2d_entry_line_at", "sp2d_entry", ["line_id", "at"], unique=False)
    op.create_index(op.f("ix_sp2d_entry_reverses_id"), "sp2d_entry", ["reverses_id"], unique=False)
    op.create_table(
        "sp2d_lpj_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lpj_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lpj_id"],
            ["sp2d_lpj.id"],
            name=op.f("fk_sp2d_lpj_evidence_lpj_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_lpj_evidence")),
        sa.UniqueConstraint("lpj_id", "sha256", name=op.f("uq_sp2d_lpj_evidence_lpj_id_sha256")),
    )
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
        "sp2d_receipt",
        sa.Column("lpj_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_receipt_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sp2d_line.id"], name=op.f("fk_sp2d_receipt_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lpj_id"], ["sp2d_lpj.id"], name=op.f("fk_sp2d_receipt_lpj_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lpj_id", "place", name=op.f("pk_sp2d_receipt")),
    )
    op.create_index(op.f("ix_sp2d_receipt_line_id"), "sp2d_receipt", ["line_id"], unique=False)
    op.create_table(
        "sp2d_spd_line",
        sa.Column("spd_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_spd_line_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["sp2d_line.id"],
            name=op.f("fk_sp2d_spd_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["spd_id"], ["sp2d_spd.id"], name=op.f("fk_sp2d_spd_line_spd_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("spd_id", "line_id", name=op.f("pk_sp2d_spd_line")),
    )
    op.create_index(op.f("ix_sp2d_spd_line_line_id"), "sp2d_spd_line", ["line_id"], unique=False)
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
        "sp2d_instruction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("end_to_end", sa.String(length=35), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(length=140), nullable=False),
        sa.Column("bank", sa.String(length=3), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=70), nullable=False),
        sa.Column("remittance", sa.String(length=140), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", leuit.storage.Instant(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("bank_ref", sa.String(length=35), nullable=False),
        sa.Column("return_reason", sa.String(length=140), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_instruction_amount")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["sp2d_batch.id"],
            name=op.f("fk_sp2d_instruction_batch_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_instruction_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["sp2d_instruction.id"],
            name=op.f("fk_sp2d_instruction_replaces_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_instruction")),
        sa.UniqueConstraint("end_to_end", name=op.f("uq_sp2d_instruction_end_to_end")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_sp2d_instruction_replaces_id")),
    )
    op.create_index(
        op.f("ix_sp2d_instruction_batch_id"), "sp2d_instruction", ["batch_id"], unique=False
    )
    op.create_index("ix_sp2d_instruction_payment", "sp2d_instruction", ["payment_id"], unique=False)
    op.create_index("ix_sp2d_instruction_state", "sp2d_instruction", ["state"], unique=False)
    op.create_index(
        "uq_sp2d_instruction_open",
        "sp2d_instruction",
        ["payment_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'sent', 'paid')"),
        postgresql_where=sa.text("state IN ('waiting', 'sent', 'paid')"),
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
