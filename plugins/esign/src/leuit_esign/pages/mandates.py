"""Mandates: who signs in whose name, as far as the reader has to do with it."""

from uuid import UUID

from leuit.builtin.core import confirm_password
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _
from leuit.web import Field, FormPage, Request, Response, page, redirect
from leuit_esign.service.mandates import BASIS, NewMandate, end_mandate, give_mandate, mandates_seen

from .choices import POSITION, positions

HOME = "/esign/mandates"
SHOWN = 200


def show_mandates(request: Request) -> Response:
    """The reader's mandates, given and received, and those of units that he keeps them for."""
    with request.read() as view:
        found = mandates_seen(view, SHOWN)
    return page(request, "esign/mandates.html", mandates=found, most=SHOWN)


def new_mandate(request: Request) -> Response:
    """Give a mandate."""
    hint = _("Nama jabatan, atau kode unit untuk kepalanya")
    with request.read() as view:
        listed = positions(view)
    form = FormPage(
        title=_("Limpahkan wewenang"),
        lead=_("Penerima menandatangani dengan sertifikatnya sendiri, atas nama jabatan ini."),
        fields=[
            _position("principal", _("Jabatan yang melimpahkan"), hint),
            _position("delegate", _("Jabatan yang menerima"), hint),
            _position(
                "through",
                _("Untuk u.b.: melalui jabatan"),
                _("Kosongkan untuk a.n.; isi jabatan yang sudah menerima a.n."),
                required=False,
            ),
            Field("basis", _("Dasar"), hint=_("Nomor dan tanggal keputusannya"), most=BASIS),
            Field("since", _("Sejak"), "date"),
            Field("until", _("Hari terakhir"), "date", required=False),
            Field("password", _("Kata sandi akun"), "password", autocomplete="current-password"),
        ],
        submit=_("Limpahkan wewenang"),
        back=HOME,
        back_label=_("Pelimpahan wewenang"),
        lists={"positions": listed},
    )
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                confirm_password(
                    request.app, request.identity, values["password"], request.request_id
                )
                with request.change() as work:
                    give_mandate(
                        work,
                        NewMandate(
                            values["principal"],
                            values["delegate"],
                            values["basis"],
                            values["since"],
                            values["until"],
                            values["through"] or "",
                        ),
                    )
            except InvalidInputError as error:
                form.refuse(error)
            except ConflictError as error:
                form.errors[""] = str(error)
            else:
                return redirect(HOME, _("Wewenang dilimpahkan."))
    return form.answer(request)


def end(request: Request) -> Response:
    """End a mandate."""
    try:
        mandate_id = UUID(request.params["mandate_id"])
    except ValueError:
        raise NotFoundError(_("Pelimpahan itu tidak ada.")) from None
    with request.change() as work:
        end_mandate(work, mandate_id)
    return redirect(HOME, _("Pelimpahan diakhiri."))


def _position(name: str, label: str, hint: str, *, required: bool = True) -> Field:
    return Field(name, label, hint=hint, required=required, most=POSITION, suggest="positions")
