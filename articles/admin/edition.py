from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """The record of what readers were shown. Nobody changes it: a new edition is published from the article's page."""

    list_display = ["title", "number", "publish_at", "published_by", "approved_by", "single_person", "of_article"]
    list_filter = ["publish_at", "single_person"]
    list_select_related = ["published_by", "approved_by"]
    search_fields = ["title", "slug"]
    ordering = ["-publish_at"]
    fieldsets = [
        (None, {"fields": ["title", "number", "dek", "slug", "of_article"]}),
        (_("When and who"), {"fields": ["publish_at", "published_by", "approved_by", "single_person", "reviewed_on"]}),
        (_("Length"), {"fields": ["words", "minutes", "listening_minutes"]}),
    ]
    readonly_fields = ["of_article"]

    @admin.display(description=_("article"))
    def of_article(self, edition: Edition) -> SafeString:
        address = reverse("admin:articles_article_versions", args=[edition.article_id])
        return format_html('<a href="{}">{}</a>', address, _("All its editions"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
