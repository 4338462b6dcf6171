"""Numbers of what lies in a dossier run over what the reader may read: no gap tells of a secret."""

import re

import pytest

from leuit.work import Leuit
from leuit_archives.pages import dossiers
from leuit_archives.service.filing import file_records
from tests.archives.archive_room import Room, archive_room, chosen
from tests.support.client import Client

pytestmark = pytest.mark.ci

API = "/api/archives/v1"


@pytest.fixture
def room(app: Leuit) -> Room:
    """A dossier of five, the second and the fourth secret."""
    made = archive_room(app)
    found = [made.handed(str(n), secrecy="secret" if n in (2, 4) else "open") for n in range(1, 6)]
    dossier = made.filed(found[0])
    with app.change(made.trusted) as work:
        for one in found[1:]:
            file_records(work, chosen(one), dossier.id)
    return made


def test_no_number_leaves_a_gap(
    room: Room, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the dossier's pages, on the record's own and for programs, one page after another."""
    monkeypatch.setattr(dossiers, "PAGE_SIZE", 2)
    [dossier] = room.dossiers()
    for who, count in ((room.archivist, 3), (room.trusted, 5)):
        numbers: list[str] = []
        places: list[int] = []
        ids: list[str] = []
        with client.as_(who):
            path: str | None = f"/archives/dossiers/{dossier.id}"
            while path:
                page = client.get(path).text
                numbers += re.findall(r'data-label="No\.">(\d+)<', page)
                ids += re.findall(r"/archives/records/([0-9a-f-]{36})", page)
                following = re.search(r'rel="next" href="([^"]+)"', page)
                path = following[1] if following else None
            assert numbers == [str(one) for one in range(1, count + 1)]
            own = [client.get(f"/archives/records/{one}").text for one in ids]
            assert [re.findall(r"nomor isi (\d+)", one) for one in own] == [[n] for n in numbers]
            address = f"{API}/dossiers/{dossier.id}/records?limit=2"
            cursor: str | None = ""
            while cursor is not None:
                answer = client.get(f"{address}&cursor={cursor}" if cursor else address).json()
                places += [one["place"] for one in answer["items"]]
                cursor = answer["next"]
            listed = client.get(f"{API}/records").json()["items"]
        assert places == list(range(1, count + 1))
        assert sorted(one["place"] for one in listed) == places
