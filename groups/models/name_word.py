from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from groups.models.group import Group
from groups.spelling import LEAST_LETTERS, LONGEST_WORD, slips_allowed, words_of

CHUNK = 2000


class NameWordQuerySet(models.QuerySet["NameWord"]):
    def like(self, words: list[str]) -> frozenset[str]:
        """The words that one of `words` may be a slip of: they begin as it does, and are about as long."""
        wanted = Q(pk__in=[])
        for word in filter(lambda word: len(word) >= LEAST_LETTERS, words):
            slips = slips_allowed(word)
            wanted |= Q(word__startswith=word[0], length__range=(len(word) - slips, len(word) + slips))
        return frozenset(self.annotate(length=Length("word")).filter(wanted).values_list("word", flat=True))

    def learn(self) -> None:
        """Know the words of what is listed by now, and no others. Safe to run twice."""
        names = Group.objects.listed().values_list("name", "organization__name")
        said = {
            word
            for both in names.iterator(chunk_size=CHUNK)
            for name in both
            for word in words_of(name or "")
            if LEAST_LETTERS <= len(word) <= LONGEST_WORD
        }
        known = set(self.values_list("word", flat=True))
        self.filter(word__in=known - said).delete()
        new = [self.model(word=word) for word in sorted(said - known)]
        self.bulk_create(new, CHUNK, ignore_conflicts=True)


class NameWord(models.Model):
    """A word of the names of groups and organizations that are listed, for whoever writes it with a slip.

    Learned once an hour (groups.tasks): who names a group would wait for whoever else uses a word for the first time.
    """

    word = models.CharField(primary_key=True, max_length=LONGEST_WORD)

    objects: ClassVar[NameWordQuerySet] = NameWordQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.word
