"""Encryption of private fields with keys that are kept out of the database (settings.FIELD_KEYS, newest first).

The newest key encrypts, every key decrypts, so that a key can be replaced without an interruption:
put the new key in front, run `manage.py rotate_field_keys`, then take the old one away.
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotDecrypt(Exception):
    """The text was written under a key that is not in FIELD_KEYS, or was tampered with."""


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt_bytes(plain: bytes) -> bytes:
    """Return `plain` as an authenticated, printable token under the newest key."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(plain)


def decrypt_bytes(token: bytes) -> bytes:
    """Return what `encrypt_bytes` was given. Raises CannotDecrypt."""
    try:
        return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken as error:
        raise CannotDecrypt from error


def encrypt(plain: str) -> str:
    return encrypt_bytes(plain.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return what `encrypt` was given. Raises CannotDecrypt."""
    return decrypt_bytes(token.encode()).decode()


def rotate(token: str) -> str:
    """Return the same secret under the newest key. Raises CannotDecrypt."""
    return encrypt(decrypt(token))


class SessionSerializer:
    """Sessions hold sign-in codes, addresses and half-made secrets, so their rows are encrypted too.

    An unreadable session counts as an empty one: Django treats an error here as "signed out".
    """

    def dumps(self, data: dict[str, Any]) -> bytes:
        return encrypt_bytes(json.dumps(data, separators=(",", ":")).encode())

    def loads(self, token: bytes) -> dict[str, Any]:
        return json.loads(decrypt_bytes(token))
