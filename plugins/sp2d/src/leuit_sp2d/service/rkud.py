"""The account of the region's treasury (RKUD), from which everything is paid."""

from leuit.builtin.core import has_real_people
from leuit.values import ConflictError, _
from leuit.work import View
from leuit_sp2d.bank.orders import Account
from leuit_sp2d.settings import PaymentSettings

_INVENTED = Account("RKUD KABUPATEN CONTOH", "110", "0099000001")


class NoAccountError(ConflictError):
    """The installation does not say from which account it pays."""

    code = "no_account"


def debtor_of(view: View) -> Account:
    """The RKUD of the settings; where all people are invented, an invented one without them.

    NoAccountError on an installation at work that has not set it.
    """
    settings: PaymentSettings = view.app.vocabulary.settings["sp2d"]
    if settings.rkud_name and settings.rkud_bank and settings.rkud_account:
        return Account(settings.rkud_name, settings.rkud_bank, settings.rkud_account)
    if has_real_people(view):
        raise NoAccountError(
            _("Rekening kas umum daerah belum diatur."),
            advice=_("Isi rkud_name, rkud_bank dan rkud_account di [plugins.sp2d]."),
        )
    return _INVENTED
