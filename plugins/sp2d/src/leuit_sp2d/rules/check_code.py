"""The code by which anybody asks whether a paper is genuine, as people type it from paper.

Twelve of Crockford's 32 letters and digits, which leave out I, L, O and U: whoever types O means 0,
I and L mean 1.
"""

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2013": None})


def read_code(typed: str) -> str:
    """The code that was meant; empty when none can have been."""
    code = typed.strip().upper().translate(_MEANT)
    return code if len(code) == LENGTH and all(one in LETTERS for one in code) else ""


def shown_code(code: str) -> str:
    """A code as it is printed: in fours, as in 7Q4K-92MD-0TXB."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
