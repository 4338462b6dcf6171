"""The steps of a disposal by form: committee, opinions, papers, execution by password, undoing."""

from typing import Any

from leuit.identity import Person
from leuit.values import LeuitError, _
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    page,
    parse_id,
    redirect,
    run_form,
    version_of,
)
from leuit_archives.models import Disposal
from leuit_archives.models.disposals import DISPOSAL_REASON
from leuit_archives.permissions import APPRAISE, DECIDE, EXECUTE
from leuit_archives.rules.disposal import AUTHORITIES, OPINIONS
from leuit_archives.service.committee import (
    GivenOpinion,
    appraisers,
    give_opinions,
    name_committee,
    opinions_of,
)
from leuit_archives.service.disposal_steps import PAPER_STEPS, Minutes, next_step_of, take_step
from leuit_archives.service.disposals import find_disposal, listed_items, undo
from leuit_archives.service.executing import execute

from .asked import faults_of, id_in
from .disposals import HOME, step_labels
from .minutes import minutes_fields
from .transfers import paper_form, paper_of

SEATS = 5


def committee(request: Request) -> Response:
    """Name the committee by its decree."""
    disposal, path = _asked(request, DECIDE)
    with request.read() as view:
        people: list[Person] = appraisers(view, disposal)
    choices = [Choice("", str(_("Tidak ada")))]
    choices += [Choice(str(one.id), one.name) for one in people]
    seats = [
        Field(
            f"member_{number}",
            str(_("Anggota %s") % number),
            "select",
            required=number <= 3,
            choices=choices,
        )
        for number in range(1, SEATS + 1)
    ]
    form = paper_form(
        _("Tetapkan panitia"),
        f"{path}/committee",
        path,
        _("Penyusutan"),
        disposal.version,
        *seats,
        lead=str(_("Jumlahnya ganjil; pengusul tidak ikut menilai.")),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        chosen = [values[field.name] for field in seats if values[field.name]]
        paper = paper_of(request, values)
        with request.change() as work:
            members = [parse_id(one) for one in chosen]
            name_committee(work, disposal.id, version_of(values), members, paper)
        return path, str(_("Panitia ditetapkan."))

    return run_form(request, form, act)


def opinions(request: Request) -> Response:
    """A member's opinion on every item that is listed."""
    disposal, path = _asked(request, APPRAISE)
    with request.read() as view:
        items = listed_items(view, disposal)
        said = opinions_of(view, disposal)
        me = request.identity.person_id
    errors: dict[str, str] = {}
    if request.method == "POST":
        given = {
            item.place: GivenOpinion(
                request.form.get(f"opinion-{item.place}", ""),
                request.form.get(f"reason-{item.place}", ""),
            )
            for item in items
        }
        try:
            with request.change() as work:
                give_opinions(work, disposal.id, given)
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = faults_of(error)
        else:
            return redirect(path, _("Pendapat Anda disimpan."))
    return page(
        request,
        "archives/opinions.html",
        status=422 if errors else 200,
        errors=errors,
        rows=[
            {
                "item": item,
                "opinion": request.form.get(f"opinion-{item.place}", "")
                if request.method == "POST"
                else said.get(item.place, {}).get(me, ""),  # type: ignore[arg-type]  # nobody without a person appraises
                "reason": request.form.get(f"reason-{item.place}", "")
                if request.method == "POST"
                else "",
            }
            for item in items
        ],
        opinions=OPINIONS.items(),
        path=path,
    )


def step(request: Request) -> Response:
    """Record the paper of the step whose turn it is."""
    disposal, path = _asked(request, DECIDE)
    key = next_step_of(disposal)
    if key not in PAPER_STEPS:
        return redirect(path, _("Tidak ada naskah yang ditunggu sekarang."))
    form = paper_form(
        step_labels()[key],
        f"{path}/step",
        path,
        _("Penyusutan"),
        disposal.version,
        *_more(disposal, key),
    ).fill({"step": key})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        paper = paper_of(request, values)
        minutes = Minutes(values.get("backups_until"), statement=bool(values.get("statement")))
        with request.change() as work:
            take_step(
                work,
                disposal.id,
                version_of(values),
                values["step"],
                paper,
                authority=values.get("authority") or "",
                minutes=minutes,
            )
        return path, str(_("Langkah dicatat."))

    return run_form(request, form, act)


def carry_out(request: Request) -> Response:
    """Confirm the execution with one's password; the second person lets it begin."""
    disposal, path = _asked(request, EXECUTE)
    form = FormPage(
        title=_("Laksanakan penyusutan"),
        lead=str(
            _("Isi arsip dalam daftar ini dihapus untuk selamanya setelah dua orang mengonfirmasi.")
            if disposal.kind == "destroy"
            else _("Arsip dalam daftar ini ditandai diserahkan setelah dua orang mengonfirmasi.")
        ),
        fields=[
            Field(
                "password",
                _("Kata sandi Anda"),
                "password",
                hint=_("Diminta sekali lagi karena langkah ini tidak dapat dibatalkan."),
                autocomplete="current-password",
                width="medium",
            ),
            Field("version", "", "hidden"),
        ],
        submit=_("Konfirmasi pelaksanaan"),
        action=f"{path}/execute",
        back=path,
        back_label=_("Penyusutan"),
        danger=True,
    ).fill({"version": disposal.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        done = execute(
            request.app,
            request.identity,
            disposal.id,
            version_of(values),
            values["password"],
            request_id=request.request_id,
        )
        told = _("Pelaksanaan dimulai.") if done.second_by else _("Menunggu orang kedua.")
        return path, str(told)

    return run_form(request, form, act)


def take_back(request: Request) -> Response:
    """Undo a proposal with the reason."""
    disposal, path = _asked(request, DECIDE)
    form = FormPage(
        title=_("Batalkan usul"),
        fields=[
            Field("reason", _("Alasan"), "textarea", rows=3, most=DISPOSAL_REASON),
            Field("version", "", "hidden"),
        ],
        submit=_("Batalkan usul"),
        action=f"{path}/undo",
        back=path,
        back_label=_("Penyusutan"),
        danger=True,
    ).fill({"version": disposal.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            undo(work, disposal.id, version_of(values), values["reason"])
        return path, str(_("Usul dibatalkan; berkasnya inaktif lagi."))

    return run_form(request, form, act)


def _more(disposal: Disposal, key: str) -> list[Field]:
    """What a step asks for beside its paper."""
    more = [Field("step", "", "hidden")]
    if key == "approve":
        choices = [Choice(name, str(title)) for name, title in AUTHORITIES.items()]
        more.append(Field("authority", _("Disetujui oleh"), "select", choices=choices))
    if key == "sign":
        more += minutes_fields(disposal)
    return more


def _asked(request: Request, permission: str) -> tuple[Disposal, str]:
    with request.read() as view:
        disposal = find_disposal(view, id_in(request, "disposal_id"))
        view.require(permission, disposal.unit_id)
    return disposal, f"{HOME}/{disposal.id}"
