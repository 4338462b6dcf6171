"""How much may lie on its way, by `[plugins.uploads]` in leuit.toml."""

import datetime as dt

import attrs

GIGABYTE = 1024**3


@attrs.frozen
class UploadSettings:
    """Files that are on their way or wait to be used, counted by the size they were begun with.

    An account has at most `files_each` of them and `gigabytes_each` together, all accounts together
    `gigabytes`. One that is not whole is forgotten `open_days` after its last piece, a whole one
    after `kept_days`.
    """

    files_each: int = 5
    gigabytes_each: int = 8
    gigabytes: int = 40
    open_days: int = 2
    kept_days: int = 7

    @property
    def bytes_each(self) -> int:
        return self.gigabytes_each * GIGABYTE

    @property
    def bytes_together(self) -> int:
        return self.gigabytes * GIGABYTE

    @property
    def open_for(self) -> dt.timedelta:
        return dt.timedelta(days=self.open_days)

    @property
    def kept_for(self) -> dt.timedelta:
        return dt.timedelta(days=self.kept_days)
