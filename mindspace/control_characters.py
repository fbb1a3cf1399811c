"""Characters that no page shows and XML forbids. They come along when text is pasted, as Word's line break does."""

import re
from typing import Any

from django import forms
from django.utils.feedgenerator import Atom1Feed

_NONE = re.compile("[\x01-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f]")


def without(said: str) -> str:
    """The same text; what programs mean as a break is a line break. A NUL stays: forms and imports refuse it."""
    return said if said.isprintable() else _NONE.sub("", _BREAKS.sub("\n", said))


class CleanForm(forms.BaseForm):
    """Mixin for a form: what is typed comes without them."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and value != (clean := without(value)):
                is_long = isinstance(self.fields[name].widget, forms.Textarea)
                self.cleaned_data[name] = clean if is_long else " ".join(clean.split())


class Feed(Atom1Feed):
    """Atom that whatever was written cannot make unreadable: one such character stops the whole feed."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        clean = {name: without(value) if isinstance(value, str) else value for name, value in item.items()}
        super().add_item_elements(handler, clean)
