"""Whom this installation trusts, as dated editions: roots, issuers, and how sure it must be.

A regulation, since BSSN and an agreement with the provider decide it, and a verdict of last year is
not judged by this year's list.
"""

import datetime as dt

import attrs
import cattrs
from cryptography import x509

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import ConflictError, _
from leuit.work import View
from leuit_esign.rules import Level

TRUST = "esign.trust"
LONGEST_PEM = 20_000


@attrs.frozen
class TrustedCertificate:
    """A certificate of an authority: its name for people, and the certificate as PEM."""

    name: str
    pem: str = attrs.field(repr=False)

    @pem.validator
    def _readable(self, _attribute: object, value: str) -> None:
        if len(value) > LONGEST_PEM:
            raise ValueError(_("Sertifikat terlalu panjang."))
        try:
            x509.load_pem_x509_certificate(value.encode())
        except ValueError:
            raise ValueError(_("Ini bukan sertifikat PEM.")) from None


@attrs.frozen
class TrustList:
    """Roots, and issuers below them that signed files may leave out.

    `ask_status` says that a signature is valid only when its issuer could be asked whether the
    certificate was revoked. `level` is the one to which this installation signs; from B-T on
    `time_stamp_url` names the authority that gives time stamps (RFC 3161).
    """

    roots: tuple[TrustedCertificate, ...]
    issuers: tuple[TrustedCertificate, ...] = ()
    ask_status: bool = True
    level: Level = "B-B"
    time_stamp_url: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.roots:
            raise ValueError(_("Daftar harus memuat sedikitnya satu sertifikat induk."))
        if self.level != "B-B" and not self.time_stamp_url.startswith(("http://", "https://")):
            raise ValueError(_("Tingkat di atas B-B memerlukan alamat otoritas penanda waktu."))

    @property
    def root_pems(self) -> tuple[str, ...]:
        return tuple(one.pem for one in self.roots)

    @property
    def issuer_pems(self) -> tuple[str, ...]:
        return tuple(one.pem for one in self.issuers)


_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def trust_kind() -> RegulationKind:
    """What e-sign registers with the regulations of the core."""
    return RegulationKind(
        TRUST,
        _("Penerbit sertifikat yang dipercaya"),
        TrustList,
        lambda plain: _CONVERTER.structure(plain, TrustList),
        _CONVERTER.unstructure,
        {
            "roots": _("Sertifikat induk"),
            "issuers": _("Penerbit di bawahnya"),
            "name": _("Nama"),
            "pem": _("Sertifikat"),
            "ask_status": _("Status sertifikat harus diketahui"),
            "level": _("Tingkat tanda tangan"),
            "time_stamp_url": _("Alamat penanda waktu"),
        },
    )


def trust_on(view: View, on: dt.date) -> TrustList:
    """The list in force on a date; ConflictError when there is none."""
    trust = trust_if_any(view, on)
    if trust is None:
        raise ConflictError(
            _("Belum ada daftar penerbit sertifikat yang dipercaya."),
            advice=_("Buat dan aktifkan edisinya di halaman Peraturan."),
        )
    return trust


def trust_if_any(view: View, on: dt.date) -> TrustList | None:
    """The list in force on a date, or None for an installation that has none yet."""
    found = edition(view, TRUST, on)
    trust: TrustList | None = found.figures if found else None
    return trust
