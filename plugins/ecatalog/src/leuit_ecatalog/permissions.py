"""What may be done in the catalogue, and the roles that bundle it.

A vendor holds `SHOP` for his own firm alone: whose it is, `service.membership` says. What the
manager of the catalogue does, he does for the whole region. PP, PPK and treasurer are separate
roles of a unit; that one person does not hold two of them on one package is a rule of buying.
"""

from leuit.identity import Permission, Role
from leuit.values import _

SHOP = "ecatalog.shop.keep"
READ_VENDORS = "ecatalog.vendor.read"
VERIFY = "ecatalog.vendor.verify"
SANCTION = "ecatalog.vendor.sanction"
MODERATE = "ecatalog.product.moderate"
ARRANGE = "ecatalog.category.manage"

PERMISSIONS = [
    Permission(SHOP, _("Mengelola usaha dan produk sendiri")),
    Permission(READ_VENDORS, _("Membaca data penyedia")),
    Permission(VERIFY, _("Memeriksa pendaftaran penyedia")),
    Permission(SANCTION, _("Mencatat sanksi penyedia")),
    Permission(MODERATE, _("Memeriksa dan membekukan produk")),
    Permission(ARRANGE, _("Mengatur kategori dan wilayah katalog")),
]
ROLES = [
    Role("ecatalog.vendor", _("Penyedia"), (SHOP,), given_to="external"),
    Role(
        "ecatalog.manager",
        _("Pengelola katalog"),
        (READ_VENDORS, VERIFY, SANCTION, MODERATE, ARRANGE),
    ),
    Role("ecatalog.reader", _("Pembaca data katalog"), (READ_VENDORS,)),
]
