"""The register of personal data of the core, and the page that shows everybody's register."""

from leuit.plugins import PersonalData
from leuit.values import _
from leuit.web import Request, Response, page

DUTY = _("Kewajiban hukum: pengelolaan ASN (UU 20/2023)")
PUBLIC_TASK = _("Pelaksanaan tugas pelayanan publik (UU 27/2022 Pasal 20)")
ARCHIVE = _("Selama bertugas, lalu menurut jadwal retensi arsip kepegawaian")

REGISTER = [
    PersonalData(
        "person",
        ("nip", "nik", "name", "sex", "email"),
        _("Mengenali pegawai"),
        DUTY,
        ARCHIVE,
        "empty",
    ),
    PersonalData(
        "person_pin",
        ("person_id", "pin"),
        _("Mencocokkan tap mesin absensi dengan pegawai"),
        DUTY,
        ARCHIVE,
        "row",
    ),
    PersonalData(
        "assignment",
        ("person_id", "decree"),
        _("Menentukan jabatan, atasan, dan hak"),
        DUTY,
        ARCHIVE,
        "kept",
    ),
    PersonalData(
        "account",
        ("login", "name", "person_id", "password_hash"),
        _("Masuk ke layanan"),
        PUBLIC_TASK,
        _("Selama akun dipakai"),
        "empty",
    ),
    PersonalData(
        "sign_in_attempt",
        ("login",),
        _("Menahan penebakan kata sandi"),
        PUBLIC_TASK,
        _("Sampai berhasil masuk"),
        "row",
    ),
    PersonalData(
        "audit_entry",
        ("body",),
        _("Pertanggungjawaban setiap perubahan dan pembacaan data (Pasal 31)"),
        PUBLIC_TASK,
        _("Menurut jadwal retensi arsip; bukti tetap sah setelah isi dihapus"),
        "empty",
    ),
]


def show(request: Request) -> Response:
    """Purpose, basis, retention and erasure of everything kept about people, by plugin."""
    titles = {plugin.name: plugin.title for plugin in request.host.plugins}
    register = request.host.merged.extras.get("leuit_personal_data", ())
    lines = [(titles[owner], entry) for owner, entry in register]
    return page(request, "core/privacy.html", lines=lines)
