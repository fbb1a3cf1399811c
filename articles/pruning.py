"""Taking away pictures that nothing uses: no edition, no desk copy, and no earlier version, which can be brought back.

A picture that somebody puts into a text just now, without having saved it, cannot be known of. That is why young ones
stay; whoever chose an old one is told by the gates that it is gone.
"""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import CharField, Exists, F, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from articles.models import Article, DeskEdit, EditionPicture, Picture
from articles.pictures import ENCODERS

YOUNG = timedelta(days=7)


class Keys(Func):
    """The keys of a JSON object, a row for each."""

    function = "jsonb_object_keys"
    output_field = CharField()
    set_returning = True


def unused() -> QuerySet[Picture]:
    """Pictures uploaded more than a week ago that no edition, desk copy or earlier version shows, oldest first."""
    in_text = Concat(Value('data-picture="'), Cast(OuterRef("pk"), CharField()), Value('"'))
    in_versions = DeskEdit.objects.annotate(picture=Keys(F("source__pictures"))).values("picture")
    found: QuerySet[Picture] = (
        Picture.objects.filter(uploaded_at__lt=timezone.now() - YOUNG)
        .filter(~Exists(EditionPicture.objects.filter(picture=OuterRef("pk"))))
        .filter(~Exists(Article.objects.filter(hero=OuterRef("pk"))))
        .filter(~Exists(Article.objects.filter(body__contains=in_text)))
        .annotate(name=Cast("pk", CharField()))
        .exclude(name__in=in_versions)
        .order_by("uploaded_at", "pk")
    )
    return found


def prune() -> list[Picture]:
    """Delete what is unused, with the files that no other picture shares; return what is gone."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # a save that has begun ends first, and the next one waits
            cursor.execute("LOCK TABLE articles_article, articles_deskedit, articles_editionpicture IN SHARE MODE")
        gone = list(unused())
        Picture.objects.filter(pk__in=[picture.pk for picture in gone]).delete()
    for name in sorted({row[kind] for picture in gone for row in picture.renditions for kind in ENCODERS}):
        kind = name.rpartition(".")[2]
        if not Picture.objects.filter(renditions__contains=[{kind: name}]).exists():
            default_storage.delete(name)
    return gone
