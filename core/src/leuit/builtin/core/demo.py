"""`leuit demo`: a region with invented people, filled by the builtins and every plugin in turn.

For trying Leuit, not for work: the passwords of its accounts are public. Hence it refuses where any
person is real. A person is invented when his NIK is of district 99, which no region has.
"""

from sqlalchemy import func, or_, select

from leuit.identity import SYSTEM, Account, Person
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import ConflictError, InvalidInputError, RecordRef, _
from leuit.work import AuditEntry, View, Worker

FILLED = "core.demo.filled"
REF_KIND = "core.demo"
LEAST_PEOPLE, MOST_PEOPLE = 140, 20_000
MOST_WEEKS = 26


def fill(
    context: CommandContext, *, if_empty: bool = False, people: int = 400, weeks: int = 2
) -> int:
    """Fill an empty installation with invented data; a second time changes nothing.

    With --if-empty an installation with real people is left alone without a word; without it that
    is refused. The data tell of the --weeks before today; what was cut short is continued.
    """
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE or not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInputError(
            _("Contoh memerlukan %(least)s–%(most)s pegawai dan 1–%(weeks)s minggu."),
            least=LEAST_PEOPLE,
            most=MOST_PEOPLE,
            weeks=MOST_WEEKS,
        )
    with context.app.read(SYSTEM) as view:
        if _is_filled(view):
            if not if_empty:
                context.print(_("Data contoh sudah ada; tidak ada yang diubah."))
            return 0
        if has_real_people(view):
            if if_empty:
                return 0
            raise ConflictError(
                _("Pemasangan ini sudah berisi pegawai; data contoh tidak dimasukkan."),
                advice=_("Pakai LEUIT_DATA lain untuk mencoba."),
            )
        if view.session.execute(select(Account.id).limit(1)).first() is None:
            raise ConflictError(
                _("Pemasangan ini belum disiapkan."), advice=_("Jalankan leuit init dahulu.")
            )
    plan = DemoPlan(people=people, weeks=weeks)
    accounts: list[DemoAccount] = []
    for function in context.app.vocabulary.extras.get("leuit_demo", ()):
        accounts += function(context, plan) or ()
    Worker(context.app, name="demo").run_pending()  # what one plugin's data ask of another
    with context.app.change(context.identity) as work:
        work.audit(FILLED, RecordRef(REF_KIND, str(plan.seed)), people=people, weeks=weeks)
    _tell(context, accounts)
    return 0


def _is_filled(view: View) -> bool:
    query = select(AuditEntry.id).where(AuditEntry.ref_kind == REF_KIND).limit(1)
    return view.session.execute(query).first() is not None


def has_real_people(view: View) -> bool:
    """Whether anybody here is not invented."""
    real = or_(Person.nik.is_(None), func.substr(Person.nik, 5, 2) != "99")
    return view.session.execute(select(Person.id).where(real).limit(1)).first() is not None


def _tell(context: CommandContext, accounts: list[DemoAccount]) -> None:
    context.print(_("Akun contoh (kata sandinya diketahui umum; jangan dipakai untuk bekerja):"))
    width = max((len(account.title) for account in accounts), default=0)
    for account in accounts:
        context.print(f"  {account.title:<{width}}  {account.login}  {account.password}")
