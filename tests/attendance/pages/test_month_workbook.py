"""The workbook of a unit's month: what is seen, as text where it is text."""

import io
import re
from typing import Any

import openpyxl

from leuit.identity import SYSTEM, Person
from leuit.values import RecordRef
from tests.support.client import Client

from .world import World

PATH = "/attendance/units/DIN/month"
QUERIES = ("", "&show=deducted&sort=deduction", "&name=staf", "&sub=DIN.A", "&name=zzz")


def rows_of(data: bytes) -> list[list[Any]]:
    """The rows below the head."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if row[0] == "Nama")
    return rows[head + 1 :]


def test_workbook_holds_what_the_page_shows(world: World, client: Client) -> None:
    """Same people in the same order under each filter, with their deduction as a number."""
    client.sign_in(world.office.staff(1))
    for query in QUERIES:
        text = client.get(f"{PATH}?month=2026-10{query}").text
        shown = re.findall(r'class="name"><a href="/attendance/people/[^"]+">([^<]+)</a>', text)
        answer = client.get(f"{PATH}.xlsx?month=2026-10{query}")
        assert answer.headers["content-disposition"].startswith("attachment")
        rows = rows_of(answer.content)
        assert [row[0] for row in rows] == shown, query
    rows = rows_of(client.get(f"{PATH}.xlsx?month=2026-10&show=absent").content)
    assert rows[0][-1] == 0.0225  # three percent for an absent day, cut off by the cap
    assert "TK" in rows[0]
    assert rows[0][1] == world.office.nip(3)


def test_a_name_is_never_a_formula(world: World, client: Client) -> None:
    """A name that looks like a formula or a link is written as text."""
    name = '=HYPERLINK("http://contoh.invalid","x")'
    with world.app.change(SYSTEM) as work:
        work.session.get_one(Person, world.person(5)).name = name
        work.audit("core.person.changed", RecordRef("core.person", "x"))
    client.sign_in(world.office.staff(1))
    data = client.get(f"{PATH}.xlsx?month=2026-10").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]
    assert cells[0].hyperlink is None
    assert "&lt;" not in client.get(f"{PATH}?month=2026-10").text
    assert "&#34;http://contoh.invalid&#34;" in client.get(f"{PATH}?month=2026-10").text
