"""Settings of one installation: `leuit.toml` in the state folder, read once, frozen.

All state lives in one folder (`LEUIT_DATA`, default `leuit-data` in the working folder): settings,
the secret key, the SQLite database, blobs, the writer's lock. Unknown keys are refused with their
path, since a misspelt setting that is silently ignored is worse than a stop.
"""

import os
import secrets
import tomllib
from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from leuit.values import SetupError, _

SETTINGS_FILE = "leuit.toml"
SECRET_FILE = "secret.key"  # noqa: S105 -- a file name, not a secret


@attrs.frozen
class Region:
    """The regency that runs this; `code` is that of Kepmendagri 300.2.2-2430/2025."""

    name: str = "Kabupaten Contoh"
    code: str = ""
    zone: str = "Asia/Jakarta"


@attrs.frozen
class Server:
    """Where `leuit serve` listens and what it believes about the way to it.

    `public_url` starts with https behind a proxy; cookies are then `Secure` with the `__Host-`
    prefix. `threads` bounds reading endpoints, `writers` those that open a unit of work; bodies of
    requests hold `body_megabytes` of memory at once, and more are told to come again; a home
    card later than `card_milliseconds` is left out, and so are tasks of a service later than
    `inbox_milliseconds` and counts in the menu later than `count_milliseconds`.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    threads: int = 24
    writers: int = 16
    queue: int = 200
    body_megabytes: int = 256
    card_milliseconds: int = 150
    inbox_milliseconds: int = 1000
    count_milliseconds: int = 50

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


@attrs.frozen
class Settings:
    """One installation. `plugins` holds the table `[plugins.<name>]` of each plugin.

    `blob_options` are the other keys of `[blobs]`, as the store takes them (for S3: `endpoint`,
    `region`, `access_key_id`, `secret_access_key`; the usual AWS_ variables work too).
    """

    data: Path
    region: Region = attrs.field(factory=Region)
    server: Server = attrs.field(factory=Server)
    database: str = ""
    blobs: str = ""
    blob_options: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    disabled: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    providers: Mapping[str, str] = attrs.field(factory=dict)
    plugins: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.region.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise SetupError(
                _("Zona waktu “%(zone)s” di leuit.toml tidak dikenal."),
                advice=_("Pakai misalnya Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura."),
                zone=self.region.zone,
            ) from None

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL; a SQLite file in the state folder unless the settings say more."""
        return self.database or f"sqlite:///{self.data / 'leuit.db'}"

    @property
    def blobs_url(self) -> str:
        """Where files are kept: `file://` folder by default, or an `s3://bucket/prefix` URL."""
        return self.blobs or (self.data.resolve() / "blobs").as_uri()

    def secret_key(self) -> bytes:
        """The 32 bytes by which tokens and keys are derived; made by `leuit init`, mode 600."""
        try:
            return bytes.fromhex((self.data / SECRET_FILE).read_text().strip())
        except (OSError, ValueError):
            raise SetupError(
                _("Berkas %(file)s tidak ada atau rusak."),
                advice=_("Jalankan leuit init, atau pulihkan berkas itu dari cadangan."),
                file=str(self.data / SECRET_FILE),
            ) from None

    @classmethod
    def load(cls, data: Path, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `<data>/leuit.toml`; `LEUIT_DATABASE` and `LEUIT_BLOBS` in the environment win.

        Raises SetupError when the file is missing, is not TOML, or holds an unknown key.
        """
        environment = os.environ if environment is None else environment
        path = data / SETTINGS_FILE
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise SetupError(
                _("Belum ada %(file)s."),
                advice=_("Jalankan leuit init, atau tunjuk folder lain lewat LEUIT_DATA."),
                file=str(path),
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SetupError(
                _("%(file)s bukan TOML yang sah: %(reason)s."), file=str(path), reason=str(error)
            ) from None
        return cls.from_table(data, table, environment)

    @classmethod
    def from_table(
        cls, data: Path, table: Mapping[str, Any], environment: Mapping[str, str]
    ) -> "Settings":
        """Build settings from a decoded table; every unknown key is refused with its path."""
        known = {"region", "server", "database", "blobs", "plugins"}
        _refuse_unknown(table, known, "")
        plugins = dict(table.get("plugins", {}))
        choice = {
            name: plugins.pop(name, default)
            for name, default in (("disabled", []), ("required", []), ("providers", {}))
        }
        settings = cls(
            data=data,
            region=_section(Region, table.get("region", {}), "region"),
            server=_section(Server, table.get("server", {}), "server"),
            database=environment.get("LEUIT_DATABASE") or table.get("database", {}).get("url", ""),
            blobs=environment.get("LEUIT_BLOBS") or table.get("blobs", {}).get("url", ""),
            blob_options=MappingProxyType(
                {key: str(value) for key, value in table.get("blobs", {}).items() if key != "url"}
            ),
            disabled=frozenset(choice["disabled"]),
            required=frozenset(choice["required"]),
            providers=MappingProxyType(dict(choice["providers"])),
            plugins=MappingProxyType(plugins),
        )
        settings.zone.utcoffset(None)  # an unknown zone is found at once, not at the first punch
        return settings


def data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The state folder: `LEUIT_DATA`, or `leuit-data` in the working folder."""
    environment = os.environ if environment is None else environment
    return Path(environment.get("LEUIT_DATA") or "leuit-data").absolute()


def write_first_settings(data: Path, region: Region) -> None:
    """Make the state folder with a commented `leuit.toml` and a fresh secret key.

    Existing files are kept: running it twice changes nothing.
    """
    data.mkdir(parents=True, exist_ok=True)
    settings = data / SETTINGS_FILE
    if not settings.exists():
        settings.write_text(
            "# Pengaturan Leuit. Semua keadaan tersimpan di folder ini.\n"
            "[region]\n"
            f'name = "{region.name}"\n'
            f'code = "{region.code}"\n'
            f'zone = "{region.zone}"\n'
            "\n"
            '# [server]\n# host = "127.0.0.1"\n# port = 8000\n'
            '# public_url = "https://absensi.example.go.id"\n'
            "\n"
            '# [database]\n# url = "postgresql+psycopg://leuit@/leuit"\n'
            "\n"
            '# [plugins]\n# disabled = []\n# required = ["attendance"]\n',
            encoding="utf-8",
        )
    secret = data / SECRET_FILE
    if not secret.exists():
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")


SectionT = TypeVar("SectionT")


def _section(cls: type[SectionT], table: Mapping[str, Any], name: str) -> SectionT:
    fields = get_type_hints(cls)
    _refuse_unknown(table, fields, f"{name}.")
    for key, value in table.items():
        if not isinstance(value, fields[key] or object):
            raise SetupError(
                _("Nilai %(key)s di leuit.toml keliru jenisnya."),
                advice=_("Bandingkan dengan panduan pengaturan."),
                key=f"{name}.{key}",
            )
    return cls(**table)


def _refuse_unknown(table: Mapping[str, Any], known: Container[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise SetupError(
                _("leuit.toml memuat kunci yang tidak dikenal: %(key)s."),
                advice=_("Periksa ejaannya."),
                key=prefix + key,
            )
