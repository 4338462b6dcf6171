"""What may be done with letters and records, and the roles that bundle it."""

from leuit.identity import Permission, Role
from leuit.values import _

REGISTER = "archives.letter.register"
READ_LETTERS = "archives.letter.read"
RECEIVE = "archives.letter.receive"
DRAFT = "archives.letter.draft"
READ_CLASSIFIED = "archives.secret.read"
READ_RECORDS = "archives.record.read"
FILE_RECORDS = "archives.record.file"
MANAGE_HOLDS = "archives.hold.manage"
TRANSFER = "archives.transfer.manage"
PROPOSE = "archives.disposal.propose"
APPRAISE = "archives.disposal.appraise"
REAPPRAISE = "archives.retention.appraise"
CHECK_LEGACY = "archives.legacy.check"
DECIDE = "archives.disposal.decide"
EXECUTE = "archives.disposal.execute"

PERMISSIONS = [
    Permission(REGISTER, _("Mencatat dan meneruskan surat masuk")),
    Permission(READ_LETTERS, _("Membaca surat unit")),
    Permission(RECEIVE, _("Surat dan disposisi untuk jabatan sendiri")),
    Permission(DRAFT, _("Menyusun surat keluar")),
    Permission(READ_CLASSIFIED, _("Membaca surat dan arsip rahasia")),
    Permission(READ_RECORDS, _("Membaca arsip dan berkas unit")),
    Permission(FILE_RECORDS, _("Memberkaskan dan memperbaiki arsip")),
    Permission(MANAGE_HOLDS, _("Menahan arsip untuk perkara dan mengakhirinya")),
    Permission(TRANSFER, _("Memindahkan arsip inaktif")),
    Permission(PROPOSE, _("Mengusulkan pemusnahan dan penyerahan arsip")),
    Permission(APPRAISE, _("Menilai usul pemusnahan dan penyerahan arsip")),
    Permission(REAPPRAISE, _("Menilai kembali berkas yang masa retensinya habis")),
    Permission(CHECK_LEGACY, _("Memeriksa jadwal retensi berkas lama")),
    Permission(DECIDE, _("Mencatat panitia, persetujuan, dan penetapan penyusutan")),
    Permission(EXECUTE, _("Melaksanakan pemusnahan dan penyerahan arsip")),
]
ROLES = [
    Role("archives.registrar", _("Pencatat surat"), (REGISTER, READ_LETTERS)),
    Role("archives.drafter", _("Penyusun surat"), (DRAFT,)),
    Role("archives.secret", _("Pembaca surat dan arsip rahasia"), (READ_CLASSIFIED,)),
    Role("archives.own", _("Surat untuk jabatan sendiri"), (RECEIVE,), given_to="everyone"),
    Role("archives.archivist", _("Arsiparis"), (READ_RECORDS, FILE_RECORDS)),
    Role(
        "archives.records_unit",
        _("Arsiparis unit kearsipan"),
        (READ_RECORDS, TRANSFER, PROPOSE),
    ),
    Role(
        "archives.appraiser",
        _("Panitia penilai arsip"),
        (READ_RECORDS, APPRAISE, REAPPRAISE, CHECK_LEGACY),
    ),
    Role("archives.disposal_keeper", _("Sekretaris penyusutan arsip"), (READ_RECORDS, DECIDE)),
    Role("archives.executor", _("Kepala unit kearsipan dan saksi"), (READ_RECORDS, EXECUTE)),
    Role("archives.legal", _("Penahan arsip untuk perkara"), (READ_RECORDS, MANAGE_HOLDS)),
    Role("archives.records_head", _("Kepala unit, arsip"), (READ_RECORDS,), given_to="head"),
    Role("archives.head", _("Kepala unit, kearsipan"), (READ_LETTERS, DRAFT), given_to="head"),
]
