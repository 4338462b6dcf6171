"""Refusals on a file's way, each with the status that the protocol asks for."""

from leuit.values import ConflictError, LeuitError, _


class WrongOffsetError(ConflictError):
    """A piece does not begin where the last one ended; the asker looks where that is."""

    code = "wrong_offset"

    def __init__(self) -> None:
        super().__init__(
            _("Potongan ini tidak menyambung dengan yang sudah diterima."),
            advice=_("Tanyakan sampai mana berkasnya, lalu lanjutkan dari sana."),
        )


class QuotaError(ConflictError):
    """Too much is on its way already, of this account or of all."""

    code = "upload_quota"


class GoneError(LeuitError):
    """The file was there and has expired or been dropped."""

    code = "upload_gone"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("Kiriman ini sudah kedaluwarsa atau dibatalkan."), advice=_("Kirim lagi dari awal.")
        )


class ChangedOnItsWayError(LeuitError):
    """A piece does not have the checksum that was sent with it (tus: 460)."""

    code = "checksum_mismatch"
    status = 460

    def __init__(self) -> None:
        super().__init__(
            _("Potongan ini berubah di perjalanan."), advice=_("Kirim potongan itu lagi.")
        )


class ProtocolVersionError(LeuitError):
    """The asker speaks another version of the protocol, or none."""

    code = "tus_version"
    status = 412

    def __init__(self) -> None:
        super().__init__(
            _("Kiriman memakai protokol yang tidak dikenal."),
            advice=_("Pakai tus 1.0.0 dan sebut Tus-Resumable: 1.0.0."),
        )


class ProtocolError(LeuitError):
    """A header of the protocol is missing or says nothing that can be read."""

    code = "tus_header"
    status = 400


class PieceKindError(LeuitError):
    """A piece came under another content type than the protocol has for it."""

    code = "tus_content_type"
    status = 415

    def __init__(self) -> None:
        super().__init__(
            _("Potongan harus dikirim sebagai %(kind)s."), kind="application/offset+octet-stream"
        )
