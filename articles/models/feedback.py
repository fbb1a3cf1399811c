"""How many readers found an article helpful, per day, and nothing about any of them."""

from typing import ClassVar
from uuid import UUID

from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONE_DAY = 24 * 60 * 60  # in seconds


class FeedbackManager(models.Manager["Feedback"]):
    def add_answer(self, article_id: int, *, helpful: bool, key: UUID | None = None) -> None:
        """Count one answer into the article's row of today (in the site's time zone), in one statement.

        `key` comes with the form, which counts once. A hash of it, and nothing else, is kept for a day.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            if key and not cache.add(f"helpful:{key}", True, ONE_DAY):
                return
            cursor.execute(
                "INSERT INTO articles_feedback AS counted (article_id, day, yes, no) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (article_id, day) DO UPDATE"
                " SET yes = counted.yes + EXCLUDED.yes, no = counted.no + EXCLUDED.no",
                [article_id, timezone.localdate(), int(helpful), int(not helpful)],
            )


class Feedback(models.Model):
    """The answers to "Was this helpful?" for one article on one day."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="feedback")
    day = models.DateField(_("day"))
    yes = models.PositiveIntegerField(_("yes"), default=0)
    no = models.PositiveIntegerField(_("no"), default=0)

    objects: ClassVar[FeedbackManager] = FeedbackManager()

    class Meta:
        verbose_name = _("answers of a day")
        verbose_name_plural = _("answers by day")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="feedback_article_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.yes} / {self.no}"
