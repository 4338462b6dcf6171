"""The authority: keys in a folder, certificates that follow from them, PKCS#12 for holders.

Two hierarchies, both invented: `uji` (root, issuer, OCSP responder, time stamping authority and the
holders) and `asing`, a chain that nobody trusts. Keys are made once and kept in the folder, so that
the same holders get the same certificates again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import attrs
from certomancer.registry import (
    ArchLabel,
    CertLabel,
    CertomancerConfig,
    KeyLabel,
    PKIArchitecture,
    ServiceLabel,
)
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_der_x509_certificate

Fate = Literal["good", "expired", "revoked", "foreign"]

_CA_USES = ["digital_signature", "key_cert_sign", "crl_sign"]
_ALWAYS = ("root", "issuer", "ocsp", "tsa", "foreign-root")
_BITS = 2048


@attrs.frozen
class Holder:
    """Somebody who gets a certificate: a label of letters and digits, a name, and its fate.

    `expired` ended in 2024, `revoked` is revoked since June 2025, `foreign` comes from a chain that
    nobody trusts.
    """

    label: str
    name: str
    unit: str = ""
    fate: Fate = "good"


class Authority:
    """The authority with its holders; `prefix` is the address at which it is served."""

    def __init__(self, folder: Path, holders: Iterable[Holder], prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self.holders = {holder.label: holder for holder in holders}
        _make_keys(folder, [*_ALWAYS, *self.holders])
        self.config = CertomancerConfig(
            self._plan(), key_search_dir=str(folder), external_url_prefix=prefix
        )

    @property
    def root_pem(self) -> str:
        """The root that those who trust this authority trust."""
        return self._pem("uji", "root")

    @property
    def issuer_pem(self) -> str:
        """The certificate that issues those of the holders."""
        return self._pem("uji", "issuer")

    @property
    def time_stamp_url(self) -> str:
        """Where RFC 3161 time stamps are given."""
        return str(self._hierarchy("uji").service_registry.get_tsa_info(ServiceLabel("tsa")).url)

    def certificate(self, label: str) -> bytes:
        """The DER of a holder's certificate."""
        return bytes(self._hierarchy(self._of(label)).get_cert(CertLabel(label)).dump())

    def pkcs12(self, label: str, passphrase: str) -> bytes:
        """A holder's key and certificate with the chain up to the root, as PKCS#12 (RFC 7292)."""
        hierarchy = self._hierarchy(self._of(label))
        key = hierarchy.key_set.get_private_key(KeyLabel(label)).dump()
        chain = ("foreign-root",) if self._of(label) == "asing" else ("issuer", "root")
        return pkcs12.serialize_key_and_certificates(
            label.encode(),
            serialization.load_der_private_key(key, None),  # type: ignore[arg-type]  # RSA, made below
            load_der_x509_certificate(self.certificate(label)),
            [
                load_der_x509_certificate(hierarchy.get_cert(CertLabel(name)).dump())
                for name in chain
            ],
            serialization.BestAvailableEncryption(passphrase.encode()),
        )

    def _of(self, label: str) -> str:
        return "asing" if self.holders[label].fate == "foreign" else "uji"

    def _hierarchy(self, name: str) -> PKIArchitecture:
        return self.config.get_pki_arch(ArchLabel(name))

    def _pem(self, hierarchy: str, label: str) -> str:
        der = self._hierarchy(hierarchy).get_cert(CertLabel(label)).dump()
        certificate = load_der_x509_certificate(der)
        return certificate.public_bytes(serialization.Encoding.PEM).decode()

    def _plan(self) -> dict[str, Any]:
        """What Certomancer reads: keys, names, certificates and services."""
        trusted = [one for one in self.holders.values() if one.fate != "foreign"]
        foreign = [one for one in self.holders.values() if one.fate == "foreign"]
        labels = [*_ALWAYS, *self.holders]
        return {
            "keysets": {"keys": {"keys": {name: {"path": f"{name}.pem"} for name in labels}}},
            "pki-architectures": {
                "uji": {
                    "keyset": "keys",
                    "entity-defaults": _NAMES,
                    "entities": {
                        "root": {"common-name": "Root CA Uji"},
                        "issuer": {"common-name": "OSD Uji"},
                        "ocsp": {"common-name": "OCSP Uji"},
                        "tsa": {"common-name": "Timestamp Authority Uji"},
                        **{one.label: _name(one) for one in trusted},
                    },
                    "certs": {
                        **_authorities(),
                        **{one.label: _certificate(one) for one in trusted},
                    },
                    "services": _SERVICES,
                },
                "asing": {
                    "keyset": "keys",
                    "entity-defaults": {"country-name": "ID", "organization-name": "Pihak Asing"},
                    "entities": {
                        "foreign-root": {"common-name": "Root Asing Uji"},
                        **{one.label: _name(one) for one in foreign},
                    },
                    "certs": {
                        "foreign-root": _root("foreign-root"),
                        **{one.label: _foreign(one) for one in foreign},
                    },
                },
            },
        }


_NAMES = {"country-name": "ID", "organization-name": "Otoritas Uji"}
_LONG = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2045-01-01T00:00:00+0000"}
_YEARS = {"valid-from": "2022-01-01T00:00:00+0000", "valid-to": "2036-01-01T00:00:00+0000"}
_PAST = {"valid-from": "2022-01-01T00:00:00+0000", "valid-to": "2024-01-01T00:00:00+0000"}
_SERVICES = {
    "ocsp": {
        "issuer": {"for-issuer": "issuer", "responder-cert": "ocsp", "signing-key": "ocsp"},
    },
    "crl-repo": {
        name: {
            "for-issuer": name,
            "signing-key": name,
            "simulated-update-schedule": "P30D",
        }
        for name in ("root", "issuer")
    },
    "cert-repo": {
        name: {"for-issuer": name, "publish-issued-certs": True} for name in ("root", "issuer")
    },
    "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
}


def _uses(*names: str) -> dict[str, Any]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(names)},
    }


def _lists(issuer: str) -> dict[str, Any]:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [issuer]}},
    }


def _root(label: str) -> dict[str, Any]:
    return {
        "subject": label,
        "subject-key": label,
        "issuer": label,
        "authority-key": label,
        "serial": _serial(label),
        "validity": _LONG,
        "extensions": [
            {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
            _uses(*_CA_USES),
        ],
    }


def _authorities() -> dict[str, Any]:
    return {
        "root": _root("root"),
        "issuer": {
            "issuer": "root",
            "serial": _serial("issuer"),
            "validity": _LONG,
            "extensions": [
                {
                    "id": "basic_constraints",
                    "critical": True,
                    "value": {"ca": True, "path_len_constraint": 0},
                },
                _uses(*_CA_USES),
                _lists("root"),
            ],
        },
        "ocsp": {
            "issuer": "issuer",
            "serial": _serial("ocsp"),
            "validity": _LONG,
            "extensions": [
                _uses("digital_signature"),
                {"id": "extended_key_usage", "value": ["ocsp_signing"]},
                {"id": "ocsp_no_check"},
            ],
        },
        "tsa": {
            "issuer": "root",
            "serial": _serial("tsa"),
            "validity": _LONG,
            "extensions": [
                _uses("digital_signature"),
                {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
                _lists("root"),
            ],
        },
    }


def _certificate(holder: Holder) -> dict[str, Any]:
    plan: dict[str, Any] = {
        "subject": holder.label,
        "subject-key": holder.label,
        "issuer": "issuer",
        "serial": _serial(holder.label),
        "validity": _PAST if holder.fate == "expired" else _YEARS,
        "extensions": [
            _uses("digital_signature", "non_repudiation"),
            {
                "id": "authority_information_access",
                "smart-value": {
                    "schema": "aia-urls",
                    "params": {
                        "ocsp-responder-names": ["issuer"],
                        "ca-issuer-links": [{"repo": "issuer"}],
                    },
                },
            },
            _lists("issuer"),
        ],
    }
    if holder.fate == "revoked":
        plan["revocation"] = {
            "revoked-since": "2025-06-01T00:00:00+0000",
            "reason": "key_compromise",
        }
    return plan


def _foreign(holder: Holder) -> dict[str, Any]:
    return {
        "subject": holder.label,
        "subject-key": holder.label,
        "issuer": "foreign-root",
        "serial": _serial(holder.label),
        "validity": _YEARS,
        "extensions": [_uses("digital_signature", "non_repudiation")],
    }


def _name(holder: Holder) -> dict[str, str]:
    unit = {"organizational-unit-name": holder.unit[:64]} if holder.unit else {}
    return {"common-name": holder.name[:64], **unit}


def _serial(label: str) -> int:
    """A serial number that stays when other holders come or go."""
    return int.from_bytes(hashlib.sha256(label.encode()).digest()[:8], "big") >> 1


def _make_keys(folder: Path, labels: Iterable[str]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for label in labels:
        path = folder / f"{label}.pem"
        if path.exists():
            continue
        pem = rsa.generate_private_key(65537, _BITS).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_bytes(pem)
        part.rename(path)
