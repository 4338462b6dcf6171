"""Passwords, session keys and tokens: made, hashed and compared.

Passwords are argon2id with the parameters of RFC 9106 section 4 (second recommended option: 64 MiB,
3 passes, 4 lanes). Hashing takes tens of milliseconds: never inside a unit of work.
"""

import functools
import hashlib
import secrets
from typing import Any

from leuit.values import FieldError, InvalidInputError, _

MIN_PASSWORD = 12
MAX_PASSWORD = 256


def check_new_password(password: str) -> None:
    """Refuse a password that is too short, too long, or one character repeated (ASVS 6.2)."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD or len(set(password)) < 4:
        sentence = _("Kata sandi harus %(least)s sampai %(most)s huruf dan tidak berulang-ulang.")
        params: dict[str, Any] = {"least": MIN_PASSWORD, "most": MAX_PASSWORD}
        raise InvalidInputError(
            sentence,
            fields=[FieldError("password", sentence, "weak_password", params)],
            **params,
        )


def hash_password(password: str) -> str:
    """An argon2id string of a new password."""
    from argon2 import PasswordHasher  # late: only sign-in and administration need it

    return PasswordHasher().hash(password)


def password_matches(password: str, hashed: str | None) -> bool:
    """Whether a password is right; an account without one costs the same time as a wrong one."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        PasswordHasher().verify(hashed or _nobody(), password[:MAX_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def new_key() -> str:
    """A fresh secret of 256 bits for a session or a token."""
    return secrets.token_urlsafe(32)


def key_hash(key: str) -> bytes:
    """What is stored of a session key or token."""
    return hashlib.sha256(key.encode()).digest()


@functools.cache
def _nobody() -> str:
    """A hash that no password matches, so that an unknown login takes as long as a known one."""
    return hash_password(secrets.token_hex())
