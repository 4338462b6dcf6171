"""Pictures of secret pages stay in no browser: who loses the right has nothing left of them."""

import re

import pytest

from leuit.work import Leuit
from tests.archives.letter_office import letter_office
from tests.archives.letter_pdf import letter_pdf
from tests.archives.outgoing_office import letter_office as writing_office
from tests.sp2d.services import with_ports
from tests.support.client import Client

pytestmark = pytest.mark.ci

KEPT, NOT_KEPT = "private, max-age=86400", "no-store"


@pytest.mark.parametrize("grade, told", [(1, KEPT), (2, KEPT), (3, NOT_KEPT), (4, NOT_KEPT)])
def test_pages_of_a_secret_letter_are_not_kept(
    app: Leuit, client: Client, grade: int, told: str
) -> None:
    """From Rahasia on; a file is never kept, of whatever grade."""
    office = letter_office(app)
    letter_id = office.came(grade=grade, files=[(office.file(letter_pdf(), "surat.pdf"), 1)])
    path = f"/archives/letters/{letter_id}/files/1"
    with client.as_(office.who["kadis"]):
        assert client.get(f"{path}/pages/1").headers["cache-control"] == told
        assert NOT_KEPT in client.get(path).headers["cache-control"]


@pytest.mark.parametrize("secrecy, told", [("B", KEPT), ("R", NOT_KEPT)])
def test_pages_of_a_secret_draft_are_not_kept(
    app: Leuit, client: Client, secrecy: str, told: str
) -> None:
    """Letters out are no different."""
    with_ports(app)
    office = writing_office(app)
    path = f"/archives/outgoing/{office.drafted(secrecy=secrecy)}"
    with client.as_(office.writer):
        assert client.get(f"{path}/pages/1").headers["cache-control"] == told
        assert NOT_KEPT in client.get(f"{path}/pdf").headers["cache-control"]


def test_pages_of_a_file_of_unknown_grade_are_not_kept(app: Leuit, client: Client) -> None:
    """What was brought to be registered may turn out to be secret."""
    office = letter_office(app)
    with client.as_(office.who["registrar"]):
        brought = client.post_form(
            "/archives/letters/new",
            {"unit": str(office.units["DIN"])},
            files={"file": ("surat.pdf", letter_pdf(), "application/pdf")},
        )
        path = re.sub(r"\?.*", "", brought.headers["location"])
        assert client.get(f"{path}/pages/1").headers["cache-control"] == NOT_KEPT
