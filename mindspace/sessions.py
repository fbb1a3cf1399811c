"""Sessions in the database. A cookie can hold anything, so only what can be a key of ours is looked up."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        # PostgreSQL takes no NUL, and a quoted cookie can bring one.
        return bool(key) and str(key).isalnum() and super()._validate_session_key(key)  # type: ignore[misc]  # the stubs leave it out
