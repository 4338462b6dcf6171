"""E-sign in the inbox: the right tasks for the right people, and nothing else."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import SYSTEM, Assignment, Identity, Position
from leuit.plugins import Task
from leuit.values import RecordRef
from leuit_esign.inbox import INBOX
from leuit_esign.models import Document, Step
from leuit_esign.service.acting import readable, refuse
from leuit_esign.service.mandates import NewMandate, give_mandate
from leuit_esign.service.passing import recall
from leuit_esign.service.turn import step_of
from tests.esign.test_chain import Office, office
from tests.support.client import Client

__all__ = ["office"]  # the fixture of the services' tests

SOURCE = INBOX[0]
HOUR = dt.timedelta(hours=1)


def tasks(office: Office, who: Identity, kind: str, limit: int = 50) -> list[Task]:
    """What somebody finds in a tab; the counts agree with it."""
    with office.app.read(who) as view:
        found: list[Task] = list(getattr(SOURCE, kind)(view, limit))
        if kind != "done" and limit >= 50:
            count = SOURCE.count if kind == "mine" else SOURCE.count_others
            assert count(view) == len(found)
        return found


def change(office: Office, document_id: UUID, **columns: Any) -> None:
    """Set columns of a document, or of its open steps where they have them."""
    with office.app.change(SYSTEM) as work:
        document = work.session.get_one(Document, document_id)
        steps = work.session.query(Step).filter_by(document_id=document_id, state="open").all()
        for name, value in columns.items():
            for row in [document] if hasattr(document, name) else steps:
                setattr(row, name, value)
        work.audit("esign.document.started", RecordRef("esign.document", str(document_id), "x"))


def documents(found: list[Task]) -> list[UUID]:
    """The documents that tasks lead to."""
    return [UUID(one.path.rpartition("/")[2]) for one in found]


def test_a_letter_moves_from_inbox_to_inbox(office: Office) -> None:
    """It waits for one after the other, is told to its maker, and stays where it was decided."""
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    sekda, bupati = office.who["sekda"], office.who["bupati"]
    (mine,) = tasks(office, sekda, "mine")
    assert (mine.title, mine.verb) == ("Surat", "Beri paraf")
    assert mine.meta == "Surat · konsep oleh Hilda Contoh"
    assert documents([mine]) == [letter_id]
    assert tasks(office, bupati, "mine") == []
    (theirs,) = tasks(office, office.maker, "others")
    assert theirs.meta == "Surat · menunggu Sekretaris Daerah"
    office.paraf("sekda", letter_id)
    assert tasks(office, sekda, "mine") == []
    assert [one.meta for one in tasks(office, sekda, "done")] == ["Surat · Anda memaraf"]
    assert [one.verb for one in tasks(office, bupati, "mine")] == ["Tanda tangani"]
    assert tasks(office, office.maker, "others")[0].meta == "Surat · menunggu Bupati"
    office.sign("bupati", letter_id)
    assert tasks(office, office.maker, "others") == []
    (ended,) = tasks(office, office.maker, "done")
    assert (ended.meta, ended.chip) == ("Surat Anda · selesai ditandatangani", "")
    assert [one.meta for one in tasks(office, bupati, "done")] == ["Surat · Anda menandatangani"]


def test_how_a_letter_ended_is_told_where_it_ended_badly(office: Office) -> None:
    """Refused and recalled letters carry a chip for their maker."""
    refused = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    with office.app.change(office.who["sekda"]) as work:
        refuse(work, refused, "Tanggal keliru")
    recalled = office.send(("bupati", "sign", 1))
    version = office.document(recalled).version
    with office.app.change(office.maker) as work:
        recall(work, recalled, version, "Isinya berubah")
    ended = {documents([one])[0]: one for one in tasks(office, office.maker, "done")}
    assert (ended[refused].chip, ended[refused].tone) == ("Ditolak", "bata")
    assert (ended[recalled].chip, ended[recalled].tone) == ("Ditarik kembali", "abu")
    assert [one.meta for one in tasks(office, office.who["sekda"], "done")] == [
        "Surat · Anda menolak"
    ]
    assert len(tasks(office, office.maker, "done", limit=1)) == 1


def test_the_earliest_limit_comes_first_and_exceptions_are_marked(office: Office) -> None:
    """Limits before none, each by its wait; reminded, ending by itself, and soon are exceptions."""
    now = office.app.clock.now()
    steps = (("sekda", "paraf", 1), ("bupati", "sign", 2))
    plain, late, soon, ends, told = (office.send(*steps) for _number in range(5))
    change(office, plain, opened_at=now - HOUR)
    change(office, late, due_at=now - HOUR)
    change(office, soon, due_at=now + HOUR)
    change(office, ends, due_at=now + 30 * HOUR, expires=True)
    change(office, told, reminded_at=now, opened_at=now - 2 * HOUR)
    found = tasks(office, office.who["sekda"], "mine")
    assert documents(found) == [late, soon, ends, told, plain]
    assert [one.chip for one in found] == ["", "Segera", "Berakhir sendiri", "Diingatkan", ""]
    assert documents(tasks(office, office.who["sekda"], "mine", limit=2)) == [late, soon]
    assert documents(tasks(office, office.maker, "others", limit=3)) == [late, soon, ends]


def test_the_inbox_follows_the_rule_of_whose_turn_it_is(office: Office) -> None:
    """Side by side, for who stands in, under a mandate, and after the time: as the rule says."""
    now = office.app.clock.now()
    letters = [
        office.send(("sekda", "paraf", 1), ("kadis", "paraf", 1), ("bupati", "sign", 2)),
        office.send(("bupati", "sign", 1)),
        office.send(("bupati", "paraf", 1), ("kadis", "sign", 2)),
        office.send(("kadis", "sign", 1)),
    ]
    change(office, office.send(("kadis", "sign", 1)), due_at=now - HOUR, expires=True)
    agree(office)
    deputy = office.who["sekda"]
    with office.app.change(SYSTEM) as work:
        position = work.session.query(Position).filter_by(title="Kepala Dinas").one()
        work.session.add(
            Assignment(
                person_id=deputy.person_id,
                position_id=position.id,
                kind="Plh.",
                valid_from=work.today,
            )
        )
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.person_id), "x"))
    with office.app.read(SYSTEM) as view:
        wanted = NewMandate("Bupati", "Kepala Bidang", "Keputusan 1", view.today)
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, wanted)
    waits = agree(office)
    assert waits["kadis"] == set()
    assert waits["sekda"] == {letters[0], letters[3]}
    assert waits["dicabut"] == {letters[1]}
    assert {one.meta for one in tasks(office, deputy, "mine")} == {
        "Surat · konsep oleh Hilda Contoh · sebagai Sekretaris Daerah",
        "Surat · konsep oleh Hilda Contoh · sebagai Kepala Dinas",
    }


def agree(office: Office) -> dict[str, set[UUID]]:
    """Everybody's documents in the inbox: those that he may act on, and all may be read."""
    waits: dict[str, set[UUID]] = {}
    for label, who in {**office.who, "maker": office.maker}.items():
        waits[label] = set(documents(tasks(office, who, "mine")))
        with office.app.read(who) as view:
            letters = view.session.scalars(select(Document)).all()
            assert waits[label] == {one.id for one in letters if step_of(view, one)}, label
            for kind in ("mine", "others", "done"):
                for found in documents(list(getattr(SOURCE, kind)(view, 50))):
                    assert readable(view, found).id == found
    return waits


def test_nobody_finds_what_is_not_his(office: Office) -> None:
    """Others’ letters stand in no inbox; an account without a person has an empty one."""
    office.send(("bupati", "sign", 1))
    for kind in ("mine", "others", "done"):
        assert tasks(office, office.who["kadis"], kind) == []
        assert tasks(office, Identity("service", "Alat"), kind) == []


def test_the_page_and_the_menu_show_them(office: Office, client: Client) -> None:
    """Through the whole way: the page Tugas, the count at Tanda tangan, the home page."""
    office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    with client.as_(office.who["sekda"]):
        page = client.get("/tasks").text
        assert "Surat · konsep oleh Hilda Contoh" in page
        assert "1 tugas" in page
        assert page.count("menunggu Anda</span>") == 3  # twice in the menu, once in the tab bar
        assert "Perlu tindakan Anda" in client.get("/").text
    with client.as_(office.maker):
        assert "menunggu Sekretaris Daerah" in client.get("/tasks?show=others").text
        assert "menunggu Anda</span>" not in client.get("/privacy").text
