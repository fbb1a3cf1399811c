from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.signing import b64_decode

from mindspace.encryption import CannotDecrypt, decrypt, encrypt, rotate


def test_there_and_back() -> None:
    assert decrypt(encrypt("ünder the mat")) == "ünder the mat"
    assert "mat" not in encrypt("under the mat")
    assert encrypt("x") != encrypt("x")


def test_the_newest_key_writes_and_all_read(settings: Any) -> None:
    old = encrypt("x")
    new_key = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new_key, *settings.FIELD_KEYS]
    assert decrypt(old) == "x"
    rotated = rotate(old)
    settings.FIELD_KEYS = [new_key]
    assert decrypt(rotated) == "x"
    with pytest.raises(CannotDecrypt):
        decrypt(old)


def test_a_changed_token_is_refused() -> None:
    token = encrypt("x")
    with pytest.raises(CannotDecrypt):
        decrypt(token[:-4] + "AAA=")


@pytest.mark.django_db
def test_a_session_is_unreadable_in_the_database_and_empty_without_the_key(settings: Any) -> None:
    session = SessionStore()
    session["code"] = "1234-5678"
    session.save()
    stored = Session.objects.get().session_data
    payload = stored.lstrip(".").split(":")[0]
    assert b"1234" not in b64_decode(payload.encode())
    assert SessionStore(session.session_key)["code"] == "1234-5678"
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    assert SessionStore(session.session_key).get("code") is None
