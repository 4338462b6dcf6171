"""The event of a period: its kind from the wordings of both schedules, alone and joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.triggers import MOST_TEXT, OTHER, PHRASES, TRIGGERS, trigger_of

WORDINGS = [
    ("Data Diperbarui (Update)", "diperbarui"),
    ("pemutakhiran data", "diperbarui"),
    ("ditetapkan yang baru", "diperbarui"),
    ("ditetapkan aplikasi yang baru", "diperbarui"),
    ("Penetapan Kebijakan yang Terbaru", "diperbarui"),
    ("Standar Baru Ditetapkan", "diperbarui"),
    ("ttidak ada Perubahan", "diperbarui"),
    ("Sistem atau Data Diperbarui (Update)", "diperbarui"),
    ("Tidak Berlaku", "tidak_berlaku"),
    ("Habis Masa Berlaku", "tidak_berlaku"),
    ("Keputusan Lama Dinyatakan Tidak Berlaku", "tidak_berlaku"),
    ("HKI Habis", "tidak_berlaku"),
    ("tahun anggaran berakhir", "tahun_anggaran_berakhir"),
    ("Berakhirnya Masa Tahun Anggaran", "tahun_anggaran_berakhir"),
    ("Perda tentang Pertanggungjawaban APBD Disahkan", "pertanggungjawaban_disahkan"),
    (
        "Undang-Undang tentang Pertanggungjawaban Anggaran Pendapatan dan Belanja Negara disahkan",
        "pertanggungjawaban_disahkan",
    ),
    ("Proses Kegiatan Dipertanggungjawabkan", "pertanggungjawaban_disahkan"),
    ("pemeriksaan", "pemeriksaan_selesai"),
    ("tindak lanjut hasil pemeriksaan selesai", "pemeriksaan_selesai"),
    ("Tindak Lanjut Hasil Temuan selesai", "pemeriksaan_selesai"),
    ("Surat Keputusan terbit", "ditetapkan"),
    ("diundangkan", "ditetapkan"),
    ("penetapan", "ditetapkan"),
    ("disetujui", "ditetapkan"),
    ("perjanjian Bangun Serah Guna berakhir", "perjanjian_berakhir"),
    ("Kerja Sama Berakhir", "perjanjian_berakhir"),
    ("hak dan kewajibannya habis", "perjanjian_berakhir"),
    (
        "Perjanjian, Kontrak, Kerja Sama Berakhir, dan Kewajiban Para Pihak Telah Ditunaikan",
        "perjanjian_berakhir",
    ),
    ("Keputusan Berkekuatan Hukum Tetap dan Dipenuhi Hak dan Kewajiban", "putusan_tetap"),
    ("memiliki keputusan yang bersifat tetap", "putusan_tetap"),
    ("Dinyatakan Tidak Ada Gugatan Hukum", "putusan_tetap"),
    ("pelaksanaan kegiatan", "kegiatan_selesai"),
    ("Penelitian Berakhir", "kegiatan_selesai"),
    ("Proses Kegiatan Dinyatakan Selesai Dilaksanakan", "kegiatan_selesai"),
    ("serah terima barang", "kegiatan_selesai"),
    ("berhenti/Pensiun", "pegawai_berhenti"),
    ("Penetapan Pensiun", "pegawai_berhenti"),
    ("diangkat jadi Aparatur Sipil Negara", "pegawai_berhenti"),
    ("Ada Pejabat Pengganti", "pegawai_berhenti"),
    ("barang dihapuskan atau dipindahtangankan", "barang_dihapuskan"),
    ("peralatan tidak digunakan", "barang_dihapuskan"),
    ("berpindah kepemilikan", "barang_dihapuskan"),
    ("dikompilasi menjadi laporan triwulan Unit Kerja", "dikompilasi"),
    ("dikompilasi menjadi program kerja tahunan unit kerja", "dikompilasi"),
    ("restorasi", "lain"),
    ("anggaran berjalan", "lain"),
    ("Sistem Aplikasi Ditingkatkan dan Dikembangkan", "lain"),
]


@pytest.mark.parametrize("label, kind", WORDINGS)
def test_a_wording_has_its_kind(label: str, kind: str) -> None:
    """Every wording of section 5.3, and what no kind fits is `lain`; one event joins nothing."""
    trigger = trigger_of(label)
    assert (trigger.kinds, trigger.joined, trigger.text) == ((kind,), "", kind)


def test_two_events_joined() -> None:
    """`dan` gives a+b, `atau` a|b, in the order of the wording."""
    both = trigger_of("tahun anggaran berakhir dan tin da k lanjut hasil pemeriksaan selesai")
    assert both.text == "tahun_anggaran_berakhir+pemeriksaan_selesai"
    assert both.joined == "dan"
    either = trigger_of(
        "Penetapan Keputusan yang Terbaru atau Sejak Keputusan Lama Dinyatakan Tidak Berlaku"
    )
    assert (either.text, either.joined) == ("diperbarui|tidak_berlaku", "atau")


def test_an_unknown_event_beside_a_known_one_is_not_dropped() -> None:
    """To count from the known one alone could end a period before the other has happened."""
    assert trigger_of("tahun anggaran berakhir dan arsip diterima").text == (
        "tahun_anggaran_berakhir+lain"
    )


def test_what_is_joined_both_ways_is_for_a_person() -> None:
    """ "a dan b atau c" has no one date."""
    trigger = trigger_of("pensiun dan tidak berlaku atau tahun anggaran berakhir")
    assert (trigger.kinds, trigger.joined) == ((OTHER,), "")


def test_a_text_that_is_too_long_is_stored_as_other() -> None:
    """Four long kinds pass 80 characters; the kinds themselves stay."""
    label = (
        "tahun anggaran berakhir dan perda pertanggungjawaban apbd disahkan dan "
        "pemeriksaan selesai dan barang dihapuskan"
    )
    trigger = trigger_of(label)
    assert len(trigger.kinds) == 4
    assert trigger.text == OTHER


@pytest.mark.parametrize("label", ["belum ditetapkan", "tidak disetujui", "bukan pemeriksaan"])
def test_a_denied_event_is_not_the_event(label: str) -> None:
    """ "Not yet decided" is not "decided"."""
    assert trigger_of(label).text == OTHER


@pytest.mark.parametrize("kind", PHRASES)
def test_each_phrase_tells_its_own_kind(kind: str) -> None:
    """No phrase of the table is hidden by one of another kind, and each kind has a title."""
    assert {trigger_of(phrase).text for phrase in PHRASES[kind]} == {kind}
    assert TRIGGERS[kind]


@given(
    st.lists(
        st.sampled_from([phrase for phrases in PHRASES.values() for phrase in phrases] + ["xyz"]),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["dan", "atau"]),
)
def test_joined_phrases_keep_all_their_kinds(phrases: list[str], joiner: str) -> None:
    """Whatever is joined: the kinds are those of the parts, each once, in their order."""
    wanted = tuple(dict.fromkeys(trigger_of(phrase).text for phrase in phrases))
    trigger = trigger_of(f" {joiner} ".join(phrases))
    assert trigger.kinds == wanted
    assert trigger.joined == (joiner if len(wanted) > 1 else "")


@given(st.text(max_size=60))
def test_any_text_has_a_trigger(label: str) -> None:
    """Every kind is known, and the stored text fits."""
    trigger = trigger_of(label)
    assert set(trigger.kinds) <= set(TRIGGERS)
    assert 0 < len(trigger.text) <= MOST_TEXT
