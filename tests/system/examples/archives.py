"""Examples of archives: instruments are read by all, and brought in for the whole regency."""

import attrs

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_archives.service.instrument_import import receive
from leuit_archives.service.instruments import INSTRUMENTS
from tests.archives.keepers import HEAD, SINCE, table
from tests.system.access import ROOT, Example, Region

CLASSES = table("000,Umum,,1", "000.1,Ketatausahaan,000,2", "000.1.2,Perjalanan Dinas,000.1,3")
RULES = table(
    "000.1.2,Perjalanan Dinas,2 Tahun setelah tahun anggaran berakhir,3 Tahun,Musnah",
    "000.1.3,Rapat,1 Tahun Selama Berlaku,1 Tahun,Permanen",
    heading="code,title,raw_active,raw_inactive,raw_final_action",
)


def in_force(app: Leuit) -> None:
    """A small classification and a small schedule that hold since the beginning of the year."""
    for name, data in (("classification", CLASSES), ("retention", RULES)):
        instrument = INSTRUMENTS[name]
        received = receive(app, instrument, data, f"{name}.csv")
        with app.change(SYSTEM) as work:
            rows = [read.row for read in received.rows]
            body = instrument.body(work, rows, received.file)
            draft = Draft("Contoh", "Perbup contoh", "unverified", SINCE, body, "Data contoh")
            seed_edition(work, instrument.regulation, draft)


def asked_report(app: Leuit) -> dict[str, str]:
    """What the address of the report of a later schedule holds; its file lies in the store."""
    received = receive(app, INSTRUMENTS["retention"], RULES + b"\nx,X,2,3,Musnah", "jra.csv")
    head = {name: str(value) for name, value in attrs.asdict(HEAD).items()}
    return {"file": received.file.sha256, "name": received.file.name, **head}


def examples(region: Region) -> dict[str, Example]:
    """Nothing of a unit: an instrument is of the whole regency."""
    in_force(region.app)
    one = "/archives/instruments/{name}"
    named = {"name": "retention"}
    api = "/api/archives/v1/instruments"
    asked = asked_report(region.app)
    return {
        "GET /archives/instruments": Example(),
        "GET /archives/search": Example(),
        f"GET {one}": Example(params={"name": "classification"}),
        f"GET {api}": Example(),
        f"GET {api}/{{name}}/editions": Example(params=named),
        f"GET {api}/{{name}}/rows": Example(params=named),
        f"GET {one}/import": Example(params=named, unit=ROOT),
        f"POST {one}/import": Example(params=named, form={}, file=("jra.csv", RULES), unit=ROOT),
        f"GET {one}/import/report": Example(params=named, query=asked, unit=ROOT),
        f"POST {one}/import/report": Example(
            params=named, form={**asked, "digest": "lain"}, unit=ROOT
        ),
    }
