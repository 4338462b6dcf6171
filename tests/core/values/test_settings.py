"""Settings: what is misspelt is refused with its path, what is not said has a default."""

import stat
from pathlib import Path
from typing import Any

import pytest

from leuit.settings import SECRET_FILE, Region, Settings, data_folder, write_first_settings
from leuit.values import SetupError


def test_the_first_settings_load_and_are_kept(tmp_path: Path) -> None:
    """`leuit init` writes settings that load; running it again changes neither them nor the key."""
    write_first_settings(tmp_path, Region("Kabupaten Lebak", "36.02"))
    secret = Settings.load(tmp_path, {}).secret_key()
    write_first_settings(tmp_path, Region("Lain", "1"))
    settings = Settings.load(tmp_path, {})
    assert settings.region.name == "Kabupaten Lebak"
    assert settings.secret_key() == secret
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert settings.database_url == f"sqlite:///{tmp_path / 'leuit.db'}"
    assert settings.blobs_url.startswith("file://")


@pytest.mark.parametrize(
    "table,words",
    [
        ({"regoin": {}}, "regoin"),
        ({"region": {"nmae": "x"}}, "region.nmae"),
        ({"server": {"port": "80"}}, "server.port"),
        ({"region": {"zone": "Asia/Rangkasbitung"}}, "Asia/Rangkasbitung"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, table: dict[str, Any], words: str) -> None:
    """An unknown key, a wrong type and an unknown zone are errors that name the place."""
    with pytest.raises(SetupError, match=words):
        Settings.from_table(tmp_path, table, {})


def test_missing_and_broken_files_say_what_to_do(tmp_path: Path) -> None:
    """No file: run init. No TOML: the reason. No key: restore it."""
    with pytest.raises(SetupError, match="leuit init"):
        Settings.load(tmp_path, {})
    (tmp_path / "leuit.toml").write_text("[region\n")
    with pytest.raises(SetupError, match="TOML"):
        Settings.load(tmp_path, {})
    (tmp_path / "leuit.toml").write_text("")
    with pytest.raises(SetupError, match="cadangan"):
        Settings.load(tmp_path, {}).secret_key()


def test_the_environment_wins(tmp_path: Path) -> None:
    """LEUIT_DATABASE and LEUIT_BLOBS override the file; LEUIT_DATA says where the state is."""
    table = {
        "database": {"url": "postgresql:///a"},
        "blobs": {"url": "s3://a/b", "endpoint": "http://127.0.0.1:1"},
        "plugins": {"disabled": ["x"], "attendance": {"drift_seconds": 5}},
    }
    settings = Settings.from_table(tmp_path, table, {"LEUIT_DATABASE": "sqlite:///c.db"})
    assert settings.database_url == "sqlite:///c.db"
    assert settings.blobs_url == "s3://a/b"
    assert dict(settings.blob_options) == {"endpoint": "http://127.0.0.1:1"}
    assert settings.disabled == {"x"}
    assert settings.plugins["attendance"] == {"drift_seconds": 5}
    assert data_folder({"LEUIT_DATA": str(tmp_path)}) == tmp_path
