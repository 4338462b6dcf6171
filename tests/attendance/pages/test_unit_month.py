"""A unit's month on its page: the rules' own sums, filters in the address, fifty a page."""

import datetime as dt
import re

import pytest
from sqlalchemy import event

from leuit.identity import SYSTEM, Unit
from leuit.work import Leuit
from leuit_attendance.pages.strip import Strips, class_marks, week_starts
from leuit_attendance.pages.unit_month import presence_text, scale_end
from leuit_attendance.service.recap import recap
from leuit_attendance.service.unit_month import (
    MonthFigures,
    MonthFilter,
    month_basis,
    month_figures,
    month_people,
)
from leuit_attendance.service.unit_scope import readable_unit, scope_of
from tests.support.client import Client

from .world import TABLE, World

FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
PATH = "/attendance/units/DIN/month?month=2026-10"


@pytest.fixture
def head(world: World, client: Client) -> Client:
    """The head of the dinas."""
    client.sign_in(world.office.staff(1))
    return client


def names(text: str) -> list[str]:
    """The people of the table in order."""
    return re.findall(r'class="name"><a href="/attendance/people/[^"]+">([^<]+)</a>', text)


@pytest.mark.parametrize("code", ["DIN", "DIN.A", "DIN.B"])
def test_sums_are_those_of_the_rules(world: World, app: Leuit, code: str) -> None:
    """Late and early days, statuses and the deduction with free days and cap equal the recap's."""
    with app.read(SYSTEM) as view:
        unit = view.session.query(Unit).filter_by(code=code).one()
        known = {person.person_id: person.sums for person in recap(view, unit, FIRST).people}
        scope = scope_of(view, readable_unit(view, code), FIRST, LAST)
        lines, total = month_people(view, scope, MonthFilter(), TABLE, 50, 0)
        by_cut = MonthFilter(sort="deduction")
        sorted_lines, _total = month_people(view, scope, by_cut, TABLE, 50, 0)
        figures = month_figures(view, scope)
        basis = month_basis(view, figures.bases, LAST)
    assert total == len(lines) == len(known)
    for line in lines:
        sums = known[line.person_id]
        assert dict(line.statuses) | {"bebas": sums.statuses["bebas"]} == sums.statuses
        assert line.late == sums.late_days + sums.missing_in
        assert line.early == sums.early_days + sums.missing_out
        assert line.deduction == sums.deduction
    in_order = [line.deduction for line in sorted_lines]
    assert in_order == sorted((sums.deduction for sums in known.values()), reverse=True)
    assert figures.late == sum(line.late for line in lines)
    assert figures.early == sum(line.early for line in lines)
    assert len(basis.editions) == 2


def test_free_day_and_cap_are_seen(world: World, app: Leuit) -> None:
    """In the world of these tests both the free late day and the cap take something off."""
    with app.read(SYSTEM) as view:
        unit = view.session.query(Unit).filter_by(code="DIN").one()
        sums = [person.sums for person in recap(view, unit, FIRST).people]
    assert any(found.waived for found in sums)
    assert any(found.capped for found in sums)


def test_page_tells_figures_finding_and_provisional(head: Client) -> None:
    """Counts, the chart's sentence, the editions with their marks, and that it is not final."""
    text = head.get(PATH).text
    for words in (
        "Kehadiran",
        "Terlambat paling banyak Selasa, 6 Oktober: 1 orang",
        "Angka sementara",
        "Belum dipastikan",
        "22 hari kerja",
        "5 pegawai",
        "1–5 dari 5 pegawai",
    ):
        assert words in text
    assert 'href="/regulations/' in text


def test_filters_and_order_stand_in_the_address(head: Client) -> None:
    """Each filter keeps its people; the order follows the column; links keep the filters."""
    assert names(head.get(PATH).text) == [
        "Kepala A",
        "Kepala B",
        "Kepala Dinas",
        "Staf A",
        "Staf B",
    ]
    for query, wanted in (
        ("show=late", ["Staf A"]),
        ("show=early", ["Kepala A", "Staf A"]),
        ("show=absent", ["Kepala B"]),
        ("show=deducted", ["Kepala A", "Kepala B", "Staf A"]),
        ("name=staf", ["Staf A", "Staf B"]),
        ("name=198001012005011005", ["Staf B"]),
        ("sub=DIN.A", ["Kepala A", "Staf A"]),
        ("sort=late&name=staf", ["Staf A", "Staf B"]),
        ("sort=absent&show=deducted", ["Kepala B", "Kepala A", "Staf A"]),
        ("name=%25", []),
    ):
        assert names(head.get(f"{PATH}&{query}").text) == wanted, query
    text = head.get(f"{PATH}&show=late").text
    assert "show=late&amp;sort=deduction" in text
    assert "month.xlsx?month=2026-10&amp;show=late" in text


def test_strange_addresses_harm_nothing(head: Client) -> None:
    """Unknown words count as none; what is no month or cannot be looked for is refused kindly."""
    for query in ("show=entah", "sort=entah", "page=-1", "page=999999", "page=abc", "sub="):
        assert head.get(f"{PATH}&{query}").status_code == 200, query
    for query in ("month=2026-13", "month=okt", "month=2026-10&name=%00", "month=0000-01"):
        assert head.get(f"/attendance/units/DIN/month?{query}").status_code == 422, query
    assert head.get(f"{PATH}&sub=KEC").status_code == 404
    empty = head.get("/attendance/units/DIN/month?month=2020-01")
    assert "Belum ada hari yang dihitung" in empty.text


def test_fifty_people_a_page_by_a_fixed_number_of_statements(
    world: World, app: Leuit, head: Client
) -> None:
    """More people make more pages, never more statements."""
    statements: list[str] = []

    @event.listens_for(app.database.reader, "before_cursor_execute")
    def count(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        statements.append(text)

    head.get(PATH)  # editions are read once per installation
    statements.clear()
    head.get(PATH)
    few = len(statements)
    staff = "nip,name,unit_code,position,is_head,kind,pin,effective,account\n" + "".join(
        f"1981010120050110{n:02},Orang {n:03},DIN.B,Pelaksana,,,{n},2024-01-01,\n"
        for n in range(11, 76)
    )
    world.office.bring_in("staff", staff)
    world.work_off()
    statements.clear()
    first = head.get(PATH).text
    assert len(statements) == few
    assert few <= 16
    assert len(names(first)) == 50
    assert "1–50 dari 70 pegawai" in first
    assert len(names(head.get(f"{PATH}&page=2").text)) == 20
    assert len(names(head.get(f"{PATH}&page=2&sort=late").text)) == 20


def test_strips_show_classes_gaps_and_leave() -> None:
    """One cell a day; lateness from above, early leaving from below, letters for what excuses."""
    days = [dt.date(2026, 10, day) for day in (1, 2, 5, 6, 7, 8)]
    strips = Strips(days, class_marks([TABLE]))
    known = {
        days[0]: ("hadir", ""),
        days[1]: ("hadir", "TL2 PSW1"),
        days[2]: ("cuti", ""),
        days[3]: ("dinas_luar", ""),
        days[4]: ("tanpa_keterangan", "TK"),
    }
    assert strips.of(known) == (
        '<span class="strip" aria-hidden="true"><i></i><i class="t2 p1"></i>'
        '<i class="w cuti">C</i><i class="dinas">D</i><i class="absen">×</i>'
        '<i class="kosong"></i></span>'
    )
    assert week_starts(days) == {dt.date(2026, 10, 5)}


def test_scale_is_even_and_presence_is_not_rounded_to_all() -> None:
    """The scale ends at or above the highest bar; one absence keeps presence below a hundred."""
    assert [scale_end(most) for most in (0, 1, 7, 8, 19, 21, 185, 2345)] == [
        2, 2, 8, 8, 20, 22, 200, 2400,
    ]  # fmt: skip
    assert presence_text(MonthFigures()) == "–"
    assert presence_text(MonthFigures(present=591, absent=3)) == "99,5%"
    assert presence_text(MonthFigures(present=99_999, absent=1)) == "99,9%"
    assert presence_text(MonthFigures(present=10)) == "100,0%"
