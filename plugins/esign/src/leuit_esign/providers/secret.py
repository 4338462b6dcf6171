"""A signer's passphrase on its way: used once, shown nowhere."""

from typing import NoReturn


class Secret:
    """Text that no trace, log line, error or dump shows; `reveal` is called where it is used."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")
