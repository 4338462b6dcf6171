"""A file of TPP base amounts that is sent twice: a double tap, a post after a lost answer."""

from typing import Any
from uuid import UUID

import pytest

from leuit.builtin.organisation import ChangedReportError
from leuit.values import ConflictError
from leuit_sp2d.service import tpp_import
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases, try_bases
from tests.sp2d.test_races import at_once
from tests.sp2d.test_tpp import HEAD, NIPS, bases, bring_in, hidden_in, office, people, row
from tests.sp2d.treasury import Treasury
from tests.support.client import Client

pytestmark = pytest.mark.ci

__all__ = ["office", "people"]  # the fixtures of those tests


def test_the_same_file_is_stored_once(
    office: Treasury, people: tuple[UUID, ...], client: Client
) -> None:
    """Sent twice as its report was read, by program or page, it is done; after another file has
    changed an amount it is not.
    """
    text = HEAD + row(NIPS[0])
    received = receive_bases(office.app, text.encode(), "tpp.csv", replace=True)
    with office.app.read(office.keeper) as view:
        digest = try_bases(view, received).digest
    outcomes = [
        apply_bases(office.app, office.keeper, received, digest=digest).counts for _time in range(2)
    ]
    assert [(one["baru"], one["sama"]) for one in outcomes] == [(1, 0), (0, 1)]
    with pytest.raises(ChangedReportError):
        apply_bases(office.app, office.keeper, received, digest="lain")
    bring_in(office, row(NIPS[0], "4.100.000"), replace=True)
    with pytest.raises(ChangedReportError):
        apply_bases(office.app, office.keeper, received, digest=digest)
    with client.as_(office.keeper):
        file = {"file": ("t.csv", (HEAD + row(NIPS[1])).encode())}
        sent = client.post_form("/sp2d/tpp/import", {}, files=file)
        fields = hidden_in(client.get(sent.headers["location"]).text)
        for told in ("1 besaran TPP tersimpan.", "sudah tersimpan."):
            stored = client.post_form("/sp2d/tpp/import/report", fields)
            assert stored.headers["location"] == "/sp2d/tpp"
            assert told in client.get("/sp2d/tpp").text


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("same", [True, False])
def test_the_same_file_in_the_same_moment_is_stored_once(
    office: Treasury,
    people: tuple[UUID, ...],
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    same: bool,
) -> None:
    """Whoever taps twice is told the same; a file of others that was quicker is a conflict."""
    received = receive_bases(office.app, (HEAD + row(NIPS[0])).encode(), "tpp.csv")
    file = (HEAD + row(NIPS[0]) + ("" if same else "\n")).encode()
    quicker = receive_bases(office.app, file, "tpp.csv")
    plan = tpp_import._plan

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(tpp_import, "_plan", plan)
        planned = plan(*arguments)
        [other] = at_once([lambda: apply_bases(office.app, office.keeper, quicker).counts["baru"]])
        assert other == 1
        return planned

    monkeypatch.setattr(tpp_import, "_plan", meanwhile)
    [told] = at_once([lambda: apply_bases(office.app, office.keeper, received).counts["baru"]])
    assert told == 1 if same else isinstance(told, ConflictError)
    assert len(bases(office)) == 1
