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
    position_fk,
    unit_fk,
)
from .recognition import Known, known_by_account, known_by_session, known_by_token
from .rule import (
    holds_on,
    is_own,
    people_in,
    subtree,
    units_allowed,
    visible_people,
)
from .secrets import check_new_password, hash_password, key_hash, new_key, password_matches
from .superior import decided_by, holders_of, holders_of_held, superior_of
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
    "Known",
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
    "decided_by",
    "hash_password",
    "holders_of",
    "holders_of_held",
    "holds_on",
    "is_own",
    "key_hash",
    "known_by_account",
    "known_by_session",
    "known_by_token",
    "new_key",
    "password_matches",
    "people_in",
    "person_fk",
    "position_fk",
    "rebuild_closure",
    "subtree",
    "superior_of",
    "unit_fk",
    "units_allowed",
    "visible_people",
]
