"""Sentences for people: written in Indonesian, marked for gettext, shown in the reader's language.

The msgid *is* the Indonesian sentence, so Indonesian needs no catalogue and a missing translation
still reads well. Parameters are named (`%(name)s`), as word order differs between languages.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DEFAULT_LANGUAGE = "id"


class Text(str):
    """A sentence that has been marked for translation; equal to its Indonesian form."""

    __slots__ = ()


def _(sentence: str) -> Text:
    """Mark an Indonesian sentence for translation without changing it."""
    return Text(sentence)


class Catalogue:
    """English sentences by their Indonesian msgid, merged from every package's `messages.po`."""

    def __init__(self) -> None:
        self._messages: dict[str, dict[str, str]] = {}

    def load(self, locale_folders: Iterable[Path]) -> None:
        """Read `<folder>/<language>/LC_MESSAGES/messages.po` of each folder that has one."""
        from babel.messages.pofile import read_po  # late: not needed by rules or scripts

        for folder in locale_folders:
            for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
                language = path.parent.parent.name
                with path.open("rb") as file:
                    catalogue = read_po(file, locale=language)
                known = self._messages.setdefault(language, {})
                for message in catalogue:
                    if message.id and isinstance(message.id, str) and message.string:
                        known.setdefault(message.id, str(message.string))

    def languages(self) -> tuple[str, ...]:
        """The languages that can be shown: Indonesian always, others where a catalogue exists."""
        return (DEFAULT_LANGUAGE, *sorted(self._messages))

    def translate(
        self, sentence: str, language: str, params: Mapping[str, Any] | None = None
    ) -> str:
        """Return `sentence` in `language`, Indonesian where no translation is known."""
        found = self._messages.get(language, {}).get(str(sentence), str(sentence))
        return found % params if params else found


catalogue = Catalogue()


def translate(
    sentence: str, language: str = DEFAULT_LANGUAGE, params: Mapping[str, Any] | None = None
) -> str:
    """Translate through the process-wide catalogue (sentences are data, not application state)."""
    return catalogue.translate(sentence, language, params)
