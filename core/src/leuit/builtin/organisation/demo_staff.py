"""Invented staff of the demonstration, as rows of the import of staff.

Names are put together from given words and made-up words for places, so they belong to nobody; the
same seed gives the same people. NIK numbers are of district 99, which does not exist.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import attrs

from leuit.identity import DEFINITIF, PLH, PLT

from .demo_cast import CAST, CastMember

SINCE = dt.date(2025, 1, 2)
FIRST_PIN = 20_001
COLUMNS = (
    "nip",
    "nik",
    "name",
    "sex",
    "unit_code",
    "position",
    "is_head",
    "kind",
    "pin",
    "effective",
    "until",
    "account",
)
_MEN = (
    "Asep",
    "Atang",
    "Cecep",
    "Dadang",
    "Darma",
    "Deden",
    "Encep",
    "Endang",
    "Gilang",
    "Hendi",
    "Iwa",
    "Jaja",
    "Jajang",
    "Kosim",
    "Maman",
    "Nanang",
    "Oman",
    "Otong",
    "Rangga",
    "Rukma",
    "Sarip",
    "Soma",
    "Sugih",
    "Tatang",
    "Tedi",
    "Udin",
    "Ujang",
    "Wawan",
    "Yayat",
    "Yana",
)
_WOMEN = (
    "Ai",
    "Anih",
    "Atikah",
    "Cucu",
    "Dewi",
    "Eneng",
    "Entin",
    "Euis",
    "Iis",
    "Ika",
    "Imas",
    "Intan",
    "Kokom",
    "Lilis",
    "Mimin",
    "Nani",
    "Neneng",
    "Nia",
    "Nining",
    "Pipih",
    "Rini",
    "Rukmini",
    "Sari",
    "Tati",
    "Teti",
    "Titin",
    "Wida",
    "Yanti",
    "Yuyun",
    "Yoyoh",
)
_FAMILY_FIRST = (
    "Gunung",
    "Situ",
    "Leuwi",
    "Karang",
    "Pasir",
    "Ranca",
    "Ciawi",
    "Kebon",
    "Tegal",
    "Batu",
    "Kalapa",
    "Curug",
    "Rawa",
    "Muncang",
    "Awi",
    "Randu",
)
_FAMILY_SECOND = (
    "padi",
    "kancana",
    "gading",
    "wangi",
    "sari",
    "lembayung",
    "endah",
    "raga",
    "seureuh",
    "laras",
    "tilu",
    "hurip",
    "bodas",
    "kuning",
)
_HEADS = {
    "sekretariat": "Sekretaris Daerah",
    "inspektorat": "Inspektur",
    "rumah_sakit": "Direktur",
    "kecamatan": "Camat",
    "kelurahan": "Lurah",
}
_WEIGHTS = {"kabupaten": 0, "kecamatan": 4, "kelurahan": 2, "upt": 3, "bagian_setda": 4}
_LARGE = {"RSUD-ADJIDARMO": 44, "DISDIK": 22, "DINKES": 22, "SETDA": 18, "DISKOMINFO-SP": 12}
_OFFICE = (
    "Analis Kebijakan Ahli Muda",
    "Pengadministrasi Perkantoran",
    "Bendahara Pengeluaran",
    "Perencana Ahli Pertama",
    "Arsiparis Terampil",
    "Pengelola Layanan Operasional",
    "Penata Layanan Operasional",
)
_WARD = ("Perawat Terampil", "Perawat Ahli Pertama", "Bidan Terampil", "Dokter Ahli Pertama")
WARD_POSTS = frozenset(_WARD[:3])
"""Posts of the hospital whose holders work in shifts."""
VACANT = ("DISPORA", "36.02.19", "36.02.28")
"""Units whose head's post is vacant: somebody of the unit acts as Plt."""
AWAY = ("DISHUB", "36.02.03")
"""Units whose head is away for some days: somebody of the unit acts as Plh."""


@attrs.frozen
class DemoUnit:
    """A unit that is to be staffed."""

    code: str
    name: str
    kind: str


def staff_rows(
    units: Sequence[DemoUnit], people: int, seed: int, away: tuple[dt.date, dt.date]
) -> list[dict[str, str]]:
    """Rows for so many people; `away`: first and last day on which the heads of AWAY are gone."""
    maker = _Maker(seed)
    cast = {unit.code: [m for m in CAST.values() if m.unit == unit.code] for unit in units}
    cast[units[0].code] = [member for member in CAST.values() if not member.unit]
    counts = _counts(units, people, {code: len(members) for code, members in cast.items()})
    rows: list[dict[str, str]] = []
    for unit in units:
        mine = list(_unit_rows(maker, unit, counts[unit.code], cast[unit.code]))
        acting = next((row for row in mine if row["is_head"] != "ya"), None)
        if acting is not None and unit.code in VACANT:
            mine.append(_acting(acting, unit, PLT, SINCE, None))
        if acting is not None and unit.code in AWAY:
            mine.append(_acting(acting, unit, PLH, *away))
        rows += mine
    return rows


def head_title(unit: DemoUnit) -> str:
    """What the head of a unit is called."""
    bare = unit.name.partition(" ")[2]
    if unit.kind in ("kecamatan", "kelurahan"):
        return f"{_HEADS[unit.kind]} {bare}"
    return _HEADS.get(unit.kind) or f"Kepala {unit.name}"


def _unit_rows(
    maker: "_Maker", unit: DemoUnit, count: int, cast: Sequence[CastMember]
) -> Iterator[dict[str, str]]:
    for member in cast:
        yield maker.cast_row(member, unit.code)
    head = unit.code not in VACANT and not any(member.is_head for member in cast)
    left = count - len(cast)
    if head and left > 0:
        yield maker.row(unit.code, head_title(unit), is_head=True)
        left -= 1
    posts = (*_WARD, *_WARD, *_OFFICE[:2]) if unit.kind == "rumah_sakit" else _OFFICE
    for number in range(left):
        yield maker.row(unit.code, posts[number % len(posts)])


def _acting(
    row: Mapping[str, str], unit: DemoUnit, kind: str, first: dt.date, last: dt.date | None
) -> dict[str, str]:
    return {
        **row,
        "position": head_title(unit),
        "is_head": "ya",
        "kind": kind,
        "pin": "",
        "account": "",
        "effective": first.isoformat(),
        "until": last.isoformat() if last else "",
    }


def _counts(units: Sequence[DemoUnit], people: int, least: Mapping[str, int]) -> dict[str, int]:
    """How many people each unit gets: by weight, at least two and its cast, `people` in all."""
    root = units[0].code
    weights = {unit.code: _LARGE.get(unit.code, _WEIGHTS.get(unit.kind, 7)) for unit in units}
    counts = {code: max(1 if code == root else 2, least[code]) for code in weights}
    spare = people - sum(counts.values())
    total = sum(weights.values())
    shares = {code: spare * weight / total for code, weight in weights.items()}
    for code, share in shares.items():
        counts[code] += int(share)
    left = people - sum(counts.values())
    for code in sorted(shares, key=lambda code: (int(shares[code]) - shares[code], code))[:left]:
        counts[code] += 1
    return counts


class _Maker:
    """Makes people, no two with the same name or number."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(f"{seed} staff")  # noqa: S311 -- invented people, no secrets
        self._names: set[str] = {member.name for member in CAST.values()}
        self._serials: dict[str, int] = {}
        self._count = 0

    def row(self, unit: str, position: str, *, is_head: bool = False) -> dict[str, str]:
        """A new person in a post."""
        chance = self._chance
        woman = chance.random() < 0.48
        born = dt.date(1970 if is_head else 1976, 1, 1) + dt.timedelta(
            days=chance.randrange(365 * (12 if is_head else 24))
        )
        if is_head or chance.random() < 0.7:
            year = min(born.year + chance.randint(22, 28), 2023)
            started = f"{year}{chance.choice((1, 2, 3, 4, 12)):02d}"
        else:
            started = f"{chance.choice((2022, 2023, 2024))}21"
        head = f"{born:%Y%m%d}{started}{2 if woman else 1}"
        self._serials[head] = self._serials.get(head, 0) + 1
        nip = f"{head}{self._serials[head]:03d}"
        name = self._name(_WOMEN if woman else _MEN)
        return self._written(nip, name, born, woman, unit, position, is_head)

    def cast_row(self, member: CastMember, unit: str) -> dict[str, str]:
        """A member of the cast, with an account."""
        born = dt.date(int(member.nip[:4]), int(member.nip[4:6]), int(member.nip[6:8]))
        woman = member.nip[14] == "2"
        row = self._written(
            member.nip, member.name, born, woman, unit, member.position, member.is_head
        )
        return {**row, "account": "ya"}

    def _written(
        self,
        nip: str,
        name: str,
        born: dt.date,
        woman: bool,
        unit: str,
        position: str,
        is_head: bool,
    ) -> dict[str, str]:
        self._count += 1
        day = born.day + (40 if woman else 0)
        nik = f"360299{day:02d}{born:%m%y}{self._count % 9999 + 1:04d}"
        return {
            "nip": nip,
            "nik": nik,
            "name": name,
            "sex": "P" if woman else "L",
            "unit_code": unit,
            "position": position,
            "is_head": "ya" if is_head else "tidak",
            "kind": DEFINITIF,
            "pin": str(FIRST_PIN + self._count - 1),
            "effective": SINCE.isoformat(),
            "until": "",
            "account": "",
        }

    def _name(self, given: Sequence[str]) -> str:
        while True:
            words = [self._chance.choice(given), self._place()]
            if len(self._names) > 2_000:
                words.append(self._place())
            name = " ".join(words)
            if name not in self._names:
                self._names.add(name)
                return name

    def _place(self) -> str:
        return self._chance.choice(_FAMILY_FIRST) + self._chance.choice(_FAMILY_SECOND)
