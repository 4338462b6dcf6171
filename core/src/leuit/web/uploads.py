"""Files that strangers send with a form."""

import attrs


@attrs.frozen
class Upload:
    """An uploaded file: bytes of a stranger; `filename` is a label, never a path."""

    filename: str
    content_type: str
    data: bytes = attrs.field(repr=False)


def takes_files(kind: type) -> bool:
    """Whether a body of that class is a form, since a file is among its fields."""
    if not attrs.has(kind):
        return False
    return any(field.type is Upload for field in attrs.fields(attrs.resolve_types(kind)))
