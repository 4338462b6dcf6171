"""What an endpoint is given: the request read and decoded, with an identity and a way to work."""

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import attrs
from starlette.datastructures import QueryParams

from leuit.identity import Identity
from leuit.plugins import ANY_ACCOUNT, PUBLIC, SIGNED_IN, Host
from leuit.values import DEFAULT_LANGUAGE, InvalidInputError, _, local_time
from leuit.work import Leuit, View, Work

from .structuring import structure, structure_form, structure_query
from .uploads import Upload

Body = TypeVar("Body")


@attrs.frozen
class Form(Mapping[str, str]):
    """Decoded fields of a form; `get` gives the last value of a name, `all` every one."""

    pairs: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        for key, value in reversed(self.pairs):
            if key == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(dict(self.pairs))

    def __len__(self) -> int:
        return len(dict(self.pairs))

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be repeated, in order."""
        return [value for key, value in self.pairs if key == name]


@attrs.frozen
class Request:
    """One request. Nothing of it is secret to the endpoint but the cookie, which is left out.

    `counted` holds the numbers of waiting tasks by inbox source where the page has counted them.
    """

    app: Leuit
    host: Host
    method: str
    path: str
    params: Mapping[str, Any]
    query: QueryParams
    headers: Mapping[str, str]
    identity: Identity
    held: frozenset[str]
    title_line: str = ""
    body: bytes = attrs.field(default=b"", repr=False)
    form: Form = Form()
    files: Mapping[str, Upload] = attrs.field(factory=dict)
    request_id: str = ""
    language: str = DEFAULT_LANGUAGE
    notice: Mapping[str, str] | None = None
    client: str = ""
    current_menu: str = ""
    counted: Mapping[str, int] | None = None
    session_key: str = attrs.field(default="", repr=False)

    def change(self) -> AbstractContextManager[Work]:
        """A unit of work as the one who asks."""
        return self.app.change(self.identity, request_id=self.request_id)

    def read(self) -> AbstractContextManager[View]:
        """A view as the one who asks."""
        return self.app.read(self.identity, request_id=self.request_id)

    def may(self, permission: str) -> bool:
        """Whether the asker holds the permission anywhere: for showing links, not for guarding."""
        return permission in self.held

    def opens(self, permission: str) -> bool:
        """Whether the asker may come in where a route, an entry or a card names this permission or
        one of the open words; what is a device's own door is not asked here.
        """
        if permission == PUBLIC:
            return True
        if permission == SIGNED_IN:
            return self.identity.works_here
        return self.identity.signed_in if permission == ANY_ACCOUNT else permission in self.held

    @property
    def now(self) -> dt.datetime:
        """The present as wall time of the region."""
        return local_time(self.app.clock.now(), self.app.zone)

    @property
    def json(self) -> Any:
        """The body as JSON; raises InvalidInputError when it is not."""
        try:
            # Decoded here, since json.loads lets half a surrogate pair in bytes pass.
            text = self.body.decode("utf-8")
            value = json.loads(text, parse_constant=_no_number)
            if "\\u" in text:  # the one way by which other characters come in
                _require_storable(value)
            return value
        except (ValueError, RecursionError):
            raise InvalidInputError(
                _("Isi permintaan bukan JSON yang sah."),
                advice=_("Kirim JSON dengan pengodean UTF-8."),
            ) from None

    def decode(self, kind: type[Body]) -> Body:
        """The JSON body as an attrs class: every fault at once with its path, no unknown keys."""
        return structure(self.json, kind)

    def decode_form(self, kind: type[Body]) -> Body:
        """The form body as an attrs class, in the same way; its files are fields of `Upload`."""
        return structure_form({**self.form, **self.files}, kind)

    def decode_query(self, kind: type[Body]) -> Body:
        """The query of the address as an attrs class, in the same way; of a name given twice the
        last counts.
        """
        return structure_query(dict(self.query), kind)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _require_storable(value: Any) -> None:
    """ValueError for text that no database takes: NUL, or half a surrogate pair."""
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("NUL in a text")
        value.encode("utf-8")
    elif isinstance(value, list):
        for item in value:
            _require_storable(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            _require_storable(name)
            _require_storable(item)
