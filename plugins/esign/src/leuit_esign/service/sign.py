"""Signing a PDF for a position: who signs, by which provider, and what the log says of it."""

import hashlib
from typing import Literal

import attrs

from leuit.builtin.organisation import PostHolder, holder_of, position_named
from leuit.values import ConflictError, RecordRef, SetupError, TooLargeError, _
from leuit.work import Leuit
from leuit_esign.providers import Provider, Secret, SignOrder
from leuit_esign.rules import Level
from leuit_esign.settings import EsignSettings

from .results import check_result
from .trust import trust_on

HOOK = "esign_register_providers"
MEGABYTE = 1024 * 1024


@attrs.frozen
class Signed:
    """A signed PDF: who signed, in which field, to which level."""

    pdf: bytes = attrs.field(repr=False)
    signer: PostHolder
    field: str
    level: Level


def providers(leuit: Leuit) -> dict[str, Provider]:
    """The registered providers by name; SetupError when two have one name."""
    found: dict[str, Provider] = {}
    for provider in leuit.vocabulary.extras.get(HOOK, ()):
        if not isinstance(provider, Provider):
            raise SetupError(
                _("Hook %(hook)s mengembalikan %(value)s, bukan Provider."),
                hook=HOOK,
                value=str(provider)[:100],
            )
        if provider.name in found:
            raise SetupError(_("Penyedia “%(name)s” didaftarkan dua kali."), name=provider.name)
        found[provider.name] = provider
    return found


def sign_as(
    leuit: Leuit,
    pdf: bytes,
    title: str,
    secret: Secret,
    *,
    name: str,
    reason: str = "",
    location: str = "",
    level: Literal["", "B-B", "B-T", "B-LT", "B-LTA"] = "",
) -> Signed:
    """Sign a PDF for the position of that title, by who holds it today; `name` is the file's.

    The signature goes into the first empty field, or into a new one that nobody sees. Raises what
    `position_named`, `holder_of`, `check_result` and the provider raise, and TooLargeError.
    """
    from leuit.identity import SYSTEM

    settings: EsignSettings = leuit.vocabulary.settings["esign"]
    if len(pdf) > settings.max_megabytes * MEGABYTE:
        raise TooLargeError(_("Dokumen paling besar %(most)s MB."), most=settings.max_megabytes)
    provider = chosen_provider(leuit)
    with leuit.read(SYSTEM) as view:
        signer = holder_of(view, position_named(view, title, view.today), view.today)
        trust = trust_on(view, view.today)
        wanted: Level = level or trust.level
        now = view.now
    if wanted not in provider.levels:
        raise ConflictError(
            _("Penyedia “%(provider)s” tidak menandatangani pada tingkat %(level)s."),
            provider=provider.title,
            level=wanted,
        )
    from leuit_esign.signing.pades import free_field

    field = free_field(pdf)
    order = SignOrder(pdf, signer.person_id, secret, field, wanted, now, reason, location)
    signed = provider.sign(leuit, order)
    check_result(pdf, signed, field, trust, provider.certificate(leuit, signer.person_id))
    with leuit.change(SYSTEM) as work:
        work.audit(
            "esign.file.signed",
            RecordRef("core.person", str(signer.person_id), signer.name),
            file=name,
            position=signer.title,
            acting=signer.kind,
            provider=provider.name,
            level=wanted,
            before_sha256=hashlib.sha256(pdf).hexdigest(),
            after_sha256=hashlib.sha256(signed).hexdigest(),
        )
    return Signed(signed, signer, field, wanted)


def chosen_provider(leuit: Leuit) -> Provider:
    """The provider that signs here; SetupError when the settings name one that is not there."""
    settings: EsignSettings = leuit.vocabulary.settings["esign"]
    known = providers(leuit)
    if settings.provider not in known:
        raise SetupError(
            _("Penyedia tanda tangan “%(name)s” tidak ada; yang ada: %(known)s."),
            name=settings.provider,
            known=", ".join(sorted(known)) or "-",
        )
    return known[settings.provider]
