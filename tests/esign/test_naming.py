"""Naming a position: titles that several units have, and what forms offer while one types."""

import re
from uuid import UUID

import attrs
import pytest

from leuit.builtin.organisation import likely_posts, position_named, set_password, spelled
from leuit.identity import (
    SYSTEM,
    Assignment,
    Person,
    Position,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.values import InvalidInputError, NotFoundError, RecordRef
from tests.esign.letters import letter
from tests.esign.test_chain import SINCE, Office, office
from tests.esign.test_document_pages import brought, version
from tests.support.client import Client

__all__ = ["office"]  # the fixture of the services' tests

PASSWORD = "kata-sandi-uji-panjang"
SECRETARY = "Sekretaris Dinas"


@attrs.frozen
class Region:
    """Two offices with like posts below KAB, and a bidang in the first: ids by spelling."""

    office: Office
    ids: dict[str, UUID]

    def named(self, text: str) -> UUID:
        """The position that a text names today."""
        with self.office.app.read(SYSTEM) as view:
            return position_named(view, text, view.today)

    def offered(self, label: str, limit: int = 200) -> list[tuple[str, str]]:
        """What somebody is offered."""
        with self.office.app.read(self.office.who[label]) as view:
            return [(one.text, one.holder) for one in likely_posts(view, limit)]


@pytest.fixture
def region(office: Office) -> Region:
    """With holders for all but one; `kadis` heads the first office, and not KAB any more."""
    ids: dict[str, UUID] = {}
    with office.app.change(SYSTEM) as work:
        session = work.session
        units = {"KAB": session.query(Unit).one()}
        for code, short, parent in (
            ("DINKES", "Dinkes", "KAB"),
            ("DISDIK", "Dinas Pendidikan", "KAB"),
            ("DINKES-P2P", "P2P", "DINKES"),
        ):
            unit = Unit(code=code, name=short, short=short, kind="dinas", valid_from=SINCE)
            session.add(unit)
            session.flush()
            link = UnitLink(unit_id=unit.id, parent_id=units[parent].id, valid_from=SINCE)
            session.add(link)
            units[code] = unit
        for title, code, is_head in (
            ("Kepala Dinas Kesehatan", "DINKES", True),
            (SECRETARY, "DINKES", False),
            ("Analis A/B", "DINKES", False),
            ("Kepala Dinas Pendidikan", "DISDIK", True),
            (SECRETARY, "DISDIK", False),
            ("Kepala P2P", "DINKES-P2P", True),
            ("Juru P2P", "DINKES-P2P", False),
            ("Pengawas P2P", "DINKES-P2P", False),
        ):
            position = Position(unit_id=units[code].id, title=title, is_head=is_head)
            person = Person(name=f"Pemangku {title} {code}")
            session.add_all([position, person])
            session.flush()
            ids[spelled(title, code)] = position.id
            if title == "Pengawas P2P":
                continue  # vacant
            holder = office.who["kadis"].person_id if title == "Kepala P2P" else person.id
            post = Assignment(
                person_id=holder, position_id=position.id, kind="definitif", valid_from=SINCE
            )
            session.add(post)
        old = session.query(Position).filter_by(title="Kepala Dinas").one()
        ids[spelled("Kepala Dinas", "KAB")] = old.id
        held = session.query(Assignment).filter_by(position_id=old.id).one()
        held.valid_to = work.today
        session.flush()
        rebuild_closure(session)
        work.audit("core.unit.created", RecordRef("core.unit", "DINKES"), code="DINKES")
    return Region(office, ids)


def test_a_title_of_several_units_is_named_with_its_unit(region: Region) -> None:
    """By code or short name, in any case, with the sign on every keyboard too; or by its id."""
    wanted = region.ids[spelled(SECRETARY, "DISDIK")]
    for text in (
        "Sekretaris Dinas · DISDIK",
        "sekretaris dinas · disdik",
        "Sekretaris Dinas / DISDIK",
        "Sekretaris Dinas·DISDIK",
        "  Sekretaris Dinas  ·  Dinas Pendidikan ",
        str(wanted),
    ):
        assert region.named(text) == wanted, text
    for text, position in region.ids.items():
        assert region.named(text) == position, text
    assert region.named("DISDIK") == region.ids[spelled("Kepala Dinas Pendidikan", "DISDIK")]
    assert region.named("Analis A/B") == region.ids[spelled("Analis A/B", "DINKES")]


def test_what_fits_several_is_refused_with_how_to_write_it(region: Region) -> None:
    """Each example that the advice gives is accepted; what fits nothing is told too."""
    with pytest.raises(InvalidInputError, match="beberapa unit") as refused:
        region.named("Sekretaris dinas")
    examples = re.findall("“(.*?)”", refused.value.next_step())
    assert [region.named(one) for one in examples] == [
        region.ids[spelled(SECRETARY, code)] for code in ("DINKES", "DISDIK")
    ]
    for text in ("Sekretaris Dinas · KAB", "· DISDIK", "Sekretaris Dinas ·", "·"):
        with pytest.raises(NotFoundError, match="DINKES"):
            region.named(text)
    with pytest.raises(InvalidInputError, match="Tulis nama jabatannya"):
        region.named(" ")


def test_those_near_are_offered_as_they_are_taken(region: Region) -> None:
    """Heads of one's unit and above, heads of offices, colleagues; nobody for a vacant post."""
    offered = region.offered("kadis")
    assert [text for text, _holder in offered] == [
        "Kepala Dinas Kesehatan · DINKES",
        "Kepala P2P · DINKES-P2P",
        "Bupati · KAB",
        "Kepala Dinas Pendidikan · DISDIK",
        "Juru P2P · DINKES-P2P",
    ]
    assert offered[0][1] == "Pemangku Kepala Dinas Kesehatan DINKES"
    assert offered[1][1] == region.office.who["kadis"].name
    posts = [text for text, _holder in offered if text != "Bupati · KAB"]
    assert [region.named(text) for text in posts] == [region.ids[text] for text in posts]
    assert region.offered("kadis", limit=2) == offered[:2]
    assert "Sekretaris Daerah · KAB" in dict(region.offered("bupati"))


def test_who_stands_in_is_the_one_offered(region: Region) -> None:
    """A Plh. is named in place of the holder, as he would sign."""
    deputy = region.office.who["sekda"]
    with region.office.app.change(SYSTEM) as work:
        position_id = region.ids[spelled("Kepala Dinas Kesehatan", "DINKES")]
        post = Assignment(
            person_id=deputy.person_id, position_id=position_id, kind="Plh.", valid_from=work.today
        )
        work.session.add(post)
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.person_id), "x"))
    assert dict(region.offered("kadis"))["Kepala Dinas Kesehatan · DINKES"] == deputy.name


def test_forms_offer_them_without_a_script(region: Region, client: Client) -> None:
    """The step form, the form to hand on and that of a mandate; what is offered is accepted."""
    office = region.office
    for who in (office.maker, office.who["bupati"]):
        assert who.account_id is not None
        set_password(office.app, SYSTEM, who.account_id, PASSWORD)
    client.sign_in(office.maker)
    path = brought(client, letter())
    for inner, fields in (
        ("places", {"spot": "bottom_right", "page": "1"}),
        ("prepare", {}),
        ("steps", {"position": "Bupati · KAB", "kind": "sign", "number": "1"}),
    ):
        answer = client.post_form(f"{path}/{inner}", {"version": version(client, path), **fields})
        assert answer.status_code == 303, answer.text
        if inner == "prepare":
            _offers(client.get(path).text, "position")
    client.post_form(f"{path}/start", {"version": version(client, path)})
    client.sign_in(office.who["bupati"])
    _offers(client.get(f"{path}/hand-on").text, "to")
    _offers(client.get("/esign/mandates/new").text, "principal", "delegate", "through")


def _offers(html: str, *names: str) -> None:
    for name in names:
        assert re.search(rf'<input[^>]* name="{name}"[^>]* list="l-positions"', html), name
    assert html.count('<datalist id="l-positions">') == 1
    assert re.search(r'<option value="Bupati · KAB">[^<]+</option>', html)
