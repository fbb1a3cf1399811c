from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups import indexing
from groups.admin.desk import Recorded
from groups.models import Topic


class TopicForm(forms.ModelForm):
    finders = SimpleArrayField(
        forms.SlugField(max_length=50),
        label=_("Finders"),
        required=False,
        help_text=_(
            "The addresses of resources that lead on where no group is near, such as griefshare, separated by commas."
        ),
    )


@admin.register(Topic)
class TopicAdmin(Recorded, admin.ModelAdmin):
    form = TopicForm
    list_display = ["name", "kind", "other_words", "listings"]
    list_filter = ["kind"]
    search_fields = ["name", "synonyms"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "kind", "synonyms", "finders"],
                "description": _("A topic is what a group is about. An audience is who it is for."),
            },
        ),
        (_("Address and more"), {"fields": ["slug", "language"]}),
    ]

    @admin.display(description=_("other words for it"))
    def other_words(self, topic: Topic) -> str:
        return ", ".join(topic.synonyms)

    @admin.display(description=_("groups"))
    def listings(self, topic: Any) -> int:
        return int(topic.count)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Topic]:
        return super().get_queryset(request).annotate(count=models.Count("groups"))

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        indexing.refresh(obj.groups.values_list("pk", flat=True))
