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
IMPORT_RUP = "ecatalog.rup.import"
BUY = "ecatalog.basket.keep"
PREPARE = "ecatalog.purchase.prepare"
APPROVE = "ecatalog.purchase.approve"
AUTHORISE = "ecatalog.purchase.authorise"
PAY = "ecatalog.purchase.pay"
READ_PURCHASES = "ecatalog.purchase.read"

PERMISSIONS = [
    Permission(SHOP, _("Mengelola usaha dan produk sendiri")),
    Permission(READ_VENDORS, _("Membaca data penyedia")),
    Permission(VERIFY, _("Memeriksa pendaftaran penyedia")),
    Permission(SANCTION, _("Mencatat sanksi penyedia")),
    Permission(MODERATE, _("Memeriksa dan membekukan produk")),
    Permission(ARRANGE, _("Mengatur kategori dan wilayah katalog")),
    Permission(IMPORT_RUP, _("Mengimpor paket RUP")),
    Permission(BUY, _("Mengisi keranjang dan menyusun pembelian")),
    Permission(PREPARE, _("Menyiapkan dan menegosiasikan pembelian")),
    Permission(APPROVE, _("Menyetujui pembelian")),
    Permission(AUTHORISE, _("Menetapkan pembelian bernilai besar")),
    Permission(PAY, _("Membayar pesanan katalog")),
    Permission(READ_PURCHASES, _("Membaca pembelian katalog")),
]
ROLES = [
    Role("ecatalog.vendor", _("Penyedia"), (SHOP,), given_to="external"),
    Role(
        "ecatalog.manager",
        _("Pengelola katalog"),
        (READ_VENDORS, VERIFY, SANCTION, MODERATE, ARRANGE),
    ),
    Role("ecatalog.reader", _("Pembaca data katalog"), (READ_VENDORS,)),
    Role("ecatalog.buyer", _("Pejabat Pengadaan"), (BUY, PREPARE, READ_PURCHASES)),
    Role("ecatalog.committer", _("Pejabat Pembuat Komitmen"), (BUY, APPROVE, READ_PURCHASES)),
    Role(
        "ecatalog.budget_user",
        _("PA/KPA (penetapan pembelian)"),
        (AUTHORISE, IMPORT_RUP, READ_PURCHASES),
    ),
    Role("ecatalog.treasurer", _("Bendahara (pesanan katalog)"), (PAY, READ_PURCHASES)),
    Role("ecatalog.planner", _("Petugas RUP"), (IMPORT_RUP, READ_PURCHASES)),
    Role("ecatalog.auditor", _("Pemeriksa pembelian katalog"), (READ_PURCHASES, READ_VENDORS)),
    Role("ecatalog.head", _("Kepala unit (pembelian)"), (READ_PURCHASES,), given_to="head"),
]
