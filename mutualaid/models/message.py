"""What two people write to each other about an answer."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutualaid.models.response import Response


class Message(models.Model):
    """A line of a conversation. It is on the site only: no mail carries it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    words = models.TextField(_("words"), max_length=2000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["response", "made_at"], name="message_in_order")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
