"""The admin that staff work in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mindspace import examples
from mindspace.accounts import second_factor
from mindspace.accounts.models import User
from mindspace.admin import today


class Lookup(AutocompleteJsonView):
    """Staff know a row by its `staff_label`, where one line that may stand on any page would not tell enough."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        return result | {"text": getattr(obj, "staff_label", result["text"])}


class AdminSite(admin.AdminSite):
    site_title = gettext_lazy("MindSpace staff")
    site_header = gettext_lazy("MindSpace staff")
    index_title = gettext_lazy("Today")
    index_template = "admin/today.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, signed in with a second factor; on a machine of one's own, staff is enough."""
        return super().has_permission(request) and (not second_factor.required() or second_factor.shown(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead on to whatever is missing: signing in, a second factor, or nothing any more."""
        return secure_admin_login(self._login_staff)(request)

    def _login_staff(self, request: HttpRequest) -> HttpResponse:
        then = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(then, allowed_hosts=None) or not then.startswith("/"):
            then = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(then)
        return redirect(second_factor.next_step(cast(User, request.user), then))

    def logout(  # type: ignore[override]  # stubs expect Django's own page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            get_adapter(request).logout(request)
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Django's own pages hand what is asked for to PostgreSQL, which takes no NUL.
            if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
                raise BadRequest
            try:
                return cast(HttpResponseBase, inner(request, *args, **kwargs))
            except ValidationError as error:  # its shortcut to a page takes any text for an id
                raise Http404 from error

        return update_wrapper(without_nul, inner)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, Lookup.as_view(admin_site=self)(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        remove = path("examples/remove/", self.admin_view(require_POST(self.remove_examples)), name="examples_remove")
        return [remove, *super().get_urls()]

    def remove_examples(self, request: HttpRequest) -> HttpResponse:
        if not (settings.ON_LOOPBACK or request.user.is_superuser):
            raise PermissionDenied
        examples.remove()
        messages.success(request, _("The examples are gone."))
        return redirect("admin:index")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"on_loopback": settings.ON_LOOPBACK}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = {
            "waiting": today.rows_for(cast(User, request.user)),
            "examples": examples.present(),
            **(extra_context or {}),
        }
        return super().index(request, context)
