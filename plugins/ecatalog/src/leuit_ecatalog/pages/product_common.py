"""What the pages of products share: addresses, the steps of the form, small readings."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import attrs

from leuit.values import Text, _
from leuit.web import Choice, Field, FormPage, Request, parse_id, version_of
from leuit_ecatalog.models import Product
from leuit_ecatalog.product_words import STATE_TONES, STATE_WORDS
from leuit_ecatalog.rules.product_states import REOPEN
from leuit_ecatalog.rules.units import WORDS
from leuit_ecatalog.service.product_checks import Gap

LIST: Final = "/ecatalog/shop/products"
DESK: Final = "/ecatalog/products"
STEPS: Final[dict[str, Text]] = {
    "category": _("Kategori"),
    "basics": _("Nama dan uraian"),
    "pictures": _("Gambar"),
    "origin": _("Asal dan TKDN"),
    "certificates": _("SNI, halal, KBKI"),
    "specification": _("Spesifikasi"),
    "variants": _("Varian, harga, stok"),
    "shipping": _("Ongkos kirim"),
}
"""The steps of a product's form, in order; each is a page of its own."""
VERSION: Final = Field("version", "", "hidden")
UNITS: Final = [
    Choice(code, words[0] + (f" ({', '.join(words[1:3])})" if words[1:] else ""))
    for code, words in sorted(WORDS.items(), key=lambda pair: pair[1][0])
]


@attrs.frozen
class ShownStep:
    """A step on the overview: where it is, and what is missing there."""

    path: str
    title: str
    gaps: Sequence[str]
    hints: Sequence[str]


def product_path(product_id: UUID) -> str:
    """The vendor's page of a product."""
    return f"{LIST}/{product_id}"


def product_id_of(request: Request) -> UUID:
    """The product that the address names."""
    return parse_id(str(request.params["product_id"]))


def variant_id_of(request: Request) -> UUID:
    """The variant that the address names."""
    return parse_id(str(request.params["variant_id"]))


def posted_version(request: Request) -> int:
    """The version that a button's form carried."""
    return version_of(request.form)


def after(step: str, product: Product) -> str:
    """Where saving a step leads: to the next one of a draft, else back to the product."""
    names = list(STEPS)
    path = product_path(product.id)
    if product.state != "draf" or step not in names[:-1]:
        return path
    return f"{path}/{names[names.index(step) + 1]}"


def chip_of(state: str) -> tuple[str, str]:
    """The word of a state and its tone."""
    return STATE_WORDS[state], STATE_TONES[state]


def step_form(
    product: Product, step: str, title: str, fields: list[Field], lead: str = ""
) -> FormPage:
    """The form of one step, with the version that it was shown at."""
    number = list(STEPS).index(step) + 1 if step in STEPS else 0
    where = _("Langkah %(number)s dari %(count)s") % {"number": number, "count": len(STEPS)}
    warned = (
        _("Mengubah isi ini menurunkan produk dari tayang sampai diperiksa lagi.")
        if product.state in REOPEN.before and step != "shipping"
        else ""
    )
    told = [part for part in (where if number else "", lead, warned) if part]
    return FormPage(
        title=title,
        lead=". ".join(str(part).rstrip(".") for part in told) + ("." if told else ""),
        fields=[*fields, VERSION],
        submit=_("Simpan"),
        back=product_path(product.id),
        back_label=product.name,
    ).fill({"version": product.version})


def steps_of(product_id: UUID, gaps: Sequence[Gap], hints: Sequence[Gap]) -> list[ShownStep]:
    """All steps with what is missing in each."""
    return [
        ShownStep(
            f"{product_path(product_id)}/{name}",
            title,
            [gap.sentence for gap in gaps if gap.step == name],
            [gap.sentence for gap in hints if gap.step == name],
        )
        for name, title in STEPS.items()
    ]
