"""Words of letters out that several pages say, and the addresses of their pages."""

from uuid import UUID

from leuit.values import _
from leuit.web import Request, parse_id

HOME = "/archives/outgoing"
STATES = {
    "draft": (_("Naskah"), "abu"),
    "review": (_("Menunggu paraf"), "tunggu"),
    "signing": (_("Menunggu tanda tangan"), "tunggu"),
    "signed": (_("Ditandatangani, belum dikirim"), "nila"),
    "sent": (_("Dikirim"), "daun"),
    "void": (_("Dibatalkan"), "bata"),
}
GROUP_WORDS = {
    "all": _("Semua"),
    "open": _("Naskah"),
    "moving": _("Paraf dan tanda tangan"),
    "signed": _("Belum dikirim"),
    "sent": _("Dikirim"),
    "void": _("Dibatalkan"),
}
LABELS = {
    "subject": _("Hal"),
    "attached": _("Lampiran"),
    "to": _("Tujuan"),
    "place": _("Tempat tujuan"),
    "body": _("Isi"),
    "closing": _("Penutup"),
    "copies": _("Tembusan"),
    "urgency": _("Kecepatan"),
    "secrecy": _("Keamanan"),
    "class_code": _("Kode klasifikasi"),
    "signer": _("Penanda tangan"),
    "principal": _("Atas nama"),
    "through": _("Melalui"),
    "authority": _("Wewenang"),
    "parafs": _("Paraf"),
    "mode": _("Cara menandatangani"),
}
ENDED = {
    "refused": _("Dikembalikan"),
    "recalled": _("Ditarik kembali"),
    "expired": _("Lewat tenggat"),
    "unfit": _("Tidak dapat ditandatangani"),
}


def path_of(letter_id: UUID) -> str:
    """The address of a letter out."""
    return f"{HOME}/{letter_id}"


def id_of(request: Request) -> UUID:
    """The letter that the address names."""
    return parse_id(request.params["outgoing_id"])
