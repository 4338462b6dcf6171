"""The code by which anybody asks whether a paper is genuine: Crockford's base 32, as typed.

Twelve of 32 letters and digits, without I, L, O and U, which are misread from paper: whoever types
O means 0, I and L mean 1.
"""

import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2013": None})


def new_paper_code() -> str:
    """A code that nobody can guess: 60 bits of chance."""
    bits = secrets.randbits(5 * _LENGTH)
    return "".join(_LETTERS[bits >> 5 * place & 31] for place in range(_LENGTH))


def read_paper_code(typed: str) -> str:
    """The code that was meant; empty when none can have been."""
    code = typed.strip().upper().translate(_MEANT)
    return code if len(code) == _LENGTH and all(one in _LETTERS for one in code) else ""


def shown_paper_code(code: str) -> str:
    """A code as it is printed: in fours, as in 7Q4K-92MD-0TXB."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
