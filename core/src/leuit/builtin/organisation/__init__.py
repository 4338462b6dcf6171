"""Units, people, posts, roles and accounts: kept by hand or brought in by files, always dated."""

from leuit.plugins import Plugin
from leuit.values import _

from .accounts import create_account, disable_account, enable_account, set_password
from .demo_cast import CAST, CastMember, cast_identity
from .demo_staff import WARD_POSTS
from .events import StaffChanged, UnitsMoved
from .grants import grant_role, revoke_grant
from .importing import RefusedRowsError, apply_import, receive, store_table, try_import
from .models import ImportFile
from .named_posts import PostHolder, holder_of, position_named, spelled
from .outsiders import check_outsider, hashed_password, open_outside_account, outsider
from .people import change_person, create_person, set_pin
from .posts import assign, create_position, end_assignment
from .posts_nearby import LikelyPost, likely_posts
from .report import STATUSES, ChangedReportError, Report, RowReport, check_digest
from .rights import EDIT, GRANT, MANAGE, READ
from .tables import MAX_BYTES, Line, Table, read_table
from .told_report import print_report, print_rows
from .units import close_unit, create_unit, move_unit, rename_unit, unit_by_code

plugin = Plugin(
    name="organisation",
    title=_("Pegawai dan unit"),
    version="0.1.0",
    module="leuit.builtin.organisation",
    hooks="leuit.builtin.organisation.hooks",
    namespace="core",
)

__all__ = [
    "CAST",
    "EDIT",
    "GRANT",
    "MANAGE",
    "MAX_BYTES",
    "READ",
    "STATUSES",
    "WARD_POSTS",
    "CastMember",
    "ChangedReportError",
    "ImportFile",
    "LikelyPost",
    "Line",
    "PostHolder",
    "RefusedRowsError",
    "Report",
    "RowReport",
    "StaffChanged",
    "Table",
    "UnitsMoved",
    "apply_import",
    "assign",
    "cast_identity",
    "change_person",
    "check_digest",
    "check_outsider",
    "close_unit",
    "create_account",
    "create_person",
    "create_position",
    "create_unit",
    "disable_account",
    "enable_account",
    "end_assignment",
    "grant_role",
    "hashed_password",
    "holder_of",
    "likely_posts",
    "move_unit",
    "open_outside_account",
    "outsider",
    "plugin",
    "position_named",
    "print_report",
    "print_rows",
    "read_table",
    "receive",
    "rename_unit",
    "revoke_grant",
    "set_password",
    "set_pin",
    "spelled",
    "store_table",
    "try_import",
    "unit_by_code",
]
