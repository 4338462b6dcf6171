"""The English catalogues: a package's marked sentences, in `locale/en/LC_MESSAGES/messages.po`.

    python scripts/catalogues.py           bring the catalogues up to date; new sentences come empty
    python scripts/catalogues.py --check   name what is missing, left over or has other placeholders

The msgid is the Indonesian sentence. A catalogue depends on nothing but the sentences: sorted, with
no dates and no places, so that moving code changes no catalogue.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "en"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([sdrif%])")

Msgid = str | tuple[str, ...]


def packages() -> list[Path]:
    """The core and every plugin of this tree."""
    found = [ROOT / "core" / "src" / "leuit"]
    found += [path.parent for path in (ROOT / "plugins").glob("*/src/*/__init__.py")]
    return sorted(found)


def catalogue_of(package: Path) -> Path:
    """Where the English sentences of a package stand."""
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def sentences(package: Path) -> set[Msgid]:
    """Every marked sentence of a package's Python modules and templates."""
    found = extract_from_dir(package, METHODS, OPTIONS, KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def translations(path: Path) -> dict[Msgid, Msgid]:
    """The translated sentences of a catalogue; none for a package that has no catalogue yet."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        stored = read_po(file, locale=LANGUAGE)
    return {_key(message): _filled(message) for message in stored if message.id}


def render(known: dict[Msgid, Msgid], wanted: Iterable[Msgid]) -> str:
    """The text of a catalogue that holds exactly the wanted sentences."""
    catalogue = Catalog(locale=LANGUAGE)
    for msgid in wanted:
        catalogue.add(msgid, known.get(msgid) or None)
    text = io.BytesIO()
    write_po(text, catalogue, width=-1, no_location=True, omit_header=True, sort_output=True)
    return HEADER + text.getvalue().decode()


def faults(package: Path) -> list[str]:
    """What is wrong with the catalogue of a package, one line each."""
    wanted = sentences(package)
    known = translations(catalogue_of(package))
    lines = [f"not in the catalogue: {msgid!r}" for msgid in wanted - known.keys()]
    lines += [f"no longer in the package: {msgid!r}" for msgid in known.keys() - wanted]
    for msgid in wanted & known.keys():
        if not known[msgid]:
            lines.append(f"not translated: {msgid!r}")
        elif _differs(msgid, known[msgid]):
            lines.append(f"other placeholders: {msgid!r} -> {known[msgid]!r}")
    return sorted(lines)


def main(arguments: list[str]) -> int:
    """Update, or check with `--check`; 1 when a sentence lacks its translation."""
    wrong = 0
    for package in packages():
        path = catalogue_of(package)
        if arguments != ["--check"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(translations(path), sentences(package)), encoding="utf-8")
        for line in faults(package):
            wrong += 1
            print(f"{path.relative_to(ROOT)}: {line}")
    return 1 if wrong and arguments == ["--check"] else 0


def _key(message: Message) -> Msgid:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _filled(message: Message) -> Msgid:
    """The translation, or an empty text when any form of it is empty."""
    if isinstance(message.string, str):
        return message.string
    forms = tuple(message.string or ())
    return forms if all(forms) else ""


def _forms(text: Msgid) -> Iterator[str]:
    yield from (text,) if isinstance(text, str) else text


def _placeholders(text: str) -> tuple[set[str], list[str]]:
    """The named places, whose order is free, and the nameless ones, whose order is not."""
    found = PLACEHOLDER.findall(text)
    named = {f"{name}:{letter}" for name, letter in found if name}
    return named, [letter for name, letter in found if not name and letter != "%"]


def _differs(msgid: Msgid, string: Msgid) -> bool:
    """Whether a form fills other places than the sentence does."""
    wanted = _placeholders(next(_forms(msgid)))
    return any(_placeholders(form) != wanted for form in _forms(string))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
