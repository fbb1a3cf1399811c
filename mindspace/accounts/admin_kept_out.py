"""Addresses that make no account while a ban holds. Whoever writes to us can be let back in: search for the address."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.kept_out import KeptOut, digest_of


@admin.register(KeptOut)
class KeptOutAdmin(admin.ModelAdmin):
    list_display = ("at", "until")
    search_fields = ("digest",)
    search_help_text = _("The whole e-mail address. It is not kept, only whether it is one of these.")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return (queryset.filter(digest=digest_of(search_term)) if search_term else queryset), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: KeptOut | None = None) -> bool:
        return False
