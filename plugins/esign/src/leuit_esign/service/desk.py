"""Desks at which strangers' files are examined, each with a process and a short queue of its own.

A crafted file may hold an examiner until its limit of time. So files of the public have another
process than those that are being signed or that a service asks about, and only so many may wait:
each holds a thread that a signer could have used.
"""

import atexit
import tempfile
import threading
from pathlib import Path

from leuit.limited_process import SECONDS
from leuit.values import UnavailableError, _
from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import Examination

from .trust import TrustList


class Desk:
    """One examiner, and at most `most` files at it: the one being examined and those that wait."""

    def __init__(self, most: int, seconds: float = SECONDS) -> None:
        self._examiner = Examiner(seconds)
        self._places = threading.BoundedSemaphore(most)
        self._retry_after = int(seconds)
        atexit.register(self._examiner.close)

    def examine(self, pdf: bytes, trust: TrustList | None, max_bytes: int) -> Examination:
        """Examine a file, which is kept nowhere; UnavailableError at once when too many wait.

        Without a list of authorities to trust, every signature is of an unknown issuer.
        """
        if not self._places.acquire(blocking=False):
            raise UnavailableError(
                _("Sedang banyak berkas yang diperiksa."),
                advice=_("Coba lagi sebentar lagi."),
                retry_after=self._retry_after,
            )
        try:
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(pdf)
                file.flush()
                return self._examiner.examine(
                    Instructions(
                        str(Path(file.name)),
                        trust.root_pems if trust else (),
                        trust.issuer_pems if trust else (),
                        max_bytes=max_bytes,
                    )
                )
        finally:
            self._places.release()
