"""The cast of the demonstration: the invented people who can sign in, known by fixed NIPs.

Their passwords are public and the same; `leuit demo` makes them on installations without real
people only.
"""

import attrs
from sqlalchemy import select

from leuit.identity import SYSTEM, Account, Identity
from leuit.values import _
from leuit.work import Leuit

PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody


@attrs.frozen
class CastMember:
    """Somebody who can sign in: `title` says what for; `roles` are granted on unit `over`.

    An empty `over` is the whole regency.
    """

    title: str
    nip: str
    name: str
    unit: str
    position: str
    is_head: bool = False
    roles: tuple[str, ...] = ()
    over: str = ""


CAST: dict[str, CastMember] = {
    "administrator": CastMember(
        _("Administrator"),
        "198801012012011001",
        "Wira Situkancana",
        "DISKOMINFO-SP",
        "Pranata Komputer Ahli Muda",
        roles=("core.administrator",),
    ),
    "personnel": CastMember(
        _("Kepegawaian (BKPSDM)"),
        "198502022009022001",
        "Ratna Padiwangi",
        "BKPSDM",
        "Analis Sumber Daya Manusia Aparatur Ahli Muda",
        roles=("core.personnel_officer", "core.calendar_editor", "core.regulation_drafter"),
    ),
    "officer": CastMember(
        _("Petugas absensi Dinas Kesehatan"),
        "199003032014031001",
        "Jaka Leuwigaru",
        "DINKES",
        "Pengadministrasi Kepegawaian",
    ),
    "head": CastMember(
        _("Kepala Dinas Kesehatan"),
        "197504042000042001",
        "Sekar Gunungpadi",
        "DINKES",
        "Kepala Dinas Kesehatan",
        is_head=True,
    ),
    "regent": CastMember(
        _("Penjabat Bupati (kepala kabupaten)"),
        "197005051995051001",
        "Surya Karanggading",
        "",
        "Penjabat Bupati",
        is_head=True,
        roles=("core.regulation_activator",),
    ),
    "staff": CastMember(
        _("Pegawai biasa Dinas Kesehatan"),
        "199606062020062001",
        "Melati Cikahuripan",
        "DINKES",
        "Pranata Laboratorium Terampil",
    ),
}
"""By what they are for. The unit of an empty code is the regency itself."""


def cast_identity(app: Leuit, key: str) -> Identity:
    """A member of the cast as an asker, for what a demonstration does in his name."""
    member = CAST[key]
    with app.read(SYSTEM) as view:
        account = view.session.scalars(select(Account).where(Account.login == member.nip)).one()
        return Identity("person", member.name, account.id, account.person_id, login=member.nip)
