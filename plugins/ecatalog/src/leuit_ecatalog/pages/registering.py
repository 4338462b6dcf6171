"""Registering as a vendor: account and firm by one short form, then signed in at the own desk."""

import datetime as dt

from leuit.builtin.core import confirm_password
from leuit.builtin.organisation import outsider
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _, new_id
from leuit.web import (
    Field,
    FormPage,
    RateLimit,
    Request,
    Response,
    let_in,
    parse_id,
    redirect,
)
from leuit_ecatalog.models.vendors import NAME
from leuit_ecatalog.permissions import SHOP
from leuit_ecatalog.service.registering import Registration, register

ADDRESS = "/ecatalog/register"
DESK = "/ecatalog/shop"
TRIES = RateLimit(12, dt.timedelta(hours=1))


def registration(request: Request) -> Response:
    """The form for strangers; a vendor who is signed in goes to his desk."""
    if request.identity.signed_in:
        return redirect(DESK if request.may(SHOP) else "/")
    form = _form()
    if request.method == "GET":
        form.fill({"key": new_id()})
        return form.answer(request, "ecatalog/register.html")
    TRIES.count(request)
    values = form.read(request.form, request.files)
    if not form.ok:
        return form.answer(request, "ecatalog/register.html")
    try:
        typed = Registration(
            values["vendor"],
            values["name"],
            values["login"],
            values["password"],
            parse_id(values["key"]),
        )
        made = register(request.app, request.identity, typed, request.request_id)
        identity = outsider(made.account)
        if made.again:
            confirm_password(request.app, identity, typed.password, request.request_id)
    except InvalidInputError as error:
        form.refuse(error)
        return form.answer(request, "ecatalog/register.html")
    except ConflictError as error:
        form.errors[""] = str(error)
        return form.answer(request, "ecatalog/register.html")
    except NotFoundError:
        form.errors[""] = str(_("Muat ulang halaman, lalu isi lagi."))
        return form.answer(request, "ecatalog/register.html")
    notice = str(_("Akun Anda sudah dibuat. Lengkapi data usaha, lalu kirim untuk diperiksa."))
    return let_in(request, identity, DESK, own_phone=values["own_phone"], notice=notice)


def _form() -> FormPage:
    return FormPage(
        title=_("Daftar sebagai penyedia"),
        lead=_("Gratis. Setelah itu Anda melengkapi data usaha, lalu pengelola memeriksanya."),
        action=ADDRESS,
        submit=_("Buat akun penyedia"),
        fields=[
            Field("key", "", "hidden"),
            Field(
                "vendor",
                _("Nama usaha"),
                hint=_("Seperti tertulis di NIB."),
                most=NAME,
                autocomplete="organization",
            ),
            Field("name", _("Nama Anda"), most=120, autocomplete="name"),
            Field(
                "login",
                _("Alamat email"),
                hint=_("Dipakai untuk masuk, misalnya nama@contoh.id."),
                most=120,
                autocomplete="username",
            ),
            Field(
                "password",
                _("Kata sandi"),
                "password",
                hint=_("Sedikitnya 12 huruf; kalimat pendek mudah diingat."),
                autocomplete="new-password",
            ),
            Field("own_phone", _("Ini ponsel saya sendiri"), "checkbox", required=False),
        ],
    )
