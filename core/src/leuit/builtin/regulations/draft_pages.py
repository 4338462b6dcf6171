"""Pages on which an edition is written and revised."""

from leuit.values import InvalidInputError, StaleEditError, _
from leuit.web import Request, Response, redirect
from leuit.work import StoredFile

from .documents import store_document
from .draft_form import empty_form, read_form, refuse, values_of, written
from .drafting import draft_edition, refuse_unless, revise_draft
from .kinds import kinds
from .lookup import edition
from .models import RegulationEdition
from .register import DRAFT, find


def new(request: Request) -> Response:
    """An empty form; figures start from the edition that holds today, else from the example."""
    with request.read() as view:
        view.require_on_root(DRAFT)
    known = kinds(request.app)
    name = request.query.get("kind", "")
    form = empty_form(request.app)
    if (kind := known.get(name)) is not None:
        with request.read() as view:
            present = edition(view, name, view.today)
        figures = present.figures if present else kind.example
        form.fill(
            {
                "kind": name,
                "title": present.title if present else kind.title,
                "legal_basis": present.legal_basis if present else "",
                "body": written(kind.unstructure(figures), kind) if figures is not None else "",
            }
        )
    return form.answer(request)


def create(request: Request) -> Response:
    """Store a new draft, or show the form again with every fault."""
    form = empty_form(request.app)
    read = read_form(form, request)
    if read is not None:
        kind, draft = read
        try:
            document = _document(request)
            with request.change() as work:
                row = draft_edition(work, kind, draft, document)
            return redirect(f"/regulations/{row.id}", _("Naskah sudah disimpan."))
        except InvalidInputError as error:
            refuse(form, error)
    return form.answer(request)


def show_revise(request: Request) -> Response:
    """The form filled with the draft as it stands."""
    row = _find(request)
    refuse_unless(row, "draft", "proposed")
    form = empty_form(request.app, row).fill(values_of(row, kinds(request.app).get(row.kind)))
    return form.answer(request)


def revise(request: Request) -> Response:
    """Store what was typed, or show it again; after a stale edit also what the other changed.

    The form then carries the present version: saving it once more is a decision made in the
    knowledge of the other's change.
    """
    row = _find(request)
    refuse_unless(row, "draft", "proposed")
    form = empty_form(request.app, row)
    read = read_form(form, request)
    if read is not None:
        text = request.form.get("version", "")
        version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        try:
            document = _document(request)
            with request.change() as work:
                revise_draft(work, row.id, version, read[1], document)
            return redirect(f"/regulations/{row.id}", _("Naskah sudah disimpan."))
        except StaleEditError as error:
            form.errors[""] = " ".join(
                (error.sentence(), _("Simpan lagi bila isian Anda yang benar."))
            )
            form.values["version"] = str(_find(request).version)
        except InvalidInputError as error:
            refuse(form, error)
    return form.answer(request)


def _find(request: Request) -> RegulationEdition:
    with request.read() as view:
        view.require_on_root(DRAFT)
        return find(view, request.params["edition_id"])


def _document(request: Request) -> StoredFile | None:
    sent = request.files.get("document")
    if sent is None or not sent.data:
        return None
    return store_document(request.app, sent.filename, sent.data)
