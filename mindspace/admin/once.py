from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import models
from django.http import HttpRequest


class OnceAdmin(admin.ModelAdmin):
    """For rows that a `OnceForm` makes: the admin's history, too, tells of them once."""

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        added = LogEntry.objects.filter(
            content_type=get_content_type_for_model(obj), object_id=str(obj.pk), action_flag=ADDITION
        )
        return added.first() or super().log_addition(request, obj, message)
