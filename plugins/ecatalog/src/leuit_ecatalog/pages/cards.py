"""The card of a vendor on the home page: where his firm stands, and what to do next."""

from leuit.plugins import CardContent
from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_ecatalog.models.vendors import CORRECT, DRAFT
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.sanctions import effects_on
from leuit_ecatalog.words import SANCTION_WORD

from .shop import DESK
from .shop_words import next_step, state_chip, stops_told

_VERBS = {DRAFT: _("Lengkapi data"), CORRECT: _("Perbaiki data")}


def shop_card(view: View) -> CardContent | None:
    """The firm's name, its state or a sanction in force, and the way to the desk."""
    try:
        vendor = own_vendor(view)
    except NotFoundError:
        return None
    stopped = effects_on(view, vendor.id, view.today)
    chip, tone = SANCTION_WORD if stopped else state_chip(vendor)
    return CardContent(
        fact=vendor.name,
        meta=stops_told(stopped) if stopped else next_step(vendor),
        chip=chip,
        chip_tone=tone,
        action_label=_VERBS.get(vendor.state, _("Buka usaha saya")),
        action_path=DESK,
    )
