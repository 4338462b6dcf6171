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
        "attendance_absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("record_kind", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", leuit.storage.Instant(), nullable=False),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", leuit.storage.Instant(), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('cuti', 'tugas_belajar', 'dinas_luar', 'izin')",
            name=op.f("ck_attendance_absence_kind"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_attendance_absence_range")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_attendance_absence_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_absence")),
    )
    op.create_index(
        "ix_attendance_absence_person",
        "attendance_absence",
        ["person_id", "first_day"],
        unique=False,
    )
    op.create_table(
        "attendance_bad_line",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("raw", sa.String(length=200), nullable=False),
        sa.Column("received_at", leuit.storage.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_bad_line")),
        sa.UniqueConstraint("serial", "fingerprint", name="uq_attendance_bad_line_text"),
    )
    op.create_table(
        "attendance_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False),
        sa.Column("deductions_id", sa.Uuid(), nullable=False),
        sa.Column("schedules_id", sa.Uuid(), nullable=True),
        sa.Column("shifts_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_basis")),
        sa.UniqueConstraint("mark", name=op.f("uq_attendance_basis_mark")),
    )
    op.create_table(
        "attendance_day",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("schedule_start", sa.DateTime(), nullable=True),
        sa.Column("schedule_end", sa.DateTime(), nullable=True),
        sa.Column("check_in", sa.DateTime(), nullable=True),
        sa.Column("check_out", sa.DateTime(), nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("early_minutes", sa.Integer(), nullable=False),
        sa.Column("classes", sa.String(length=120), nullable=False),
        sa.Column("deduction", sa.Integer(), nullable=False),
        sa.Column("late_deduction", sa.Integer(), nullable=False),
        sa.Column("flags", sa.String(length=120), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", leuit.storage.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_attendance_day")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_attendance_day_open",
        "attendance_day",
        ["day"],
        unique=False,
        sqlite_where=sa.text("status = 'belum'"),
        postgresql_where=sa.text("status = 'belum'"),
    )
    op.create_table(
        "attendance_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("usb_id", sa.String(length=24), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("column_map", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("registered_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "column_map IN ('standard', 'swapped')", name=op.f("ck_attendance_device_column_map")
        ),
        sa.CheckConstraint(
            "status IN ('active', 'retired')", name=op.f("ck_attendance_device_status")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_attendance_device_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_device")),
        sa.UniqueConstraint("serial", name=op.f("uq_attendance_device_serial")),
    )
    op.create_index(
        op.f("ix_attendance_device_unit_id"), "attendance_device", ["unit_id"], unique=False
    )
    op.create_index(
        "uq_attendance_device_usb_id",
        "attendance_device",
        ["usb_id"],
        unique=True,
        sqlite_where=sa.text("status = 'active' AND usb_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'active' AND usb_id IS NOT NULL"),
    )
    op.create_table(
        "attendance_schedule_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("override", sa.Boolean(), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(level = 'region') = (target_id IS NULL)",
            name=op.f("ck_attendance_schedule_use_target"),
        ),
        sa.CheckConstraint(
            "level IN ('region', 'unit', 'position', 'person')",
            name=op.f("ck_attendance_schedule_use_level"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_attendance_schedule_use_range"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_schedule_use")),
    )
    op.create_index(
        op.f("ix_attendance_schedule_use_target_id"),
        "attendance_schedule_use",
        ["target_id"],
        unique=False,
    )
    op.create_table(
        "attendance_set_aside",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("pin", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("verify", sa.Integer(), nullable=True),
        sa.Column("workcode", sa.String(length=24), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("received_at", leuit.storage.Instant(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_set_aside")),
        sa.UniqueConstraint("serial", "pin", "at", "status", name="uq_attendance_set_aside_tap"),
    )
    op.create_table(
        "attendance_shift",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_attendance_shift_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_attendance_shift")),
    )
    op.create_index("ix_attendance_shift_day", "attendance_shift", ["day"], unique=False)
    op.create_table(
        "attendance_unknown_device",
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("first_seen_at", leuit.storage.Instant(), nullable=False),
        sa.Column("last_seen_at", leuit.storage.Instant(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_attendance_unknown_device")),
    )
    op.create_table(
        "attendance_command",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("first", sa.DateTime(), nullable=True),
        sa.Column("last", sa.DateTime(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", leuit.storage.Instant(), nullable=False),
        sa.Column("sent_at", leuit.storage.Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("finished_at", leuit.storage.Instant(), nullable=True),
        sa.Column("return_code", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'done', 'failed', 'expired')",
            name=op.f("ck_attendance_command_status"),
        ),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_command_device_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_command")),
        sa.UniqueConstraint("code", name=op.f("uq_attendance_command_code")),
    )
    op.create_index(
        "ix_attendance_command_device_status",
        "attendance_command",
        ["device_id", "status"],
        unique=False,
    )
    op.create_table(
        "attendance_daily_sum",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("checked_at", leuit.storage.Instant(), nullable=False),
        sa.Column("backfills", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_daily_sum_device_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("device_id", "day", name=op.f("pk_attendance_daily_sum")),
    )
    op.create_table(
        "attendance_device_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("objects", sa.String(length=270), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_device_event_device_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_device_event")),
        sa.UniqueConstraint(
            "device_id",
            "at",
            "code",
            "operator",
            "objects",
            name="uq_attendance_device_event_entry",
        ),
    )
    op.create_table(
        "attendance_device_state",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("last_seen_at", leuit.storage.Instant(), nullable=True),
        sa.Column("last_upload_at", leuit.storage.Instant(), nullable=True),
        sa.Column("leads", leuit.storage.Json(), nullable=False),
        sa.Column("records_on_device", sa.BigInteger(), nullable=True),
        sa.Column("lines_stored", sa.BigInteger(), nullable=False),
        sa.Column("offset_seconds", sa.Integer(), nullable=True),
        sa.Column("resend_asked_at", leuit.storage.Instant(), nullable=True),
        sa.Column("resend_told_at", leuit.storage.Instant(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("push_version", sa.String(length=20), nullable=False),
        sa.Column("device_type", sa.String(length=4), nullable=False),
        sa.Column("info", leuit.storage.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_device_state_device_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_attendance_device_state")),
    )
    op.create_table(
        "attendance_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", leuit.storage.Instant(), nullable=False),
        sa.Column("confirmed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("stored", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_import_device_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_attendance_import_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_import")),
    )
    op.create_table(
        "attendance_punch",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("pin", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("verify", sa.Integer(), nullable=True),
        sa.Column("workcode", sa.String(length=24), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=4), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", leuit.storage.Instant(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy", sa.Double(), nullable=True),
        sa.CheckConstraint("source IN ('push', 'file')", name=op.f("ck_attendance_punch_source")),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["attendance_device.id"],
            name=op.f("fk_attendance_punch_device_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_punch")),
        sa.UniqueConstraint("device_id", "at", "pin", "status", name="uq_attendance_punch_tap"),
    )
    op.create_index(
        "ix_attendance_punch_pin_at", "attendance_punch", ["pin", "at", "status"], unique=False
    )
