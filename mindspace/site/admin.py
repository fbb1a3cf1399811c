from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mindspace.admin.once import OnceModelAdmin
from mindspace.site.models import ClosedDay, HelpLine, OpeningHours, SiteDetails

CHECKED_WORDS = _("The day somebody tried it. A new number or address takes the day away, unless you give a new one.")


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 1


class ClosedDayInline(admin.TabularInline):
    model = ClosedDay
    extra = 1


@admin.register(SiteDetails)
class SiteDetailsAdmin(admin.ModelAdmin):
    """There is one row: its list leads straight to it, and it is neither added nor deleted."""

    inlines = [OpeningHoursInline, ClosedDayInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["name", ("street", "city", "state", "postal_code"), ("phone", "email")]}),
        (_("Time"), {"fields": ["time_zone"]}),
        (_("Leave this site"), {"fields": ["exit_url"]}),
        (_("Staff"), {"fields": ["staff_of_one", "language"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        # Whoever needs a second person must not be able to lift that rule, or to choose where people are sent.
        return [] if request.user.is_superuser else ["staff_of_one", "exit_url"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:mindspace_site_sitedetails_change", args=[1]))


class StaleFilter(admin.SimpleListFilter):
    title = _("checked")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("stale", _("not in the last 90 days"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.checked_before() if self.value() == "stale" else queryset  # type: ignore[attr-defined]


@admin.action(description=_("Mark as checked today"), permissions=["change"])
def mark_checked(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
    """Works on every model that is `Checked`."""
    count = queryset.mark_checked(request.user)  # type: ignore[attr-defined]
    said = ngettext("Marked %(count)d as checked today.", "Marked %(count)d as checked today.", count) % {
        "count": count
    }
    modeladmin.message_user(request, said, messages.SUCCESS)


@admin.register(HelpLine)
class HelpLineAdmin(OnceModelAdmin):
    list_display = ["name", "phone_display", "sms_number", "checked_on", "checked_by", "checked_lately"]
    list_filter = [StaleFilter, "language"]
    search_fields = ["name", "what_it_is", "audience", "phone", "sms_number"]
    readonly_fields = ["checked_by"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    prepopulated_fields = {"slug": ["name"]}
    actions = [mark_checked]
    fieldsets = [
        (None, {"fields": ["name", "slug", "what_it_is", "audience", "language", "order"]}),
        (_("How to reach it"), {"fields": ["phone", ("sms_number", "sms_keyword"), "chat_url", "url"]}),
        (_("Good to know"), {"fields": ["good_to_know", "hours", "languages", "cost"]}),
        (_("Last checked"), {"fields": ["checked_on", "checked_by"], "description": CHECKED_WORDS}),
    ]

    @admin.display(boolean=True, description=_("checked lately"))
    def checked_lately(self, line: HelpLine) -> bool:
        return not line.is_stale

    def save_model(self, request: HttpRequest, obj: HelpLine, form: Any, change: bool) -> None:
        obj.note_edit(form.changed_data, cast(AbstractBaseUser, request.user))
        super().save_model(request, obj, form, change)
