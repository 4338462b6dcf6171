"""A changed schedule by page: surveyed, looked through, applied, and shortened by hand."""

import re

import pytest

from leuit.work import Leuit
from tests.archives.ending import Ending, ending
from tests.archives.test_reapplying_all import change_schedule
from tests.support.client import Client

pytestmark = pytest.mark.ci

HOME = "/archives/reapplications"


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def test_a_schedule_is_applied_by_page(end: Ending, client: Client) -> None:
    """From the desk over the survey to what became of each dossier."""
    longer, shorter = end.dossier(), end.dossier("900")
    change_schedule(end)
    with client.as_(end.who["proposer"]):
        assert HOME in client.get("/archives/desk").text
        assert "Contoh" in client.get(f"{HOME}/new").text
        path = client.post_form(f"{HOME}/new", {"unit": str(end.root)}).headers["location"]
        assert "Sedang diperiksa" in client.get(path).text
        end.work_off()
        page = client.get(path).text
        assert (str(longer) in page, str(shorter) in page) == (True, False)
        assert "5 tahun, 17 Mei 2017, Musnah" in page
        assert "10 tahun, 17 Mei 2022, Musnah" in page
        for verdict in ("open", "fixed", "lain"):
            assert client.get(f"{path}?verdict={verdict}").status_code == 200
        version = re.findall(r'name="version" value="(\d+)"', client.get(f"{path}/apply").text)[0]
        assert client.post_form(f"{path}/apply", {"version": version}).status_code == 303
        end.work_off()
        page = client.get(path).text
        assert "1 berkas diterapi, 0 dilewati, 0 dipendekkan" in page
        assert "Diterapkan" in page
        page = client.get(f"{path}?verdict=shorter").text
        assert str(shorter) in page
        form = {"dossier": str(shorter)}
        refused = client.post_form(f"{path}/shorten", form)
        assert (refused.status_code, f'value="{shorter}" checked' in refused.text) == (422, True)
        assert 'id="e-reason"' in refused.text
        answer = client.post_form(f"{path}/shorten", form | {"reason": "Keputusan Bupati"})
        assert answer.status_code == 303
        assert "Dipendekkan" in client.get(f"{path}?verdict=shorter").text
        assert path in client.get(HOME).text
    assert (end.retention(longer).years, end.retention(shorter).years) == (10, 7)
    with client.as_(end.room.archivist):
        assert client.get(path).status_code == 403
