"""Somewhere else to turn: a help line, a training, an organization, a finder of groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mindspace.site import phones
from mindspace.site.checked import Checked, CheckedQuerySet
from mindspace.site.languages import site_languages

# Languages that help is given in, by the code of ISO 639-1; American Sign Language has none and takes ISO 639-3.
LANGUAGES = {
    "en": _("English"),
    "es": _("Spanish"),
    "ase": _("American Sign Language"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "ar": _("Arabic"),
    "hi": _("Hindi"),
    "ko": _("Korean"),
}
NUMBERS = {"phone": phones.PHONE_PATTERN, "tty": phones.PHONE_PATTERN, "sms_number": phones.SMS_PATTERN}


class ResourceQuerySet(CheckedQuerySet):
    def listed(self, *, cost: str = "", language: str = "") -> Self:
        """Rows that match the filters of the resources page; an empty filter lets all pass."""
        found = self
        if cost:
            found = found.filter(cost=cost)
        if language:
            found = found.filter(languages__contains=[language])
        return found

    def by_kind(self) -> "list[Section]":
        """These rows in sections, in the order of `Resource.Kind`; a kind without rows is left out."""
        rows = list(self)
        sections = (Section(kind, [row for row in rows if row.kind == kind]) for kind in Resource.Kind)
        return [section for section in sections if section.resources]

    def finders(self, slugs: Iterable[str]) -> list["Resource"]:
        """The finders of these slugs, in their order; without any that is there, all finders."""
        rows = {row.slug: row for row in self.filter(kind="finder").exclude(url="")}
        return [rows[slug] for slug in slugs if slug in rows] or list(rows.values())

    def of_article(self, article_id: Any) -> Self:
        return self.filter(articles=article_id)


@dataclass(frozen=True)
class Section:
    """The resources of one kind, as the page lists them."""

    kind: "Resource.Kind"
    resources: "list[Resource]"


class Resource(Checked):
    """A row that readers see as it is: a change shows at once, without an edition and past every gate.

    `phone`, `tty` and `sms_number` are numbers that can be dialed (E.164 or a short code); what is not known is empty.
    """

    REACHED_BY = frozenset({"phone", "tty", "sms_number", "sms_keyword", "url"})

    class Kind(models.TextChoices):
        HELPLINE = "helpline", _("Help lines")
        TRAINING = "training", _("Training")
        ORGANIZATION = "organization", _("Organizations")
        FINDER = "finder", _("Finders")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        PAID = "paid", _("Costs money")
        VARIES = "varies", _("The cost varies")

    slug = models.SlugField(_("name in the address"), unique=True, help_text=_("Such as nami: the page links to it."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what it is"), max_length=400)
    phone = models.CharField(_("phone"), max_length=16, blank=True, validators=[phones.validate_phone])
    tty = models.CharField(_("TTY, for Deaf callers"), max_length=16, blank=True, validators=[phones.validate_phone])
    sms_number = models.CharField(_("number to text"), max_length=16, blank=True, validators=[phones.validate_sms])
    sms_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, choices=LANGUAGES), verbose_name=_("languages"), default=list, blank=True
    )
    language = models.CharField(_("language of this text"), max_length=12, choices=site_languages, default="en-us")
    order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lower numbers stand first."))
    articles = models.ManyToManyField(
        "articles.Article", verbose_name=_("listed in these articles"), related_name="resources", blank=True
    )
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    objects: ClassVar[models.Manager[Any]] = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="", sms_number="", url=""),
                name="resource_can_be_reached",
                violation_error_message=_(
                    "Give at least one way to reach it: a phone, a number to text or a web address."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(sms_keyword="") | models.Q(sms_number__regex=r"."),
                name="resource_word_has_number",
                violation_error_message=_("A word to text needs a number to text it to."),
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q((number, "")) | models.Q((f"{number}__regex", pattern)),
                    name=f"resource_{number}",
                )
                for number, pattern in NUMBERS.items()
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_display(self) -> str:
        return phones.dashed(self.phone)

    @property
    def tel(self) -> str:
        return phones.tel(self.phone) if self.phone else ""

    @property
    def tty_display(self) -> str:
        return phones.dashed(self.tty)

    @property
    def tty_tel(self) -> str:
        return phones.tel(self.tty) if self.tty else ""

    @property
    def sms(self) -> str:
        return phones.sms(self.sms_number, self.sms_keyword) if self.sms_number else ""

    @property
    def site_name(self) -> str:
        """The web address as people say it: "nami.org"."""
        return urlsplit(self.url).netloc.removeprefix("www.")

    @property
    def facts(self) -> list[str]:
        """What there is to know before getting in touch, in a few words each: hours, cost, languages."""
        cost = str(self.get_cost_display()) if self.cost else ""
        languages = get_text_list(list[Any](self.language_names), gettext("and"))
        return [fact for fact in (self.hours, cost, languages) if fact]

    @property
    def language_names(self) -> list[str]:
        """The languages in words, in the order of the row."""
        return [str(LANGUAGES.get(code, code)) for code in self.languages]
