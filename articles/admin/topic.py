from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from mindspace.admin.once import OnceModelAdmin


@admin.register(Topic)
class TopicAdmin(OnceModelAdmin):
    list_display = ["name", "needs_content_note", "language"]
    list_filter = ["needs_content_note"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "needs_content_note", "language"],
                "description": _("Readers find articles by topic. A few broad topics serve them better than many."),
            },
        )
    ]
