"""Letters as they come in, made for the tests: shapes of regions, firms and villages, and scans.

Each has what a person would read from it; what is left out must not be proposed.
"""

import datetime as dt
from typing import Any

DAY = dt.date(2026, 11, 24)

LETTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "an office of the regency": (
        """PEMERINTAH KABUPATEN LEBAK
DINAS KOMUNIKASI DAN INFORMATIKA
Jalan Contoh No. 5 Rangkasbitung 42314
Rangkasbitung, 24 November 2026
Nomor : 005/123/Diskominfo/2026
Sifat : Biasa
Lampiran : 1 (satu) berkas
Hal : Undangan Rapat Koordinasi
Yth. Kepala Dinas Kesehatan
di
Rangkasbitung
Dengan hormat, kami mengundang Saudara pada:
Hari/Tanggal : Selasa, 1 Desember 2026
Waktu : 09.00 WIB
""",
        {
            "number": "005/123/Diskominfo/2026",
            "date": DAY,
            "subject": "Undangan Rapat Koordinasi",
            "sender": "PEMERINTAH KABUPATEN LEBAK DINAS KOMUNIKASI DAN INFORMATIKA",
            "attachment": "1 (satu) berkas",
            "urgency": "biasa",
        },
    ),
    "a subject of three lines, two columns": (
        """PEMERINTAH KABUPATEN LEBAK
SEKRETARIAT DAERAH
Jl. Contoh 1
Nomor : 000.1.2.3/001/Bag.Umum/2026 Rangkasbitung, 24 November 2026
Sifat : Segera Kepada
Lampiran : - Yth. Para Kepala OPD
Perihal : Permintaan Data Aset
Kendaraan Dinas Roda Dua
dalam rangka Inventarisasi

Menindaklanjuti surat Nomor 900/77/BKAD/2026 tanggal 3 Maret 2026
""",
        {
            "number": "000.1.2.3/001/Bag.Umum/2026",
            "date": DAY,
            "subject": "Permintaan Data Aset Kendaraan Dinas Roda Dua dalam rangka Inventarisasi",
            "sender": "PEMERINTAH KABUPATEN LEBAK SEKRETARIAT DAERAH",
            "urgency": "segera",
        },
    ),
    "a decree of the head": (
        """BUPATI LEBAK
PROVINSI BANTEN
KEPUTUSAN BUPATI LEBAK
NOMOR 12 TAHUN 2026
TENTANG
PENGANGKATAN PELAKSANA TUGAS
KEPALA DINAS KESEHATAN
BUPATI LEBAK,
Menimbang : a. bahwa jabatan itu kosong;
Mengingat : 1. Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan;
MEMUTUSKAN:
Ditetapkan di Rangkasbitung
pada tanggal 24 November 2026
BUPATI LEBAK,
MAMAN CONTOH
""",
        {
            "number": "12 TAHUN 2026",
            "date": DAY,
            "subject": "PENGANGKATAN PELAKSANA TUGAS KEPALA DINAS KESEHATAN",
            "sender": "BUPATI LEBAK PROVINSI BANTEN",
        },
    ),
    "secret by prefix and word": (
        """PEMERINTAH KABUPATEN LEBAK
INSPEKTORAT
Nomor : R-302/INSP/800.1.2/X/2025
Sifat : Rahasia / Segera
Hal : Laporan Hasil Pemeriksaan Khusus
Rangkasbitung, 9 Oktober 2025
Yth. Bupati Lebak
""",
        {
            "number": "R-302/INSP/800.1.2/X/2025",
            "date": dt.date(2025, 10, 9),
            "subject": "Laporan Hasil Pemeriksaan Khusus",
            "sender": "PEMERINTAH KABUPATEN LEBAK INSPEKTORAT",
            "urgency": "segera",
            "secrecy": "R",
        },
    ),
    "prefix and word disagree": (
        """PEMERINTAH KABUPATEN LEBAK
INSPEKTORAT
Nomor : B-302/INSP/800.1.2/X/2025
Sifat : Rahasia
Hal : Laporan
Yth. Bupati Lebak
""",
        {
            "number": "B-302/INSP/800.1.2/X/2025",
            "subject": "Laporan",
            "sender": "PEMERINTAH KABUPATEN LEBAK INSPEKTORAT",
        },
    ),
    "Hijri day above the common one": (
        """KEMENTERIAN AGAMA REPUBLIK INDONESIA
KANTOR KEMENTERIAN AGAMA KABUPATEN LEBAK
Rangkasbitung, 14 Jumadil Akhir 1448 H
24 November 2026 M
Nomor : B-77/Kk.28.02/HM.00/11/2026
Hal : Pemberitahuan
Yth. Camat Maja
""",
        {
            "number": "B-77/Kk.28.02/HM.00/11/2026",
            "date": DAY,
            "subject": "Pemberitahuan",
            "secrecy": "B",
            "sender": "KEMENTERIAN AGAMA REPUBLIK INDONESIA"
            " KANTOR KEMENTERIAN AGAMA KABUPATEN LEBAK",
        },
    ),
    "Hijri day behind the common one": (
        """YAYASAN CONTOH MANDIRI
No. : 17/YCM/XI/2026
Lamp. : Proposal
Perihal : Permohonan Bantuan
Cipanas, 24 November 2026 M / 14 Jumadil Akhir 1448 H
Kepada Yth.
Bapak Bupati Lebak
Assalamu'alaikum Wr. Wb.
""",
        {
            "number": "17/YCM/XI/2026",
            "date": DAY,
            "subject": "Permohonan Bantuan",
            "sender": "YAYASAN CONTOH MANDIRI",
            "attachment": "Proposal",
        },
    ),
    "a day in figures": (
        """PT CONTOH JAYA
Jl. Raya 7, Telp. 021-555
Nomor: 045-CJ/XI/2026
Hal: Penawaran Harga
Tangerang, 24-11-2026
Kepada Yth. Pejabat Pengadaan
""",
        {
            "number": "045-CJ/XI/2026",
            "date": DAY,
            "subject": "Penawaran Harga",
            "sender": "PT CONTOH JAYA",
        },
    ),
    "a scan without colons": (
        """PEMERINTAH KABUPATEN LEBAK
KECAMATAN MAJA
Nomor 400/88/Kec.Mja/2026
Sifat Segera
Lampiran 2 lembar
Hal Data Penduduk Rentan
Maja, 24 Nopember 2026
Yth. Kepala Dinas Sosial
""",
        {
            "number": "400/88/Kec.Mja/2026",
            "date": DAY,
            "subject": "Data Penduduk Rentan",
            "sender": "PEMERINTAH KABUPATEN LEBAK KECAMATAN MAJA",
            "attachment": "2 lembar",
            "urgency": "segera",
        },
    ),
    "a scan with broken words": (
        """PEMERINTAH KABUPATEN LEBAK
DINAS PENDIDIKAN
N o m o r : 421 / 55 / Disdik / 2026
S ifat : Seger a
Per ihal : Libur Sekolah
Rangkasbitung, 24 Novem ber 2026
Yth. Kepala Sekolah
""",
        {
            "number": "421/55/Disdik/2026",
            "date": DAY,
            "subject": "Libur Sekolah",
            "sender": "PEMERINTAH KABUPATEN LEBAK DINAS PENDIDIKAN",
            "urgency": "segera",
        },
    ),
    "a scan that mistook characters": (
        """PEMERINTAH KABUPATEN LEBAK
DINAS PERHUBUNGAN
Nom0r : 551/l23/Dishub/2O26
S1fat : B1asa
Ha1 : Rekayasa Lalu Lintas
Rangkasbitung, 24 November 2O26
Yth. Kapolres Lebak
""",
        {
            "number": "551/l23/Dishub/2O26",
            "date": DAY,
            "subject": "Rekayasa Lalu Lintas",
            "sender": "PEMERINTAH KABUPATEN LEBAK DINAS PERHUBUNGAN",
            "urgency": "biasa",
        },
    ),
    "a draft whose number and day are blank": (
        """PEMERINTAH KABUPATEN LEBAK
DINAS SOSIAL
Nomor : 460/      /Dinsos/2026
Sifat : Biasa
Hal : Bantuan Sosial
Rangkasbitung,      November 2026
Yth. Camat se-Kabupaten Lebak
""",
        {
            "subject": "Bantuan Sosial",
            "sender": "PEMERINTAH KABUPATEN LEBAK DINAS SOSIAL",
            "urgency": "biasa",
        },
    ),
    "a table read column by column": (
        """PEMERINTAH KABUPATEN LEBAK
BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA
Nomor
Sifat
Lampiran
Hal
: 800/123/BKPSDM/2026
: Sangat Segera
: 3 berkas
: Usul Kenaikan Pangkat
Rangkasbitung, 24 November 2026
Yth. Sekretaris Daerah
""",
        {
            "number": "800/123/BKPSDM/2026",
            "date": DAY,
            "subject": "Usul Kenaikan Pangkat",
            "sender": "PEMERINTAH KABUPATEN LEBAK"
            " BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA",
            "attachment": "3 berkas",
            "urgency": "sangat_segera",
        },
    ),
    "values on lines of their own": (
        """DINAS KESEHATAN
Nomor
:
440/9/Dinkes/2026
Hal
:
Vaksinasi
Rangkasbitung, 24 November 2026
Yth. Kepala Puskesmas
""",
        {
            "number": "440/9/Dinkes/2026",
            "date": DAY,
            "subject": "Vaksinasi",
            "sender": "DINAS KESEHATAN",
        },
    ),
    "without a letterhead, one who signs": (
        """Rangkasbitung, 24 November 2026
Nomor : 36/INSP/000.1.2.3/I/2025
Hal : Perjalanan Dinas
Yth. Bupati Lebak
Dengan hormat, kami laporkan perjalanan itu.
a.n. BUPATI LEBAK
SEKRETARIS DAERAH,
BUDI CONTOH
NIP 196501011990011001
Tembusan:
1. Kepala Bappeda,
""",
        {
            "number": "36/INSP/000.1.2.3/I/2025",
            "date": DAY,
            "subject": "Perjalanan Dinas",
            "sender": "a.n. BUPATI LEBAK SEKRETARIS DAERAH",
        },
    ),
    "two who sign": (
        """BERITA ACARA SERAH TERIMA
Nomor : 030/11/BA/2026
Pada hari ini Selasa tanggal 24 November 2026 kami:
Kepala Dinas Contoh,
Ani
Kepala Badan Contoh,
Beni
""",
        {"number": "030/11/BA/2026"},
    ),
    "two numbers of two parties": (
        """PERJANJIAN KERJA SAMA
NOMOR : 119/12/Pem/2026
NOMOR : 88/PKS/XI/2026
TENTANG
PEMANFAATAN DATA
Pada hari ini kami yang bertanda tangan
""",
        {"subject": "PEMANFAATAN DATA"},
    ),
    "a circular": (
        """PEMERINTAH KABUPATEN LEBAK
SEKRETARIAT DAERAH
SURAT EDARAN
NOMOR 100.3.4.2/45/Org/2026
TENTANG
PENGHEMATAN LISTRIK DAN AIR
DI LINGKUNGAN PEMERINTAH KABUPATEN LEBAK
Dasar: Peraturan Bupati Nomor 3 Tahun 2026
Ditetapkan di Rangkasbitung pada tanggal 24 November 2026
Pj. SEKRETARIS DAERAH,
""",
        {
            "number": "100.3.4.2/45/Org/2026",
            "date": DAY,
            "subject": "PENGHEMATAN LISTRIK DAN AIR DI LINGKUNGAN PEMERINTAH KABUPATEN LEBAK",
            "sender": "PEMERINTAH KABUPATEN LEBAK SEKRETARIAT DAERAH",
        },
    ),
    "a note with its day behind a label": (
        """DINAS PERTANIAN
NOTA DINAS
Nomor : 520/31/Sekr
Tanggal : 24 November 2026
Sifat : Penting
Hal : Laporan Panen Raya
Dengan ini dilaporkan
""",
        {
            "number": "520/31/Sekr",
            "date": DAY,
            "subject": "Laporan Panen Raya",
            "sender": "DINAS PERTANIAN",
            "secrecy": "P",
        },
    ),
    "an order to travel": (
        """PEMERINTAH KABUPATEN LEBAK
INSPEKTORAT
SURAT PERINTAH TUGAS
Nomor : 800.1.11.1/207/INSP/2026
Dasar : 1. Perda Nomor 1 Tahun 2025
MEMERINTAHKAN:
Kepada : Auditor
Dikeluarkan di : Rangkasbitung
Pada tanggal : 24 November 2026
""",
        {
            "number": "800.1.11.1/207/INSP/2026",
            "date": DAY,
            "sender": "PEMERINTAH KABUPATEN LEBAK INSPEKTORAT",
        },
    ),
    "all choices of sifat, none struck": (
        """DESA SUKAMAJU
Nomor : 140/7/Ds/2026
Sifat : Biasa/Segera/Sangat Segera
Hal : Musyawarah Desa
Sukamaju, 2 Januari 2026
Yth. Camat
""",
        {
            "number": "140/7/Ds/2026",
            "date": dt.date(2026, 1, 2),
            "subject": "Musyawarah Desa",
            "sender": "DESA SUKAMAJU",
        },
    ),
    "an invitation by its sifat": (
        """KECAMATAN CIPANAS
Nomor : 005/61-Kec.Cpn/2026
Sifat : Undangan
Hal : Rapat Minggon
Cipanas, 3 Pebruari 2026
Yth. Kepala Desa
""",
        {
            "number": "005/61-Kec.Cpn/2026",
            "date": dt.date(2026, 2, 3),
            "subject": "Rapat Minggon",
            "sender": "KECAMATAN CIPANAS",
            "kind": "undangan",
        },
    ),
    "a stamp at the top": (
        """SANGAT RAHASIA
KEPOLISIAN NEGARA REPUBLIK INDONESIA
RESOR LEBAK
Nomor : SR/12/XI/2026
Hal : Pengamanan
Rangkasbitung, 24 November 2026
Kepada Yth. Bupati Lebak
""",
        {
            "number": "SR/12/XI/2026",
            "date": DAY,
            "subject": "Pengamanan",
            "sender": "KEPOLISIAN NEGARA REPUBLIK INDONESIA RESOR LEBAK",
            "secrecy": "SR",
        },
    ),
    "open by its full name": (
        """DINAS PERPUSTAKAAN DAN KEARSIPAN
Nomor : 045/3/DPK/2026
Sifat : Biasa/Terbuka
Hal : Penyerahan Arsip
Rangkasbitung, 3 Agustus 2026
Yth. Kepala OPD
""",
        {
            "number": "045/3/DPK/2026",
            "date": dt.date(2026, 8, 3),
            "subject": "Penyerahan Arsip",
            "sender": "DINAS PERPUSTAKAAN DAN KEARSIPAN",
            "secrecy": "B",
        },
    ),
    "a day that does not exist": (
        """DINAS PARIWISATA
Nomor : 556/3/Par/2026
Hal : Festival
Rangkasbitung, 31 Juni 2026
Yth. Camat
""",
        {
            "number": "556/3/Par/2026",
            "subject": "Festival",
            "sender": "DINAS PARIWISATA",
        },
    ),
    "two days at two places": (
        """DINAS PARIWISATA
Nomor : 556/4/Par/2026
Hal : Festival
Rangkasbitung, 3 Juni 2026
Jakarta, 4 Juni 2026
Yth. Camat
""",
        {
            "number": "556/4/Par/2026",
            "subject": "Festival",
            "sender": "DINAS PARIWISATA",
        },
    ),
    "a number that the scan parted": (
        """DINAS PASAR
Nomor : 511/12 3/Disperin dag/2026
Hal : Harga Beras
Rangkasbitung, 3 Juni 2026
Yth. Bupati
""",
        {
            "date": dt.date(2026, 6, 3),
            "subject": "Harga Beras",
            "sender": "DINAS PASAR",
        },
    ),
    "a private letter": (
        """Hal: Lamaran Kerja

Kepada Yth.
Kepala BKPSDM
Dengan hormat,
Saya yang bertanda tangan di bawah ini melamar pekerjaan.
Rangkasbitung, 5 Mei 2026
Hormat saya,
Cici Contoh
""",
        {"date": dt.date(2026, 5, 5), "subject": "Lamaran Kerja"},
    ),
    "no letter at all": (
        """Daftar belanja
beras 2 kg
telur, 3 butir
""",
        {},
    ),
}
