"""Entries of the audit log in their final form."""

import datetime as dt
import hashlib
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.audit import AuditAction, Entry, seal, verify_body
from leuit.values import SetupError

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def entry(details: dict[str, Any]) -> Entry:
    return Entry(
        id=UUID(int=7),
        at=dt.datetime(2026, 10, 5, 7, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        action="core.unit.created",
        actor={"kind": "system"},
        ref={"kind": "core.unit", "id": "1"},
        details=details,
        request_id="R",
    )


def test_the_leaf_is_canonical_and_holds_nobody() -> None:
    """Members are sorted, the instant is in UTC, and body and salt appear only as a commitment."""
    sealed = seal(entry({"name": "Rahasia"}), salt=b"s" * 32)
    commitment = hashlib.sha256(b"s" * 32 + sealed.body).hexdigest()
    assert sealed.leaf.decode() == (
        '{"action":"core.unit.created","at":"2026-10-05T00:00:00.000000Z",'
        f'"commitment":"{commitment}","id":"00000000-0000-0000-0000-000000000007","v":1}}'
    )
    assert b"Rahasia" not in sealed.leaf


@given(st.dictionaries(st.text(), PLAIN))
def test_a_body_fits_its_leaf_and_no_other(details: dict[str, Any]) -> None:
    """Salt and body verify against their leaf; any changed byte does not."""
    sealed = seal(entry(details))
    assert verify_body(sealed.leaf, sealed.salt, sealed.body)
    assert not verify_body(sealed.leaf, sealed.salt, sealed.body + b" ")
    assert not verify_body(sealed.leaf, bytes(32), sealed.body)
    assert json.loads(sealed.body)["details"] == details


def test_floats_have_no_place(tmp_path: object) -> None:
    """A float anywhere in an entry is refused, as its text is not unique."""
    with pytest.raises(TypeError, match="float"):
        seal(entry({"a": [{"b": 1.5}]}))


@pytest.mark.parametrize("name", ["unit", "Core.unit.made", "core..made", "core.unit.made!"])
def test_names_of_actions_have_a_shape(name: str) -> None:
    """An action is named plugin.noun.participle, in lower case."""
    with pytest.raises(SetupError):
        AuditAction(name, "x")
