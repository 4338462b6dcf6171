"""`leuit attendance sample`: the office that the sample files mean."""

from leuit.builtin.core import has_real_people
from leuit.plugins import CommandContext
from leuit.values import ConflictError, _
from leuit_attendance.service.compute import drain
from leuit_attendance.service.sample import PEOPLE, found_sample


def make_sample(context: CommandContext) -> int:
    """Make an office of ten invented people with PINs, shifts, a schedule and a deduction table.

    For trying `import` and `day` at once with the sample files. Doing it again changes nothing.
    """
    with context.app.change(context.identity) as work:
        if has_real_people(work):
            raise ConflictError(
                _("Pemasangan ini sudah berisi pegawai; kantor contoh tidak dimasukkan."),
                advice=_("Contoh ini untuk pemasangan percobaan; pakai LEUIT_DATA yang lain."),
            )
        office = found_sample(work)
        name, code = office.unit.name, office.unit.code
    drain(context.app)
    context.print(f"{name} [{code}]")
    for person in PEOPLE:
        context.print(f"PIN {person.pin:>4}  {person.nip}  {person.name}")
    context.print(_("Coba: leuit attendance import 1_attlog.dat"))
    context.print(_("lalu: leuit attendance day 2 2026-10-06"))
    return 0
