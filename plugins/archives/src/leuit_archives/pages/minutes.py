"""The berita acara of a transfer or disposal: asked for by electronic signature, and its file."""

from typing import Any
from uuid import UUID

from leuit.builtin.organisation import likely_posts
from leuit.storage import Blob
from leuit.values import NotFoundError, _, format_date
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    redirect,
    run_form,
    version_of,
)
from leuit.work import View
from leuit_archives.models import Disposal, Transfer
from leuit_archives.models.disposals import PAPER_TEXT
from leuit_archives.models.minutes_rounds import ASKED, OPEN, UNUSED, USED, WAITING
from leuit_archives.models.transfers import PAPER_NUMBER, PREPARED
from leuit_archives.permissions import DECIDE, TRANSFER
from leuit_archives.rules.lifecycle import DETERMINED
from leuit_archives.service.committee import papers_of
from leuit_archives.service.disposal_steps import Minutes
from leuit_archives.service.disposals import find_disposal
from leuit_archives.service.draft_content import post_named
from leuit_archives.service.ending_papers import DISPOSAL_ROLES, TRANSFER_ROLES
from leuit_archives.service.minutes_rounds import SIGN_PORT, last_round, signers_of
from leuit_archives.service.minutes_signing import (
    LEAST,
    ask_for_disposal,
    ask_for_transfer,
    drop_round,
)
from leuit_archives.service.transfers import find_transfer

from .asked import id_in

TRANSFERS, DISPOSALS = "/archives/transfers", "/archives/disposals"
_LABELS = {
    "Yang memindahkan": _("Yang memindahkan"),
    "Yang menerima": _("Yang menerima"),
    "Pelaksana": _("Pelaksana"),
    "Saksi": _("Saksi"),
}
"""The roles on paper, which is in Indonesian, as the form asks for them."""
_POSTS = 200
_POST = 250


def ask_transfer(request: Request) -> Response:
    """Ask for the signatures of who hands over and who receives."""
    with request.read() as view:
        transfer = find_transfer(view, id_in(request, "transfer_id"))
        view.require(TRANSFER, transfer.unit_id)
        posts = _likely(view)
    path = f"{TRANSFERS}/{transfer.id}"
    form = _form(path, _("Pemindahan"), transfer.version, TRANSFER_ROLES, posts)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            signers = _signers(work, values, TRANSFER_ROLES)
            ask_for_transfer(work, transfer.id, version_of(values), values["number"] or "", signers)
        return path, str(_TOLD)

    return run_form(request, form, act)


def ask_disposal(request: Request) -> Response:
    """Ask for the signatures of who executes and of the witnesses."""
    with request.read() as view:
        disposal = find_disposal(view, id_in(request, "disposal_id"))
        view.require(DECIDE, disposal.unit_id)
        posts = _likely(view)
    path = f"{DISPOSALS}/{disposal.id}"
    more = minutes_fields(disposal)
    form = _form(path, _("Penyusutan"), disposal.version, DISPOSAL_ROLES, posts, *more)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        said = Minutes(values.get("backups_until"), statement=bool(values.get("statement")))
        with request.change() as work:
            signers = _signers(work, values, DISPOSAL_ROLES)
            ask_for_disposal(
                work,
                disposal.id,
                version_of(values),
                values["number"] or "",
                signers,
                text=values["text"] or "",
                minutes=said,
            )
        return path, str(_TOLD)

    return run_form(request, form, act)


def drop_transfer(request: Request) -> Response:
    """Let go of a round that no service has in hand."""
    with request.change() as work:
        transfer = find_transfer(work, id_in(request, "transfer_id"))
        work.require(TRANSFER, transfer.unit_id)
        drop_round(work, transfer)
    return redirect(f"{TRANSFERS}/{transfer.id}", _("Permintaan tanda tangan dilepas."))


def drop_disposal(request: Request) -> Response:
    """Let go of a round that no service has in hand."""
    with request.change() as work:
        disposal = find_disposal(work, id_in(request, "disposal_id"))
        work.require(DECIDE, disposal.unit_id)
        drop_round(work, disposal)
    return redirect(f"{DISPOSALS}/{disposal.id}", _("Permintaan tanda tangan dilepas."))


def transfer_file(request: Request) -> Response:
    """The signed berita acara of a transfer, as it was recorded or came back."""
    with request.read() as view:
        transfer = find_transfer(view, id_in(request, "transfer_id"))
        last = last_round(view, transfer)
    sha256 = transfer.minutes_sha256 or (last.signed_sha256 if last else None)
    return _file(request, sha256, "berita-acara-pemindahan")


def disposal_file(request: Request) -> Response:
    """The paper of a step of a disposal, as it was recorded or came back."""
    step = str(request.params["step"])
    with request.read() as view:
        disposal = find_disposal(view, id_in(request, "disposal_id"))
        paper = papers_of(view, disposal).get(step)
    return _file(request, paper.sha256 if paper else None, f"naskah-penyusutan-{step}")


def told_round(view: View, subject: Transfer | Disposal) -> dict[str, Any] | None:
    """What the page says of the last round: a sentence, its tone, who signs, what may be done."""
    found = last_round(view, subject)
    if found is None or found.state == USED:
        return None
    who = ", ".join(one.name for one in signers_of(view, found.id))
    number = f"{found.number}, {format_date(found.dated)}"
    if found.state in OPEN:
        told = _("Berita acara %(number)s menunggu tanda tangan: %(who)s.")
    elif found.state == UNUSED:
        told = _("Berita acara %(number)s ditandatangani, tetapi tidak dijalankan. %(note)s")
    else:
        told = _("Berita acara %(number)s tidak ditandatangani. %(note)s")
    return {
        "sentence": told % {"number": number, "who": who, "note": found.note},
        "tone": "tunggu" if found.state in OPEN else "bata",
        "open": found.state in OPEN,
        "signed": found.state == UNUSED,
        "loose": found.state == ASKED
        or (found.state == WAITING and not view.app.has_port(SIGN_PORT)),
    }


def may_ask(view: View, subject: Transfer | Disposal, told: dict[str, Any] | None) -> bool:
    """Whether the reader may ask for electronic signatures on its berita acara now."""
    if not view.app.has_port(SIGN_PORT) or (told and told["open"]):
        return False
    if isinstance(subject, Transfer):
        return subject.state == PREPARED and view.allows(TRANSFER, subject.unit_id)
    return subject.state == DETERMINED and view.allows(DECIDE, subject.unit_id)


def minutes_fields(disposal: Disposal) -> list[Field]:
    """What the berita acara of a disposal says beside its number and day."""
    told = Field("text", _("Cara dan saksi"), "textarea", rows=3, most=PAPER_TEXT)
    if disposal.kind == "destroy":
        until = Field(
            "backups_until",
            _("Cadangan terakhir terhapus pada"),
            "date",
            hint=_("Hari ketika tidak ada cadangan yang memuat isinya lagi."),
        )
        return [told, until]
    statement = _("Arsip autentik, terpercaya, utuh, dan dapat digunakan")
    return [told, Field("statement", statement, "checkbox", required=False)]


_TOLD = _("Berita acara dikirim untuk ditandatangani.")


def _form(
    path: str,
    back_label: str,
    version: int,
    roles: tuple[str, ...],
    posts: list[Choice],
    *more: Field,
) -> FormPage:
    signers = [
        Field(
            f"signer_{place}",
            role,
            required=place <= LEAST,
            most=_POST,
            suggest="posts",
            hint=_("Ketik jabatannya, lalu pilih dari daftar.") if place == 1 else "",
        )
        for place, role in enumerate(_numbered(roles), 1)
    ]
    return FormPage(
        title=_("Tanda tangan elektronik"),
        lead=str(_("Berita acara bertanggal hari ini dibuat, lalu ditandatangani berurutan.")),
        fields=[
            Field("number", _("Nomor berita acara"), most=PAPER_NUMBER, width="medium"),
            *signers,
            *more,
            Field("version", "", "hidden"),
        ],
        submit=_("Kirim untuk ditandatangani"),
        action=f"{path}/esign",
        back=path,
        back_label=back_label,
        lists={"posts": posts},
    ).fill({"version": version})


def _numbered(roles: tuple[str, ...]) -> list[str]:
    """The roles as labels, of which no two are alike."""
    return [
        f"{_LABELS[role]} {roles[: at + 1].count(role)}"
        if roles.count(role) > 1
        else str(_LABELS[role])
        for at, role in enumerate(roles)
    ]


def _signers(view: View, values: dict[str, Any], roles: tuple[str, ...]) -> list[UUID | None]:
    typed = [
        (name, values[name] or "") for name in (f"signer_{at + 1}" for at in range(len(roles)))
    ]
    found = [post_named(view, text, name) for name, text in typed]
    return [UUID(one) if one else None for one in found]


def _likely(view: View) -> list[Choice]:
    return [Choice(one.text, one.holder) for one in likely_posts(view, _POSTS)]


def _file(request: Request, sha256: str | None, name: str) -> Response:
    if sha256 is None:
        raise NotFoundError(_("Naskah itu belum ada."), advice=_("Muat ulang halaman."))
    with request.read() as view:
        kind = view.session.get_one(Blob, sha256).media_type
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[kind]
    return file_answer(request.app.blobs.get(sha256), f"{name}.{ending}", kind)
