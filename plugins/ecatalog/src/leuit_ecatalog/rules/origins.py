"""Whether a product is domestic (produk dalam negeri), and how that is known."""

from typing import Final

CERTIFIED: Final = "pdn_tkdn"
LISTED: Final = "pdn_siinas"
DOMESTIC: Final = "pdn_lain"
IMPORTED: Final = "impor"
