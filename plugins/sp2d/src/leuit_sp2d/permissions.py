"""Who may do what with payments: one permission for each step of the chain, none for everybody.

Steps of the SKPD are held on a unit's subtree, those of the BUD on the whole regency.
"""

from leuit.identity import Permission, Role
from leuit.values import _

READ = "sp2d.payment.read"
DRAFT = "sp2d.payment.draft"
REQUEST = "sp2d.payment.request"
VERIFY = "sp2d.payment.verify"
ORDER = "sp2d.payment.order"
TEST = "sp2d.payment.test"
ISSUE = "sp2d.payment.issue"
EXCHANGE = "sp2d.bank.exchange"
BUDGET = "sp2d.budget.import"
RELEASE = "sp2d.budget.release"
CLAIM = "sp2d.claim.submit"
TPP = "sp2d.tpp.import"
"""With the budget keeper: he plans the spending on staff from the regent's decree, which grants the
amounts, and takes no step of a payment. The treasurer of the SKPD asks for the money himself.
"""

PERMISSIONS: list[Permission | Role] = [
    Permission(READ, _("Melihat pembayaran dan pagu")),
    Permission(DRAFT, _("Mengajukan pembayaran")),
    Permission(REQUEST, _("Menerbitkan SPP")),
    Permission(VERIFY, _("Memverifikasi SPP")),
    Permission(ORDER, _("Menerbitkan SPM")),
    Permission(TEST, _("Menguji SPM")),
    Permission(ISSUE, _("Menerbitkan SP2D")),
    Permission(EXCHANGE, _("Mengirim perintah bayar dan membaca rekening koran")),
    Permission(BUDGET, _("Memasukkan DPA")),
    Permission(RELEASE, _("Menerbitkan SPD")),
    Permission(CLAIM, _("Menyerahkan klaim pembayaran")),
    Permission(TPP, _("Memasukkan besaran TPP")),
    Role("sp2d.claimant", _("Pengaju klaim pembayaran"), {READ, CLAIM}),
    Role("sp2d.pptk", _("PPTK"), {READ, DRAFT, CLAIM}),
    Role("sp2d.treasurer", _("Bendahara Pengeluaran"), {READ, REQUEST, CLAIM}),
    Role("sp2d.verifier", _("PPK-SKPD"), {READ, VERIFY}),
    Role("sp2d.budget_user", _("Pengguna Anggaran (PA/KPA)"), {READ, ORDER}),
    Role("sp2d.bud_verifier", _("Verifikator BUD"), {READ, TEST}),
    Role("sp2d.bud_delegate", _("Kuasa BUD"), {READ, ISSUE, EXCHANGE}),
    Role("sp2d.budget_keeper", _("Petugas anggaran PPKD"), {READ, BUDGET, RELEASE, TPP}),
    Role("sp2d.auditor", _("Pemeriksa pembayaran"), {READ}),
]
