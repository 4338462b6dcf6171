"""`leuit esign verify FILE --trust PEM --json` on a machine without any installation of Leuit.

The process that examines is started before the rest is imported, so that both load side by side.
"""

import json
import sys
from pathlib import Path

LARGEST_TRUST = 1024 * 1024
MEGABYTE = 1024 * 1024
_MARK = "-----BEGIN CERTIFICATE-----"


def verify(arguments: list[str]) -> int | None:
    """Print the verdict for programs; None when it is asked for in another way."""
    found = _asked(arguments)
    if found is None:
        return None
    file, trusted = found
    if not trusted.is_file() or trusted.stat().st_size > LARGEST_TRUST:
        return None  # the command proper says what is wrong
    text = trusted.read_text("ascii", errors="replace")
    if _MARK not in text:
        return None
    from leuit_esign.judging.examiner import Examiner

    with Examiner() as examiner:
        examiner.warm()
        from leuit_esign.judging.instructions import Instructions
        from leuit_esign.rules import Examination, judge
        from leuit_esign.told import EXITS, plain

        if file.is_file():
            examination = examiner.examine(
                Instructions(str(file.absolute()), (text,), max_bytes=100 * MEGABYTE)
            )
        else:
            examination = Examination(failure="no_file")
        verdict = judge(examination)
    sys.stdout.write(json.dumps(plain(verdict), ensure_ascii=False, indent=2) + "\n")
    return EXITS[verdict.word]


def _asked(arguments: list[str]) -> tuple[Path, Path] | None:
    """The file and the PEM of `FILE --trust PEM --json`, in any order; None for anything else."""
    rest = list(arguments)
    trust = ""
    for number, word in enumerate(arguments):
        if word == "--trust" and number + 1 < len(arguments):
            trust = arguments[number + 1]
            del rest[number : number + 2]
        elif word.startswith("--trust="):
            trust = word.removeprefix("--trust=")
            rest.remove(word)
    if not trust or rest.count("--json") != 1:
        return None
    rest.remove("--json")
    if len(rest) != 1 or rest[0].startswith("-"):
        return None
    return Path(rest[0]), Path(trust)
