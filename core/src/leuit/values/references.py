"""A pointer from one service to a thing of another, without a foreign key."""

import attrs


@attrs.frozen
class RecordRef:
    """`kind` is `<plugin>.<noun>`, `id` its public id; `label` is how it was called at that time.

    Equality ignores the label: a renamed thing is the same thing.
    """

    kind: str
    id: str
    label: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
