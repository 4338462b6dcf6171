"""The English catalogues hold what the packages say, and are read when English is asked for."""

from pathlib import Path

import catalogues
import pytest

from leuit.values import Text
from leuit.values.text import Catalogue

PACKAGES = catalogues.packages()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package.name))
def test_every_sentence_is_translated_with_its_placeholders(package: Path) -> None:
    """`python scripts/catalogues.py` adds what is new; a translator has written the English."""
    assert catalogues.faults(package) == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package.name))
def test_a_catalogue_is_what_the_script_would_write(package: Path) -> None:
    """The same sentences give the same file, byte for byte, so a diff shows only new words."""
    path = catalogues.catalogue_of(package)
    written = catalogues.render(catalogues.translations(path), catalogues.sentences(package))
    assert path.read_text(encoding="utf-8") == written


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """New, untranslated and left-over sentences and changed placeholders each are a fault."""
    package = tmp_path / "example"
    package.mkdir()
    (package / "page.html").write_text('{{ _("Baru") }}')
    (package / "module.py").write_text('_("Kosong"); _("Isi %(name)s."); _("%s dari %s")')
    path = catalogues.catalogue_of(package)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Kosong"\nmsgstr ""\n\n'
        'msgid "Isi %(name)s."\nmsgstr "Enter %(nama)s."\n\n'
        'msgid "%s dari %s"\nmsgstr "%s of them"\n\n'
        'msgid "Lama"\nmsgstr "Old"\n'
    )
    assert [fault.split(":")[0] for fault in catalogues.faults(package)] == [
        "no longer in the package",
        "not in the catalogue",
        "not translated",
        "other placeholders",
        "other placeholders",
    ]
    path.write_text(catalogues.render(catalogues.translations(path), catalogues.sentences(package)))
    assert "Lama" not in path.read_text()
    assert 'msgid "Baru"\nmsgstr ""' in path.read_text()
    assert "Enter %(nama)s." in path.read_text()


def test_a_language_is_read_when_it_is_first_asked_for(tmp_path: Path) -> None:
    """Indonesian opens no file; a marked parameter is translated with its sentence."""
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff not a catalogue")
    known = Catalogue(tmp_path)
    assert known.translate("Anda %(what)s.", "id", {"what": Text("masuk")}) == "Anda masuk."
    path.write_text(
        'msgid "Anda %(what)s."\nmsgstr "You are %(what)s."\n\nmsgid "masuk"\nmsgstr "in"\n'
    )
    assert known.translate("Anda %(what)s.", "en", {"what": Text("masuk")}) == "You are in."
    assert known.translate("Anda %(what)s.", "en", {"what": "masuk"}) == "You are masuk."
    assert known.translate("Belum ada.", "en") == "Belum ada."
