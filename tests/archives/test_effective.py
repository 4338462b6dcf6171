"""What pages, official lists, programs and packages tell of a dossier is what holds for it."""

import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_archives.api.values import dossier_answer
from leuit_archives.models import Dossier
from leuit_archives.service.bags import write_bag
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.effective import effective_rules
from leuit_archives.service.official_lists import BY_RETENTION, DOSSIERS, Asked, numbered
from leuit_archives.service.reapplying import reapply
from tests.archives.archive_room import put_in_force
from tests.archives.ending import Ending, ending
from tests.archives.keepers import table
from tests.support.client import Client

pytestmark = pytest.mark.ci


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def mixed(end: Ending) -> UUID:
    """A dossier of 000.1 (1 + 1, conditional) in which a record has 000.1.3 (2 + 3, musnah)."""
    dossier = end.dossier("000.1", records=2, inactive=False)
    [record, _other] = end.records_of(dossier)
    with end.app.change(SYSTEM) as work:
        correct_record(work, record.id, record.version, Correction(code="000.1.3"), "Salah")
    return dossier


def listed(end: Ending, dossier: UUID) -> dict[str, Any]:
    """Its row of the official lists, which all say the same of it."""
    with end.app.read(end.room.archivist) as view:
        title = view.session.get_one(Dossier, dossier).title
        state = end.state(dossier)
        [row] = [one for one in numbered(view, DOSSIERS, Asked()) if one["description"] == title]
        [kept] = [
            one
            for one in numbered(view, BY_RETENTION[state], Asked())
            if one["description"] == title
        ]
    names = ("active", "inactive", "final", "ends_on")
    assert [row[name] for name in names] == [kept[name] for name in names]
    return row


def told(end: Ending, dossier: UUID) -> tuple[Any, ...]:
    """What a program is told of it."""
    with end.app.read(end.room.archivist) as view:
        one = dossier_answer(view, dossier)
    return (
        one.active_years,
        one.inactive_years,
        one.final_action,
        one.retention_years,
        one.retention_ends_on,
    )


def test_a_mixed_dossier_is_told_by_its_longest_rule(end: Ending) -> None:
    """Not by that of its own code; its final actions differ, so people decide."""
    dossier = mixed(end)
    row = listed(end, dossier)
    assert (row["active"], row["inactive"]) == ("2 tahun", "3 tahun")
    assert (row["final"], row["ends_on"]) == ("Dinilai kembali", "17 Mei 2017")
    assert told(end, dossier) == (2, 3, "dinilai_kembali", 5, dt.date(2017, 5, 17))
    assert packed(end, dossier) == (2, 3, "dinilai_kembali", 5, "2017-05-17")


def packed(end: Ending, dossier: UUID) -> tuple[Any, ...]:
    """What its package says of it."""
    made = io.BytesIO()
    write_bag(end.app, end.room.archivist, dossier, made)
    with zipfile.ZipFile(made) as bag:
        [name] = [one for one in bag.namelist() if one.endswith("records.json")]
        one = json.loads(bag.read(name))["dossier"]
    return (
        one["active_years"],
        one["inactive_years"],
        one["final_action"],
        one["retention_years"],
        one["retention_ends_on"],
    )


def test_a_schedule_applied_anew_is_what_holds(end: Ending) -> None:
    """And an appraisal after it: years and end follow both."""
    dossier = end.dossier("000.1", records=1)
    row = "000.1,Umum,3 Tahun,4 Tahun,Dinilai kembali"
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    put_in_force(end.app, "retention", table(row, heading=heading), dt.date(2026, 9, 1))
    with end.app.change(end.who["proposer"]) as work:
        reapply(work, dossier)
    assert told(end, dossier) == (3, 4, "dinilai_kembali", 7, dt.date(2019, 5, 17))
    end.appraised(dossier, decision="permanen")
    assert (told(end, dossier)[2], listed(end, dossier)["final"]) == ("permanen", "Permanen")


def test_what_was_never_reckoned_is_told_by_its_own_code(end: Ending) -> None:
    """Until the night has passed over it."""
    with end.app.read(SYSTEM) as view:
        dossier = Dossier(class_code="900", active_years=5, final_action="musnah")
        [rule] = effective_rules(view, [dossier]).values()
    assert (rule.active_years, rule.final, rule.years, rule.ends_on) == (5, "Musnah", None, None)


def test_the_page_tells_it_too(end: Ending, client: Client) -> None:
    """With the sum of both periods and the day of its end."""
    with client.as_(end.room.archivist):
        page = client.get(f"/archives/dossiers/{mixed(end)}").text
    for words in ("2 tahun", "3 tahun", "5 tahun", "17 Mei 2017", "Dinilai kembali"):
        assert words in page


def remark(end: Ending, dossier: UUID) -> str:
    """What the list of dossiers says of its state."""
    with end.app.read(end.room.archivist) as view:
        title = view.session.get_one(Dossier, dossier).title
        rows = [one for one in numbered(view, DOSSIERS, Asked()) if one["description"] == title]
    return str(rows[0]["remark"])


def test_the_list_says_where_a_dossier_stands(end: Ending) -> None:
    """From open to its end, and whether it is held."""
    dossier = end.dossier(closed=None, inactive=False)
    assert remark(end, dossier) == "Terbuka"
    end.closed(dossier)
    assert remark(end, dossier) == "Ditutup"
    end.transferred(dossier)
    assert remark(end, dossier) == "Inaktif"
    [disposal] = end.proposed(dossier)
    assert remark(end, dossier) == "Usul musnah"
    end.through(disposal)
    end.work_off()
    assert remark(end, dossier) == "Dimusnahkan"
    held = end.dossier()
    end.hold("1/Pdt/2026", held)
    assert remark(end, held) == "Inaktif, Ditahan"


def test_pages_mark_what_is_destroyed(end: Ending, client: Client) -> None:
    """It is neither opened again nor packed; the list of dossiers marks it, too."""
    ended, closed = end.dossier(), end.dossier(inactive=False)
    [disposal] = end.proposed(ended)
    end.through(disposal)
    end.work_off()
    with client.as_(end.room.archivist):
        page = client.get(f"/archives/dossiers/{ended}").text
        assert "Dimusnahkan" in page
        assert (f"{ended}/reopen" in page, f"{ended}/bag" in page) == (False, False)
        page = client.get(f"/archives/dossiers/{closed}").text
        assert (f"{closed}/reopen" in page, f"{closed}/bag" in page) == (True, True)
        assert "Dimusnahkan" in client.get("/archives/dossiers").text
    end.hold("2/Pdt/2026", closed)
    with client.as_(end.room.archivist):
        assert "Ditahan" in client.get(f"/archives/dossiers/{closed}").text
