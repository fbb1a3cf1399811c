"""What happens to a desk copy: it is edited, put up for review, approved. Each is a row with a person and a time."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeskEdit(models.Model):
    """One save of the desk copy and what it then said, so that no version is ever lost."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("saved"), default=timezone.now)
    source: "models.JSONField[Any, Any]" = models.JSONField(_("what it said"))

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["article", "version"], name="one_edit_per_version")]

    def __str__(self) -> str:
        return f"{self.article} v{self.version}"


class ReviewRequest(models.Model):
    """Somebody says that the desk copy is ready to be read by a second person."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="review_requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("request for review")
        verbose_name_plural = _("requests for review")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} {self.at:%Y-%m-%d %H:%M}"


class Approval(models.Model):
    """A reviewer's yes to one exact state of the desk copy: it counts only while the state has this digest."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="approvals")
    digest = models.CharField(_("state"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("approved"), default=timezone.now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} {self.at:%Y-%m-%d %H:%M}"
