"""Sessions in the database. A cookie can hold anything, so only what can be a key of ours is looked up."""

from django.apps import apps
from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        # PostgreSQL takes no NUL, and a quoted cookie can bring one.
        return bool(key) and str(key).isalnum() and super()._validate_session_key(key)  # type: ignore[misc]  # the stubs leave it out

    def save(self, must_create: bool = False) -> None:
        """Members see where they are signed in, so a session of theirs is kept under their name, too."""
        super().save(must_create)
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # the stubs leave it out
        if "_auth_user_id" in data and self.session_key:
            apps.get_model("accounts", "SignIn").objects.keep(self.session_key, data)
