"""A refusal that belongs to one field of a form or of a body."""

from leuit.values import FieldError, InvalidInputError


def fault_at(field: str, sentence: str) -> InvalidInputError:
    """The refusal with that sentence, told at the field."""
    return InvalidInputError(sentence, fields=[FieldError(field, sentence)])
