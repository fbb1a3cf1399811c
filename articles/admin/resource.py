from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import LinkCheck, Resource
from articles.models.resource import LANGUAGES
from mindspace.admin.once import OnceModelAdmin
from mindspace.once import OnceModelForm
from mindspace.site.admin import CHECKED_WORDS, StaleFilter, mark_checked


class ResourceForm(OnceModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    url = forms.URLField(label=_("Web address"), required=False, max_length=500, assume_scheme="https")


@admin.register(Resource)
class ResourceAdmin(OnceModelAdmin):
    """Changes show to readers at once: a wrong number is never left standing for want of a second person."""

    form = ResourceForm
    list_display = ["name", "kind", "phone", "url", "cost", "checked_on", "checked_lately"]
    list_filter = [StaleFilter, "kind", "cost"]
    search_fields = ["name", "summary", "phone", "sms_number", "url"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["articles"]
    readonly_fields = ["checked_by"]
    actions = [mark_checked]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "kind", "summary"],
                "description": _("What you save here shows to readers at once."),
            },
        ),
        (
            _("How to reach it"),
            {
                "fields": ["phone", "tty", ("sms_number", "sms_keyword"), "url"],
                "description": _("Give at least one. Call the number yourself before you save it."),
            },
        ),
        (
            _("Good to know"),
            {"fields": ["hours", "cost", "languages"], "description": _("Leave out what you do not know.")},
        ),
        (_("Last checked"), {"fields": ["checked_on", "checked_by"], "description": CHECKED_WORDS}),
        (
            _("Where it stands"),
            {
                "fields": ["articles", "order", "slug", "language"],
                "description": _("It is always on the resources page. You can list it in articles, too."),
            },
        ),
    ]

    @admin.display(boolean=True, description=_("checked lately"))
    def checked_lately(self, resource: Resource) -> bool:
        return not resource.is_stale

    def save_model(self, request: HttpRequest, obj: Resource, form: Any, change: bool) -> None:
        obj.note_edit(form.changed_data, cast(AbstractBaseUser, request.user))
        super().save_model(request, obj, form, change)


class NeedsALook(admin.SimpleListFilter):
    title = _("what to do")
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("needed", _("needs a look"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.needing_a_look() if self.value() == "needed" else queryset


@admin.register(LinkCheck)
class LinkCheckAdmin(admin.ModelAdmin):
    """What the weekly check heard from each address we send readers to. The check writes it; people read it."""

    list_display = ["address", "status", "detail", "places", "checked_at"]
    list_display_links = None
    list_filter = [NeedsALook, "status"]
    search_fields = ["url", "detail"]
    ordering = ["-failures", "url"]

    @admin.display(description=_("web address"), ordering="url")
    def address(self, link: LinkCheck) -> SafeString:
        return format_html('<a href="{}" rel="external noreferrer">{}</a>', link.url, link.url)

    @admin.display(description=_("stands in"))
    def places(self, link: LinkCheck) -> str:
        return ", ".join(link.found_in)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
