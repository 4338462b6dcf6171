"""The event from which a retention period counts, told from the wording of a schedule.

A period is "N years after EVENT". The kind says what to look for on a file; the label stays as it
was published. Of several phrases in a wording the one of most words tells its kind, and what no
phrase fits is `lain`: a person sets its date, of each wording its own. Where `dan` joins events the
later date counts, with `atau` the first.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

import attrs

from leuit.values import Text, _

from .phrases import plain

OTHER = "lain"
MOST_LABEL = 200
"""The most characters by which wordings of `lain` are told apart, as many as an event has."""
MOST_TEXT = 80
"""The most characters of the text that is stored; three kinds may pass it."""

TRIGGERS: Mapping[str, Text] = {
    "diperbarui": _("Diperbarui atau diganti yang baru"),
    "tidak_berlaku": _("Tidak berlaku lagi"),
    "tahun_anggaran_berakhir": _("Tahun anggaran berakhir"),
    "pertanggungjawaban_disahkan": _("Pertanggungjawaban disahkan"),
    "pemeriksaan_selesai": _("Pemeriksaan dan tindak lanjutnya selesai"),
    "ditetapkan": _("Ditetapkan atau diterbitkan"),
    "perjanjian_berakhir": _("Perjanjian atau kewajiban berakhir"),
    "putusan_tetap": _("Putusan berkekuatan hukum tetap"),
    "kegiatan_selesai": _("Kegiatan selesai"),
    "pegawai_berhenti": _("Pegawai pensiun, berhenti, diangkat, atau diganti"),
    "barang_dihapuskan": _("Barang dihapuskan atau tidak digunakan lagi"),
    "dikompilasi": _("Dikompilasi menjadi laporan atau program"),
    OTHER: _("Peristiwa lain"),
}
"""Kinds of events and their titles, as both sample schedules need them."""

PHRASES: Mapping[str, tuple[str, ...]] = {
    "diperbarui": (
        "diperbarui",
        "diperbaharui",
        "sistem atau data diperbarui",
        "pemutakhiran data",
        "yang baru",
        "yang terbaru",
        "standar baru ditetapkan",
        "izin baru",
        "tidak ada perubahan",
    ),
    "tidak_berlaku": (
        "tidak berlaku",
        "habis masa berlaku",
        "masa berlaku habis",
        "masa berlakunya habis",
        "hki habis",
    ),
    "tahun_anggaran_berakhir": (
        "anggaran berakhir",
        "berakhirnya tahun anggaran",
        "berakhirnya masa tahun anggaran",
    ),
    "pertanggungjawaban_disahkan": (
        "pertanggungjawaban apbn disahkan",
        "pertanggungjawaban apbd ditetapkan",
        "pertanggungjawaban pelaksanaan apbd ditetapkan",
        "pertanggungjawaban apbd disahkan",
        "pertanggungjawaban pelaksanaan apbd disahkan",
        "pertanggungjawaban anggaran pendapatan dan belanja negara disahkan",
        "pertanggungjawaban anggaran pendapatan dan belanja daerah disahkan",
        "dipertanggungjawabkan",
        "selesainya pertanggungjawaban",
        "selesainya pertanggung jawaban",
    ),
    "pemeriksaan_selesai": (
        "pemeriksaan",
        "tindak lanjut pemeriksaan",
        "tindak lanjut hasil pemeriksaan",
        "tindak lanjut temuan",
        "tindak lanjut hasil temuan",
    ),
    "ditetapkan": (
        "ditetapkan",
        "penetapan",
        "surat keputusan terbit",
        "sk terbit",
        "diterbitkan",
        "diundangkan",
        "disetujui",
    ),
    "perjanjian_berakhir": (
        "perjanjian berakhir",
        "perjanjian pinjaman berakhir",
        "perjanjian kerja berakhir",
        "perjanjian bangun serah guna berakhir",
        "perjanjian kerja sama berakhir",
        "kontrak berakhir",
        "kontrak selesai",
        "kerja sama berakhir",
        "kerja sama selesai",
        "kewajiban para pihak telah ditunaikan",
        "kewajiban para pihak telah dilaksanakan",
        "hak dan kewajiban habis",
        "hak dan kewajibannya habis",
        "hak dan kewajiban selesai",
    ),
    "putusan_tetap": (
        "hukum tetap",
        "hukum tetap dan dipenuhi hak dan kewajiban",
        "keputusan tetap",
        "putusan tetap",
        "keputusan yang bersifat tetap",
        "tidak ada gugatan",
    ),
    "kegiatan_selesai": (
        "pelaksanaan",
        "program selesai",
        "kegiatan selesai",
        "penelitian berakhir",
        "selesai dilaksanakan",
        "serah terima barang",
    ),
    "pegawai_berhenti": (
        "pensiun",
        "penetapan pensiun",
        "berhenti",
        "diangkat jadi aparatur sipil negara",
        "diangkat jadi asn",
        "diangkat pegawai negeri sipil",
        "ada pejabat pengganti",
    ),
    "barang_dihapuskan": (
        "dihapus",
        "dihapuskan",
        "dipindahtangankan",
        "tidak digunakan",
        "tidak dipergunakan",
        "berpindah kepemilikan",
    ),
    "dikompilasi": ("dikompilasi menjadi",),
}
"""Wordings that tell a kind, in small letters; whole words, without stops."""

_WORD = re.compile(r"\w+")
_JOINERS = ("dan", "atau")
_DENIED = (["tidak"], ["belum"], ["bukan"])


def _table() -> Iterator[tuple[tuple[str, ...], str]]:
    for kind, phrases in PHRASES.items():
        for phrase in phrases:
            yield tuple(phrase.split()), kind


# The longest in words first, so that "penetapan pensiun" is no "penetapan"; else as they stand.
_LONGEST_FIRST = sorted(_table(), key=lambda entry: len(entry[0]), reverse=True)
_ACROSS = [words for words, _kind in _LONGEST_FIRST if set(words) & set(_JOINERS)]


@attrs.frozen
class Trigger:
    """The event of a period: its kinds in the order of the wording, and what joins them."""

    kinds: tuple[str, ...]
    joined: Literal["", "dan", "atau"]
    label: str

    @property
    def text(self) -> str:
        """The kinds for storing: `a`, `a+b` for dan, `a|b` for atau; `lain` if it were too long."""
        text = ("|" if self.joined == "atau" else "+").join(self.kinds)
        return text if len(text) <= MOST_TEXT else OTHER

    @property
    def counted(self) -> str:
        """As `text`, with each `lain` by its words (`event_key`), so that two of them stay two."""
        clauses, joiners = _clauses(_WORD.findall(self.label))
        if len(joiners) > 1:
            return event_key(OTHER, self.label)
        keys = [event_key(_kind_of(one), " ".join(one)) for one in clauses if one]
        return ("|" if "atau" in joiners else "+").join(dict.fromkeys(keys))


def event_key(kind: str, label: str) -> str:
    """By what an event is found for a rule: its kind, or of `lain` its words without stops."""
    if kind != OTHER:
        return kind
    return f"{OTHER}:{' '.join(_WORD.findall(plain(label)))[:MOST_LABEL].rstrip()}"


def trigger_of(label: str) -> Trigger:
    """The event that a wording names.

    An event nobody knows stays beside a known one as `lain`: to drop it would end a period early.
    Where both `dan` and `atau` join events, no one date follows and the whole is `lain`.
    """
    label = plain(label)
    clauses, joiners = _clauses(_WORD.findall(label))
    kinds = tuple(dict.fromkeys(_kind_of(clause) for clause in clauses))
    if len(kinds) == 1:
        return Trigger(kinds, "", label)
    if len(joiners) > 1:
        return Trigger((OTHER,), "", label)
    return Trigger(kinds, "atau" if "atau" in joiners else "dan", label)


def _clauses(words: list[str]) -> tuple[list[list[str]], set[str]]:
    """The words between joiners, and the joiners; one inside a phrase of the table joins none."""
    inside = {
        place
        for phrase in _ACROSS
        for start in _places(phrase, words)
        for place in range(start, start + len(phrase))
    }
    clauses: list[list[str]] = [[]]
    joiners = set()
    for place, word in enumerate(words):
        if word in _JOINERS and place not in inside:
            joiners.add(word)
            clauses.append([])
        else:
            clauses[-1].append(word)
    return clauses, joiners


def _kind_of(words: list[str]) -> str:
    """The kind of the longest phrase; one that is denied ("belum ditetapkan") tells nothing."""
    return next(
        (
            kind
            for phrase, kind in _LONGEST_FIRST
            if any(words[start - 1 : start] not in _DENIED for start in _places(phrase, words))
        ),
        OTHER,
    )


def _places(phrase: tuple[str, ...], words: list[str]) -> list[int]:
    """Where in the words a phrase begins."""
    size = len(phrase)
    return [
        start
        for start in range(len(words) - size + 1)
        if tuple(words[start : start + size]) == phrase
    ]
