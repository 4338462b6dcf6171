"""Who is who, and who may do what, where and when."""

from .accounts import Account, ApiToken, Grant, SignInAttempt, WebSession
from .identity import ANONYMOUS, SYSTEM, Identity
from .organisation import (
    DEFINITIF,
    PLH,
    PLT,
    Assignment,
    Person,
    PersonPin,
    Position,
    Unit,
    UnitClosure,
    UnitLink,
    person_fk,
    unit_fk,
)
from .rule import (
    holds_on,
    is_own,
    people_in,
    permissions_held,
    subtree,
    units_allowed,
    visible_people,
)
from .secrets import check_new_password, hash_password, key_hash, new_key, password_matches
from .superior import holders_of, posts_decided, superior_of
from .tree import rebuild_closure
from .vocabulary import Permission, Rights, Role

__all__ = [
    "ANONYMOUS",
    "DEFINITIF",
    "PLH",
    "PLT",
    "SYSTEM",
    "Account",
    "ApiToken",
    "Assignment",
    "Grant",
    "Identity",
    "Permission",
    "Person",
    "PersonPin",
    "Position",
    "Rights",
    "Role",
    "SignInAttempt",
    "Unit",
    "UnitClosure",
    "UnitLink",
    "WebSession",
    "check_new_password",
    "hash_password",
    "holders_of",
    "holds_on",
    "is_own",
    "key_hash",
    "new_key",
    "password_matches",
    "people_in",
    "permissions_held",
    "person_fk",
    "posts_decided",
    "rebuild_closure",
    "subtree",
    "superior_of",
    "unit_fk",
    "units_allowed",
    "visible_people",
]
