"""What happens to a file when its periods are over, told from the wording of a schedule.

Only the plain words "Musnah" and "Permanen" act by themselves. A condition ("Musnah, kecuali ...")
is weighed by people, so the file is appraised anew (dinilai kembali).
"""

import re
from collections.abc import Mapping

from leuit.values import Text, _

from .phrases import plain

DESTROY, KEEP, APPRAISE, JOINS = "musnah", "permanen", "dinilai_kembali", ""

FINAL_ACTIONS: Mapping[str, Text] = {
    DESTROY: _("Musnah"),
    KEEP: _("Permanen"),
    APPRAISE: _("Dinilai kembali"),
    JOINS: _("Mengikuti berkas lain atau belum ditetapkan"),
}
"""Final actions and their titles."""

EXTEND = "diperpanjang"
"""What an appraisal may say instead of a final action: keep it longer, then appraise it again."""

_CONDITION = re.compile(
    r"(?:musnah|permanen|masuk berkas)\b"
    r".*\b(?:kecuali|setelah|sejak|apabila|jika|bila|sepanjang|selama)\b.*"
)
_JOINS = re.compile(r"masuk berkas (?!.*\b(?:musnah|permanen)\b).+")


def final_action_of(phrase: str) -> str | None:
    """The final action of a wording; empty where the file joins another, None if not understood.

    A stop at the end is ignored, a comma is not: it may be what is left of a condition.
    """
    words = plain(phrase).removesuffix(".").rstrip()
    if words in {DESTROY, KEEP}:
        return words
    if words == "dinilai kembali" or _CONDITION.fullmatch(words):
        return APPRAISE
    return JOINS if _JOINS.fullmatch(words) else None
