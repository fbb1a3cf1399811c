"""A form that makes something makes it once, however often it is sent: a double click, a retry, Back and send again.

The form carries a key, made with it. A row keeps the key it was made with in a unique column, so that two that come at
the same moment give one row, too. Who sends again is answered as if it were the first time.
"""

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)


def once(rows: Any, key: uuid.UUID | None, make: Callable[[], Row]) -> Row:
    """Return the row of `rows` that was made with `key`; if there is none, what `make` makes. It saves `key` with it.

    Without a key there is nothing to know a second time by, and each call makes a row.
    """
    if key is None:
        return make()
    made: Row | None = rows.filter(key=key).first()
    if made is not None:
        return made
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        made = rows.filter(key=key).first()  # by the other click, which was faster
        if made is None:
            raise
        return made


class KeyField(forms.UUIDField):
    """Hidden, and new with each form. It may be missing: then nothing is lost but the guard against a second click."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "initial": uuid.uuid4, **kwargs})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False  # nobody typed it


class OnceForm(forms.Form):
    """Mixin for a form that makes a row."""

    form_key = KeyField()

    @property
    def key(self) -> uuid.UUID | None:
        """The key of this form with what it says: whoever goes back and writes something else makes something else.

        It is nobody's. That is for forms that need no sign-in, where there is no person to bind it to; where there is
        one, `key_of`, or the model mixes in whom and what it is about.
        """
        form_key = self.cleaned_data.get("form_key")
        said = json.dumps([[name, _said(self[name].data)] for name in sorted(self.fields)], default=str)
        return uuid.uuid5(form_key, said) if form_key else None

    def key_of(self, person: models.Model | None) -> uuid.UUID | None:
        """The key, theirs alone: the same form, sent by somebody else who got hold of it, makes a row of its own."""
        return uuid.uuid5(self.key, str(person.pk)) if self.key and person is not None else self.key

    @property
    def said(self) -> dict[str, Any]:
        """The cleaned data without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class OnceModelForm(OnceForm, forms.ModelForm):
    """For a form whose own row is what it makes. `made` is the row of an earlier click, as it stands by now.

    That row has the name and the address that are sent again: it would refuse them to itself, and it is not saved anew.
    """

    made: models.Model | None = None

    def _post_clean(self) -> None:
        was_right = not self.errors
        super()._post_clean()  # type: ignore[misc]
        if was_right and self.instance._state.adding and self.key:
            self.made = self._meta.model._default_manager.filter(
                key=self.key
            ).first()  # only now: it may have come meanwhile
        if self.made is not None:
            self.instance = self.made
            self.errors.clear()


def _said(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return digest.hexdigest()
