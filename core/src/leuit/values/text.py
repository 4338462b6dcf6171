"""Sentences for people: written in Indonesian, marked for gettext, shown in the reader's language.

The msgid *is* the Indonesian sentence, so Indonesian needs no catalogue and a missing translation
still reads well. Parameters are named (`%(name)s`), as word order differs between languages.
"""

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

DEFAULT_LANGUAGE = "id"


class Text(str):
    """A sentence that has been marked for translation; equal to its Indonesian form."""

    __slots__ = ()

    def __mod__(self, params: Any) -> "FilledText":
        return FilledText(self, params)


class FilledText(str):  # noqa: SLOT000  # a str of variable length cannot have slots with data
    """A marked sentence whose gaps are filled, in Indonesian; `translate` can still turn it."""

    template: Text
    params: Any

    def __new__(cls, template: Text, params: Any) -> Self:
        filled = super().__new__(cls, str(template) % params)
        filled.template, filled.params = template, params
        return filled


def _(sentence: str) -> Text:
    """Mark an Indonesian sentence for translation without changing it."""
    return Text(sentence)


class Catalogue:
    """Sentences of other languages by their Indonesian msgid, merged from every `messages.po`.

    Folders are only noted; a language is read when somebody first asks for it, as reading costs
    tenths of a second and neither pages nor the command line need it. Where two packages mark the
    same sentence, the folder noted first speaks.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = list(folders)
        self._messages: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()

    def load(self, locale_folders: Iterable[Path]) -> None:
        """Note folders that hold `<language>/LC_MESSAGES/messages.po`; none twice."""
        with self._lock:
            fresh = [folder for folder in locale_folders if folder not in self._folders]
            if fresh:
                self._folders += fresh
                self._messages = {}

    def translate(
        self, sentence: str, language: str, params: Mapping[str, Any] | None = None
    ) -> str:
        """Return `sentence` in `language`, Indonesian where no translation is known.

        A parameter that is itself marked, such as the title of a permission, is translated too.
        """
        if language == DEFAULT_LANGUAGE:
            return str(sentence) % params if params else str(sentence)
        if isinstance(sentence, FilledText):
            return str(self._turned(sentence, language))
        given = {name: self._turned(value, language) for name, value in (params or {}).items()}
        found: str = self._sentences(language).get(str(sentence), str(sentence))
        return found % given if given else found

    def _turned(self, value: Any, language: str) -> Any:
        """A parameter in the language: marked sentences, filled or not, are translated."""
        if isinstance(value, FilledText):
            params = value.params
            if isinstance(params, Mapping):
                params = {name: self._turned(part, language) for name, part in params.items()}
            elif isinstance(params, tuple):
                params = tuple(self._turned(part, language) for part in params)
            else:
                params = self._turned(params, language)
            found = self._sentences(language).get(str(value.template), str(value.template))
            return found % params
        return self._sentences(language).get(value, value) if isinstance(value, Text) else value

    def _sentences(self, language: str) -> dict[str, str]:
        with self._lock:
            known = self._messages.get(language)
            if known is None:
                paths = [
                    folder / language / "LC_MESSAGES" / "messages.po" for folder in self._folders
                ]
                known = self._messages[language] = _read(path for path in paths if path.exists())
        return known


def _read(paths: Iterable[Path]) -> dict[str, str]:
    """Every translated sentence of these files; of a plural message each form on its own."""
    from babel.messages.pofile import read_po  # late: not needed by rules or scripts

    known: dict[str, str] = {}
    for path in paths:
        with path.open("rb") as file:
            stored = read_po(file)
        for message in stored:
            for msgid, form in zip(_forms(message.id), _forms(message.string), strict=False):
                if msgid and form:
                    known.setdefault(msgid, form)
    return known


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


# The core's own sentences are there even where no host is loaded, as in an error at start.
catalogue = Catalogue(Path(__file__).parent.parent / "locale")


def translate(
    sentence: str, language: str = DEFAULT_LANGUAGE, params: Mapping[str, Any] | None = None
) -> str:
    """Translate through the process-wide catalogue (sentences are data, not application state)."""
    return catalogue.translate(sentence, language, params)
