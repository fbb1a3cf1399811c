"""What the pages of the directory in the admin share."""

from typing import Any, cast

import pghistory
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User

STAFF = "staff"  # who says so, in a listing's `confirmed_by` and in the history


def staff(request: HttpRequest) -> User:
    return cast(User, request.user)


class Recorded:
    """Mixin for a ModelAdmin: the history of what changes knows who did it."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._by(request):
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._by(request):
            return super().changelist_view(request, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._by(request):
            return super().delete_view(request, *args, **kwargs)  # type: ignore[misc]

    def _by(self, request: HttpRequest) -> Any:
        return pghistory.context(who=STAFF, user=str(request.user.pk))


class YesNoNotStated(forms.NullBooleanSelect):
    """What nobody has said is shown as that, and not as no."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", _("Not stated")), ("true", _("Yes")), ("false", _("No"))]
