"""What a Perbup, Perpres or PMK decides, as dated editions that two people put in force.

Code asks `edition(view, kind, on)` for the figures of a date and keeps the edition's id beside
what it decided. Plugins register their kinds by the hook `leuit_regulations`.
"""

from leuit.plugins import Plugin
from leuit.values import _

from .decisions import FourEyesError, activate, propose, seed_edition, withdraw
from .documents import store_document
from .drafting import Draft, draft_edition, revise_draft
from .enacting import enact_edition
from .events import EditionActivated
from .kinds import RegulationKind, kinds
from .lookup import Edition, edition, edition_by_id, editions, require_edition
from .models import RegulationEdition
from .register import DRAFT as MAY_DRAFT
from .register import READ as MAY_READ
from .register import find as find_edition

plugin = Plugin(
    name="regulations",
    title=_("Peraturan"),
    version="0.1.0",
    module="leuit.builtin.regulations",
    hooks="leuit.builtin.regulations.hooks",
    namespace="core",
)

__all__ = [
    "MAY_DRAFT",
    "MAY_READ",
    "Draft",
    "Edition",
    "EditionActivated",
    "FourEyesError",
    "RegulationEdition",
    "RegulationKind",
    "activate",
    "draft_edition",
    "edition",
    "edition_by_id",
    "editions",
    "enact_edition",
    "find_edition",
    "kinds",
    "plugin",
    "propose",
    "require_edition",
    "revise_draft",
    "seed_edition",
    "store_document",
    "withdraw",
]
