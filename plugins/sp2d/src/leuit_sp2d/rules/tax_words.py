"""How the words of tax editions and of claims read for people."""

from leuit.values import Text, _

WORDS: dict[str, Text] = {
    "kartu_kredit_pemerintah": _("dibayar dengan kartu kredit pemerintah"),
    "tanah": _("pengadaan tanah"),
    "telekomunikasi": _("jasa telekomunikasi"),
    "bbm_pertamina": _("BBM dan bukan BBM dari Pertamina"),
    "angkutan_udara": _("angkutan udara"),
    "fasilitas_ppn": _("mendapat fasilitas PPN"),
    "pihak_lain": _("UP lewat pihak lain (lokapasar) yang memungutnya"),
    "bbm_gas_pelumas": _("BBM, gas, dan pelumas"),
    "benda_pos": _("benda pos"),
    "air_listrik": _("air dan listrik"),
    "bos": _("dana BOS atau BOP"),
    "gabah_beras": _("gabah dan beras"),
    "skb": _("rekanan memiliki surat keterangan bebas (SKB)"),
    "kecil": _("kualifikasi kecil atau perorangan"),
    "menengah_besar": _("kualifikasi menengah atau besar"),
    "bersertifikat": _("bersertifikat"),
    "tanpa_sertifikat": _("tanpa sertifikat"),
    "I": _("golongan I"),
    "II": _("golongan II"),
    "III": _("golongan III"),
    "IV": _("golongan IV"),
    "pejabat_negara": _("pejabat negara"),
    "konstruksi": _("pekerjaan konstruksi"),
    "konstruksi_terintegrasi": _("konstruksi terintegrasi"),
    "konsultansi_konstruksi": _("konsultansi konstruksi"),
    "sewa_tanah_bangunan": _("sewa tanah dan bangunan"),
    "barang": _("pembelian barang"),
    "jasa": _("jasa"),
    "sewa_harta": _("sewa harta selain tanah dan bangunan"),
    "honorarium": _("honorarium"),
    "tanpa_pajak": _("pembayaran tanpa pajak"),
}
"""Exemptions, qualifications, golongan and objects. An edition may have others."""


def spoken(word: str) -> Text | str:
    """A word of an edition as people say it; one that is not here without its underscores."""
    return WORDS.get(word, word.replace("_", " "))
