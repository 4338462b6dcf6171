"""Instruments come in by file: tried, told row by row, drafted, put in force by two people."""

import datetime as dt

import attrs
import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError
from leuit.builtin.regulations import (
    Draft,
    RegulationEdition,
    draft_edition,
    edition,
    seed_edition,
)
from leuit.identity import SYSTEM
from leuit.values import (
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)
from leuit.work import Leuit
from leuit_archives.models import ClassRow, InstrumentTable, RetentionRow
from leuit_archives.service import classification, schedule
from leuit_archives.service.instruments import INSTRUMENTS, instrument_named, standing
from tests.archives.keepers import HEAD, SINCE, Keepers, keepers, sample, table

SMALL = ("000,Umum,,1", "000.1,Ketatausahaan,000,2", "000.1.2,Perjalanan Dinas,000.1,3")
RULES = "code,title,raw_active,raw_inactive,raw_final_action"


@pytest.fixture
def made(app: Leuit) -> Keepers:
    """The people, and nothing in force."""
    return keepers(app)


def test_the_whole_classification_comes_into_force(made: Keepers) -> None:
    """All rows load in the order of codes, a code knows its way up, and a table is stored once."""
    data = sample("klasifikasi_arsip.csv")
    plan = made.tried("classification", data)
    assert plan.report.counts == {"baru": 2_981, "berubah": 0, "sama": 0, "ditolak": 0}
    made.in_force("classification", data)
    with made.app.read(made.stranger) as view:
        stands = standing(view, INSTRUMENTS["classification"], view.today)
        assert stands.held is not None
        assert (stands.count, stands.held.legal_basis) == (2_981, "Perbup contoh")
        levels = view.connection.execute(
            select(ClassRow.level, func.count()).group_by(ClassRow.level).order_by(ClassRow.level)
        ).all()
        assert [tuple(row) for row in levels] == [(1, 10), (2, 56), (3, 674), (4, 2_241)]
        trail = [one.code for one in classification.trail(view, stands.held, "000.5.6.2")]
        assert trail == ["000", "000.5", "000.5.6", "000.5.6.2"]
        below = [one.code for one in classification.below(view, stands.held, "000.1")]
        assert below[:3] == ["000.1.1", "000.1.2", "000.1.3"]
        assert below == sorted(below, key=lambda code: [int(part) for part in code.split(".")])
        tops = classification.below(view, stands.held, "")
        assert [one.code for one in tops] == [f"{number}00" for number in range(10)]
        found = classification.search(view, stands.held, "cuti tahunan")
        assert [one.code for one in found] == ["800.1.11.4"]
        assert classification.search(view, stands.held, "100%") == []
    again = made.tried("classification", data)
    assert again.report.counts["sama"] == 2_981
    made.drafted("classification", data)
    with made.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(InstrumentTable)) == 1


def test_a_difference_report_names_what_an_edition_changes(made: Keepers) -> None:
    """Added, renamed, moved and closed codes are told against the edition of that day."""
    made.in_force("classification", table(*SMALL, "000.1.3,Rapat,000.1,3"))
    later = table("000,Umum,,1", "000.1,Tata usaha,000,2", "000.1.2,Perjalanan Dinas,000.1,3")
    plan = made.tried("classification", later + b"\n000.1.4,Rapat,000.1,3")
    told = {row.key: (row.status, [str(one) for one in row.changes]) for row in plan.report.rows}
    assert told["000"] == ("sama", [])
    assert told["000.1"] == ("berubah", ["Nama sebelumnya: Ketatausahaan"])
    assert told["000.1.4"] == ("baru", ["Baru.", "Pindah dari kode 000.1.3."])
    assert told["000.1.3"] == ("berubah", ["Ditutup."])
    before = made.tried("classification", later, SINCE - dt.timedelta(days=1))
    assert before.report.counts["baru"] == 3
    with made.app.read(SYSTEM) as view:
        assert len(classification.INSTRUMENT.held(view, SINCE)) == 4


@pytest.mark.parametrize(
    "row,code,word",
    [
        ("000.5.6,Pemusnahan,000.5,3", "000.5.6", "induk"),
        ("000.1.2,Dua kali,000.1,3", "000.1.2", "baris sebelumnya"),
        ("000.1.9,,000.1,3", "000.1.9", "Nama kosong"),
        ("000.1.9,Rapat,000.1,2", "000.1.9", "Tingkat"),
        ("000.1.9,Rapat,000.1,x", "000.1.9", "bilangan bulat"),
        ("=1+1,Rapat,000.1,3", "=1+1", "Bukan kode"),
    ],
)
def test_a_table_with_a_fault_never_becomes_an_edition(
    made: Keepers, row: str, code: str, word: str
) -> None:
    """The row is named with its fault, and nothing is stored."""
    data = table(*SMALL, row)
    [refused] = made.tried("classification", data).report.refused
    assert refused.key == code
    assert word in " ".join(fault.sentence() for fault in refused.faults)
    with pytest.raises(RefusedRowsError):
        made.drafted("classification", data)
    with made.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(InstrumentTable)) == 0


def test_the_whole_schedule_says_what_it_leaves_open(made: Keepers) -> None:
    """Its rules are bound to codes of the classification; what is no "after" waits for a person."""
    made.in_force("classification", sample("klasifikasi_arsip.csv"))
    data = sample("jra_daerah_contoh.csv")
    plan = made.tried("retention", data)
    assert plan.report.counts["baru"] == 2_439
    assert len(plan.notes) == 2
    assert plan.notes[0].startswith("9 kode tidak ada di klasifikasi: 100.2.2.1,")
    assert plan.notes[1].startswith("6 kode klasifikasi paling rinci tanpa aturan: 100.2.2,")
    assert sum(point.startswith("Aktif: ") for _code, point in plan.open_points) == 6
    made.in_force("retention", data)
    with made.app.read(made.stranger) as view:
        held = edition(view, schedule.REGULATION, view.today)
        assert held is not None
        assert held.figures.counting == "date"
        destroyed = select(func.count()).where(
            RetentionRow.final_action == "musnah",
            RetentionRow.active_years + RetentionRow.inactive_years >= 10,
        )
        assert view.session.scalar(destroyed) == 103
        [rule], count = schedule.listed_rules(view, held, "000.1.2.3", 0, 10)
        assert (count, rule.active_years, rule.inactive_years, rule.final_action) == (
            1,
            5,
            3,
            "musnah",
        )
    assert made.tried("retention", data).report.counts["sama"] == 2_439


def test_a_rule_that_changes_is_told_in_the_words_of_both(made: Keepers) -> None:
    """Another wording of the same rule is no change, another period or final action is."""
    made.in_force(
        "retention",
        table("A.1,Satu,2 Tahun,3 Tahun,Musnah", "A.2,Dua,1 Tahun,1 Tahun,Musnah", heading=RULES),
    )
    plan = made.tried(
        "retention",
        table(
            "A.1,Satu,5 Tahun setelah tidak berlaku,3 Tahun,Permanen",
            "A.2,Dua,1 tahun,1 Tahun,musnah",
            heading=RULES,
        ),
    )
    [changed, same] = plan.report.rows
    assert [str(one) for one in changed.changes] == [
        "Aktif: 2 Tahun menjadi 5 Tahun setelah tidak berlaku",
        "Nasib akhir: Musnah menjadi Permanen",
    ]
    assert same.status == "sama"
    assert plan.notes == ("Belum ada klasifikasi yang berlaku; kodenya belum dicocokkan.",)


def test_short_instruments_stand_in_their_editions(made: Keepers) -> None:
    """Secrecy, urgency and kinds of letters load whole; wrong rows are refused by column."""
    for name, file, count in (
        ("secrecy", "keamanan_akses.csv", 6),
        ("urgency", "kecepatan.csv", 3),
        ("letter_kinds", "jenis_naskah.csv", 37),
    ):
        data = sample(file)
        made.in_force(name, data)
        with made.app.read(made.stranger) as view:
            assert standing(view, INSTRUMENTS[name], view.today).count == count
        assert made.tried(name, data).report.counts["sama"] == count
    heading = "kind,group,page_shape,number_pattern"
    faults = [
        [(fault.path, fault.code) for fault in row.faults]
        for row in made.tried(
            "letter_kinds",
            table(
                "Surat Dinas,korespondensi,korespondensi,{kode}/{urut:03}",
                "surat dinas,lain,judul,{kode}",
                "Nota,khusus,judul,{urut}/{apa}",
                "Memo,khusus,judul,{urut",
                heading=heading,
            ),
        ).report.rows
        if row.number
    ]
    assert faults == [
        [],
        [
            ("kind", "twice"),
            ("group", "unknown"),
            ("number_pattern", "pattern"),
        ],
        [("number_pattern", "pattern")],
        [("number_pattern", "pattern")],
    ]
    levels = table("B,Biasa,1", "T,Terbatas,2", "R,Rahasia,2", heading="code,name,order")
    wrong = table("B,Biasa,1,lama", heading="code,name,order,status")
    [row] = [one for one in made.tried("secrecy", wrong).report.rows if one.number]
    assert [fault.path for fault in row.faults] == ["status", "order"]
    told = [fault.code for row in made.tried("secrecy", levels).report.rows for fault in row.faults]
    assert told == ["twice", "missing"]


def test_who_may_not_draft_brings_nothing_in(made: Keepers) -> None:
    """Neither the report nor the draft is for others; a name that is none is told."""
    stranger = Keepers(made.app, made.stranger, made.activator, made.stranger)
    for act in (stranger.tried, stranger.drafted):
        with pytest.raises(PermissionDeniedError):
            act("classification", table(*SMALL))
    with pytest.raises(NotFoundError, match="Instrumen itu tidak ada"):
        instrument_named("lain")


def test_a_draft_is_of_the_report_that_was_read(made: Keepers) -> None:
    """When the edition of the day changed in between, the draft is refused as a changed report."""
    data = table(*SMALL)
    digest = made.tried("classification", data).report.digest
    made.in_force("classification", table("000,Umum,,1"))
    with pytest.raises(ChangedReportError):
        made.drafted("classification", data, digest=digest)
    fresh = made.tried("classification", data).report.digest
    draft_id = made.drafted("classification", data, digest=fresh)
    with made.app.read(SYSTEM) as view:
        assert view.session.get_one(RegulationEdition, draft_id).status == "draft"


def test_what_is_no_table_and_what_has_no_name_is_refused(made: Keepers) -> None:
    """A file without rows, and a head that no regulation could have."""
    with pytest.raises(InvalidInputError, match="satu baris"):
        made.tried("classification", table())
    with pytest.raises(InvalidInputError):
        made.drafted("classification", table(*SMALL), attrs.evolve(HEAD, title=""))
    with made.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(InstrumentTable)) == 0


def test_an_edition_names_a_table_that_is_there(made: Keepers) -> None:
    """One written by hand needs the hash of a table; where none is stored, it says what to do."""
    draft = Draft("Tangan", "Perbup", "unverified", SINCE, {"table": "x", "count": 1})
    with pytest.raises(InvalidInputError) as told, made.app.change(made.drafter) as work:
        draft_edition(work, classification.REGULATION, draft)
    assert [fault.path for fault in told.value.fields] == ["body.table"]
    row = {"kind": "Nota", "group": "khusus", "subgroup": "", "page_shape": "bulat"}
    for rows, path in (([row], "body.kinds[0].page_shape"), ([], "body.kinds")):
        wrong = attrs.evolve(draft, body={"kinds": rows})
        with pytest.raises(InvalidInputError) as told, made.app.change(made.drafter) as work:
            draft_edition(work, "archives.letter_kinds", wrong)
        assert [fault.path for fault in told.value.fields] == [path]
    with made.app.change(SYSTEM) as work:
        body = {"table": "0" * 64, "count": 1}
        seed_edition(work, classification.REGULATION, attrs.evolve(draft, body=body))
    with made.app.read(SYSTEM) as view, pytest.raises(UnavailableError, match="tidak ada di basis"):
        classification.INSTRUMENT.held(view, SINCE)
