"""Who sends a letter: the office of its letterhead, else the post of who signs it."""

import re
from collections.abc import Sequence

from .letter_lines import Lines, addressee, label_of
from .letter_proposal import Proposed

LONGEST_SENDER = 200
_TOP_LINES = 12
_OFFICES = re.compile(
    r"(?:PEMERINTAH|KEMENTERIAN|KEMENTRIAN|BADAN|DINAS|KEPOLISIAN|KEJAKSAAN|PENGADILAN|UNIVERSITAS|"
    r"SEKRETARIAT|INSPEKTORAT|DEWAN|KOMISI|KANTOR|RUMAH SAKIT|RSUD|UPTD?|PUSKESMAS|KECAMATAN|"
    r"KELURAHAN|DESA|LEMBAGA|IKATAN|FORUM|ASOSIASI|MAHKAMAH|PERUSAHAAN|PERUMDA|YAYASAN|PT|CV|BUPATI|GUBERNUR|"
    r"WALI ?KOTA|MENTERI|SEKOLAH|SDN?|SMPN?|SMAN?|SMKN?|KOMANDO|TENTARA|ORGANISASI|PANITIA|"
    r"PALANG)\b"
)
_TITLES = re.compile(
    r"(?:KEPUTUSAN|PERATURAN|INSTRUKSI|SURAT|NOTA|BERITA ACARA|PENGUMUMAN|LAPORAN|UNDANGAN|"
    r"TELAAHAN|LEMBAR|DAFTAR|NOTULA|PERJANJIAN|REKOMENDASI|SERTIFIKAT|PIAGAM|"
    r"TENTANG|RAHASIA|SANGAT RAHASIA)\b"
)
_ADDRESS = re.compile(
    r"jalan\b|jl\b|jln\b|telp|telepon|faks|fax|kode\s*pos|e-?mail|laman|website|www\.|@|https?:",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:a\.?\s?n\.?|u\.?\s?b\.?|plt\.?|plh\.?|pj\.?|pjs\.?)?\s*(?:kepala|bupati|wakil|sekretaris|"
    r"camat|lurah|direktur|ketua|inspektur|asisten|rektor|dekan|manajer|pimpinan|gubernur|"
    r"wali\s?kota|menteri|komandan|kapolres|pengguna anggaran|penjabat)\b.*",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r"a\.?\s?n\.?\s|atas nama\b", re.IGNORECASE)
_COPIES = re.compile(r"tembusan\b", re.IGNORECASE)
_SIGNATURE_LINES = 30


def sender_of(lines: Lines) -> Proposed[str] | None:
    """The office of the letterhead, else the one post above a name; None where neither is plain."""
    return _letterhead(lines.header) or _post(lines.rest)


def _letterhead(lines: Sequence[str]) -> Proposed[str] | None:
    found: list[str] = []
    for line in [line for line in lines if line][:_TOP_LINES]:
        if label_of(line) or addressee(line) is not None or _ADDRESS.search(line):
            break
        if found and not _upper(line):
            break
        if _TITLES.match(line):
            if found:
                break
            continue
        if found or (_upper(line) and _OFFICES.match(line)):
            found.append(line)
    name = " ".join(found)
    return Proposed(name, found[0]) if found and len(name) <= LONGEST_SENDER else None


def _post(lines: Sequence[str]) -> Proposed[str] | None:
    filled = [line for line in lines if line]
    copies = next((at for at, line in enumerate(filled) if _COPIES.match(line)), len(filled))
    filled = filled[max(0, copies - _SIGNATURE_LINES) : copies]
    posts: list[str] = []
    for index, line in enumerate(filled):
        if not line.endswith(",") or not _POST.fullmatch(line):
            continue
        above = filled[index - 1] if index else ""
        name = f"{above} {line}" if _ON_BEHALF.match(above) else line
        posts.append(name.rstrip(", "))
    if len(posts) != 1 or len(posts[0]) > LONGEST_SENDER:
        return None
    return Proposed(posts[0], posts[0])


def _upper(line: str) -> bool:
    letters = [one for one in line if one.isalpha()]
    return len(letters) > 1 and sum(one.isupper() for one in letters) >= 0.9 * len(letters)
