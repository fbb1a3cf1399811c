from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import models
from django.http import HttpRequest

from mindspace.once import OnceModelForm, once


class OnceAdmin(admin.ModelAdmin):
    """For rows that a `OnceForm` makes: the admin's history, too, tells of them once."""

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        added = LogEntry.objects.filter(
            content_type=get_content_type_for_model(obj), object_id=str(obj.pk), action_flag=ADDITION
        )
        return added.first() or super().log_addition(request, obj, message)


class OnceModelAdmin(OnceAdmin):
    """For rows that the admin itself saves: a second click is answered like the first, and changes nothing."""

    form = OnceModelForm

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        (title, first), *others = super().get_fieldsets(request, obj)
        fields = first["fields"] if obj else [*first["fields"], "form_key"]
        return [(title, {**first, "fields": fields}), *others]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.key = form.key
            obj.pk = once(self.model._default_manager, form.key, lambda: self._save(obj)).pk

    def _save(self, obj: models.Model) -> models.Model:
        obj.save()
        return obj

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if form.made is None:
            super().save_related(request, form, formsets, change)
