"""The order of the demonstration's catalogue: categories, their attributes, kecamatan of Lebak.

Categories and attributes are a working selection for invented products; the kecamatan are those of
the regency by the codes of Kemendagri.
"""

from importlib import resources

from leuit.identity import SYSTEM
from leuit.plugins import CommandContext
from leuit_ecatalog.service.category_import import receive_order, store_order

_TABLES = {
    "categories": "kategori.csv",
    "attributes": "atribut.csv",
    "districts": "kecamatan.csv",
}


def fill_order(context: CommandContext) -> None:
    """Bring the tables in; what is there already stays as it is."""
    folder = resources.files("leuit_ecatalog") / "data"
    for kind, name in _TABLES.items():
        received = receive_order(context.app, kind, (folder / name).read_bytes(), name)
        with context.app.change(SYSTEM) as work:
            store_order(work, received)
