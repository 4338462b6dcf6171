"""What a provider of signatures is asked for, and what it says of itself."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import attrs

from leuit_esign.rules import Level, Place

from .secret import Secret

if TYPE_CHECKING:
    from leuit.work import Leuit


@attrs.frozen
class Look:
    """How a visible signature looks: a PDF of one page, of the size of its field as it is shown.

    `turn` is how far the page it stands on is turned clockwise, in degrees.
    """

    pdf: bytes = attrs.field(repr=False)
    turn: int = 0


@attrs.frozen
class SignOrder:
    """One signature that is wanted of a person on a PDF.

    `field` names an empty signature field, or one to be made at `place`, in the page's own space.
    `secret` is the person's passphrase, for this call alone. `look` is that of a visible
    signature. An order says nothing of who may give it: that has been checked before.
    """

    pdf: bytes = attrs.field(repr=False)
    person_id: UUID
    secret: Secret
    field: str
    level: Level
    now: dt.datetime
    reason: str = ""
    location: str = ""
    place: Place | None = None
    look: Look | None = None


@attrs.frozen
class Provider:
    """A way to sign, known by a name of letters, digits and underscores.

    `sign` returns the signed PDF or raises a LeuitError with a sentence for the signer; it is
    called outside any unit of work, as it may take seconds. `certificate` gives the certificate
    (DER) by which a person signs now: a result with another one is not accepted. `levels` are
    those it can reach.
    """

    name: str
    title: str
    levels: tuple[Level, ...]
    sign: Callable[["Leuit", SignOrder], bytes] = attrs.field(repr=False)
    certificate: Callable[["Leuit", UUID], bytes] = attrs.field(repr=False)
