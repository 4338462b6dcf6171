"""Finding: jobs, listeners and the command that keep the listing, and the figures it is chosen by."""

from leuit.plugins import Command
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_ecatalog.cli import search as commands
from leuit_ecatalog.events import ProductChanged, VendorChanged
from leuit_ecatalog.service import listing
from leuit_ecatalog.service.local_content import KIND

REGULATIONS = [KIND]
LISTENERS: list[Listener] = [
    Listener(
        ProductChanged,
        "ecatalog.list_product",
        listing.product_changed,
        title=_("Memperbarui produk di katalog"),
    ),
    Listener(
        VendorChanged,
        "ecatalog.list_vendor",
        listing.vendor_changed,
        title=_("Memperbarui produk penyedia di katalog"),
    ),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(listing.VENDOR, listing.list_vendor, title=_("Mendaftar ulang produk penyedia")),
    JobKind(listing.REBUILD, listing.list_all, title=_("Menyusun ulang pencarian katalog")),
    JobKind(listing.DAY, listing.list_day, title=_("Memperbarui katalog pada pergantian hari")),
    Schedule("ecatalog.list_day", "1 0 * * *", listing.DAY),
]
COMMANDS: list[Command] = [
    Command(("ecatalog", "search", "rebuild"), commands.rebuild, writes=True)
]
