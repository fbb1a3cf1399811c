"""Keys under which limits are counted. None can be turned back into the address or name it stands for."""

import hashlib
import hmac

from django.conf import settings
from django.utils import timezone


def _keyed_hash(purpose: str, text: str) -> bytes:
    secret = hashlib.sha256(f"{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(secret, text.encode(), "sha256")


def daily_hash(name: str, key: str) -> bytes:
    """Return 32 bytes for `key`, others tomorrow: nobody can be followed from one day to the next."""
    return _keyed_hash(f"limits {timezone.now():%Y-%m-%d}", f"{name}\0{key}")


def cache_key(key: str, prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: allauth puts addresses of visitors into its cache keys."""
    return _keyed_hash("cache", f"{prefix}:{version}:{key}").hex()
