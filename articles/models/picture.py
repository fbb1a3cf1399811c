from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import pictures
from mindspace.once import once
from mindspace.site.languages import site_languages

if TYPE_CHECKING:
    from mindspace.accounts.models import User


class PictureQuerySet(models.QuerySet["Picture"]):
    def upload(
        self, file: UploadedFile, *, by: "User | None" = None, key: UUID | None = None, alt: str = "", **fields: Any
    ) -> "Picture":
        """Check and re-encode an uploaded picture and keep it; the original is thrown away.

        `key` comes with the form: a second click gives the first click's picture. Raises ValidationError with a
        message for the person who chose the file.
        """
        return once(self, key, lambda: self._keep(file, alt, {"uploaded_by": by, "key": key, **fields}))

    def _keep(self, file: UploadedFile, alt: str, fields: dict[str, Any]) -> "Picture":
        fields.setdefault("decorative", False)
        alt = "" if fields["decorative"] else pictures.check_alt_text(alt, file.name or "")
        rendered = pictures.render(file)
        return self.create(
            alt=alt,
            sha256=rendered.sha256,
            width=rendered.width,
            height=rendered.height,
            renditions=rendered.store(),
            **fields,
        )


class Picture(models.Model):
    """A picture as readers get it: AVIF and WebP at up to three widths, no metadata. The upload itself is not kept."""

    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("Say what the picture shows, for people who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Tick this if the picture adds nothing that needs saying.")
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=site_languages, default=settings.LANGUAGE_CODE)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    sha256 = models.CharField(_("content"), max_length=64, editable=False, db_index=True)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # [{"width": 480, "height": 320, "avif": name in storage, "webp": name in storage}], narrowest first
    renditions: "models.JSONField[Any, Any]" = models.JSONField(_("renditions"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    objects: ClassVar = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decorative=True, alt="") | (Q(decorative=False) & ~Q(alt="")),
                name="picture_alt_or_decorative",
                violation_error_message=_("Write an alternative text, or tick that the picture is decorative."),
            )
        ]

    def __str__(self) -> str:
        return self.alt or f"{_('Decorative picture')} {self.sha256[:8]}"

    def clean(self) -> None:
        self.alt = "" if self.decorative else pictures.check_alt_text(self.alt)

    def html(self, *, sizes: str = pictures.SIZES, lazy: bool = True) -> SafeString:
        """The `<picture>` element; give `lazy=False` to one that is on the first screen."""
        return pictures.html(self, sizes=sizes, lazy=lazy)

    def state(self) -> dict[str, Any]:
        """What of this picture a reviewer approves."""
        return {"sha256": self.sha256, "alt": self.alt, "decorative": self.decorative, "credit": self.credit}
