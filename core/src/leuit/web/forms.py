"""Forms: the same description draws the page and reads what comes back, all faults at once.

Nothing typed is lost: a refused form is shown again with every value as it was sent (files aside,
which browsers do not let a page fill in).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import attrs
from starlette.responses import Response

from leuit.values import InvalidInputError, _, parse_date

from .pages import page
from .request import Form, Request
from .uploads import Upload

Kind = Literal[
    "text", "password", "date", "select", "textarea", "checkbox", "file", "radio", "hidden"
]


@attrs.frozen
class Choice:
    """One option of a select or radio field."""

    value: str
    label: str


@attrs.frozen
class Field:
    """One question. `convert` turns the text into a value, raising InvalidInputError with a
    sentence that says what to do; `most` is the greatest length of a text in characters, 0 without
    limit (a column's own length, or PostgreSQL refuses the row); `width` is a CSS class suffix
    (short, medium, full); `suggest` names the list of the form that the browser offers while one
    types a text. An empty field that is not required is None.

    A file with `upload`, a purpose that a plugin declares, is sent in pieces where a script runs:
    its value is then the id of a file of `leuit.builtin.uploads`. Without a script it comes with
    the form, up to `plain_megabytes`, which the page says.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    required: bool = True
    choices: Sequence[Choice] = ()
    convert: Callable[[str], Any] | None = None
    width: Literal["short", "medium", "full"] = "full"
    autocomplete: str = ""
    accept: str = ""
    rows: int = 6
    missing: str = ""
    most: int = 0
    suggest: str = ""
    upload: str = ""
    plain_megabytes: int = 0

    @property
    def told(self) -> str:
        """The hint; a date without one shows how dates are written."""
        return self.hint or (_("Misalnya 24/11/2026.") if self.kind == "date" else "")


@attrs.define
class FormPage:
    """A page with one form. `read` fills `values` and `errors`; `answer` shows it.

    `lists` are what fields suggest: any other text may be typed as well.
    """

    title: str
    fields: Sequence[Field]
    submit: str
    action: str = ""
    lead: str = ""
    back: str = ""
    back_label: str = ""
    values: dict[str, str] = attrs.field(factory=dict)
    errors: dict[str, str] = attrs.field(factory=dict)
    danger: bool = False
    lists: Mapping[str, Sequence[Choice]] = attrs.field(factory=dict)

    @property
    def has_file(self) -> bool:
        return any(field.kind == "file" for field in self.fields)

    def fill(self, values: Mapping[str, Any]) -> "FormPage":
        """Set what the fields show at first."""
        self.values.update({name: "" if v is None else str(v) for name, v in values.items()})
        return self

    def read(self, form: Form, files: Mapping[str, Upload]) -> dict[str, Any]:
        """The converted values of all fields; faults are kept in `errors` for `answer`."""
        read: dict[str, Any] = {}
        for field in self.fields:
            if field.kind == "file":
                read[field.name] = files.get(field.name) or self._sent(field, form)
                if field.required and not read[field.name]:
                    self.errors[field.name] = field.missing or _("Pilih berkas.")
                continue
            text = form.get(field.name, "").strip()
            self.values[field.name] = text
            if field.kind == "checkbox":
                read[field.name] = text == "ya"
                continue
            if not text:
                read[field.name] = None
                if field.required:
                    self.errors[field.name] = field.missing or _("Isi %s.") % _within(field.label)
                continue
            self._convert(field, text, read)
        return read

    def _sent(self, field: Field, form: Form) -> UUID | None:
        """A file that came in pieces before the form; it is kept for the form's next showing."""
        try:
            sent = UUID(form[field.name]) if field.upload and field.name in form else None
        except ValueError:
            return None
        if sent is not None:
            self.values[field.name] = str(sent)
        return sent

    def refuse(self, error: InvalidInputError) -> None:
        """Put the faults of a service at the fields they name, the rest at the top."""
        if not error.fields:
            self.errors[""] = str(error)
        for fault in error.fields:
            known = fault.path if any(f.name == fault.path for f in self.fields) else ""
            self.errors.setdefault(known, fault.sentence())

    @property
    def ok(self) -> bool:
        return not self.errors

    def answer(
        self, request: Request, template: str = "form_page.html", **context: Any
    ) -> Response:
        """The page; status 422 when it carries faults."""
        status = 200 if self.ok else 422
        return page(request, template, status=status, form=self, **context)

    def _convert(self, field: Field, text: str, read: dict[str, Any]) -> None:
        try:
            if field.kind in ("select", "radio") and text not in {c.value for c in field.choices}:
                raise InvalidInputError(_("Pilih salah satu."))
            if field.most and len(text) > field.most:
                raise InvalidInputError(_("Paling banyak %s huruf.") % field.most)
            if field.kind == "date":
                read[field.name] = parse_date(text)
            else:
                read[field.name] = field.convert(text) if field.convert else text
        except InvalidInputError as error:
            self.errors[field.name] = str(error)


def _within(label: str) -> str:
    """A label as it stands inside a sentence: “Nama” becomes “nama”, “NIP” stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
