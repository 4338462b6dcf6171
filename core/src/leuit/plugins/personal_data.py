"""What a plugin keeps about people, and why: the register that UU 27/2022 (UU PDP) asks for.

Every column that says something about a person is declared with its purpose and legal basis (art.
20), how long it is kept (art. 42 to 44), and what erasure does to it. A test fails for a column of
a person's row that nobody declared.
"""

from typing import Literal

import attrs


@attrs.frozen
class PersonalData:
    """Some columns of one table that share purpose, basis, retention and way of erasure.

    `basis` names one of the six grounds of article 20 and the law behind it. `retention` is a
    sentence; `erasure` says what happens to the columns when the retention is over or a person's
    right to erasure is granted: the row goes, the columns are emptied, or the law has them kept.
    `specific` marks data of the specific kind (article 4): health, biometrics, location.
    """

    table: str
    columns: tuple[str, ...]
    purpose: str
    basis: str
    retention: str
    erasure: Literal["row", "empty", "kept"]
    specific: bool = False
