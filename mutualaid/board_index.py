"""What the board finds a post by: integers for each thing that can be asked, and the words.

A number means the same for ever, as in groups.facets: new ones are added, old ones never given another meaning.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from groups.facets import LANGUAGES, cell
from mutualaid.categories import Category

if TYPE_CHECKING:
    from mutualaid.models.post import Post

REQUEST, OFFER = 1, 2
REMOTE, NEARBY = 3, 4
GIFT, TIMEBANK = 5, 6
KINDS = {"request": REQUEST, "offer": OFFER}
CATEGORIES = {
    Category.GROCERIES: 20, Category.RIDES: 21, Category.CHILDCARE: 22, Category.MEDICATION: 23, Category.ERRANDS: 24,
    Category.LISTENING: 25, Category.CHECK_INS: 26, Category.COMPANY: 27, Category.KNOWLEDGE: 28,
    Category.CRISIS_PLANNING: 29,
}  # fmt: skip


def write(post: "Post") -> None:
    """Put both columns on the post; it is not saved."""
    post.facets, post.search = facets_of(post), vector(post)


def facets_of(post: "Post") -> list[int]:
    found = {
        KINDS[post.kind],
        CATEGORIES[Category(post.category)],
        REMOTE if post.remote else NEARBY,
        GIFT if post.reckoning == "gift" else TIMEBANK,
        *(LANGUAGES[code] for code in post.languages if code in LANGUAGES),
    }
    if post.x is not None and post.y is not None:
        found.add(cell(post.x, post.y))
    return sorted(found)


def vector(post: "Post") -> Any:
    """The title, then what it is about, then where and the rest of the teaser, and last what only members read.

    In Spanish, too, for whoever writes it.
    """
    parts = {
        "A": post.title,
        "B": post.get_category_display(),
        "C": f"{post.area_name} {post.teaser}",
        "D": f"{post.words} {post.helps}",
    }
    configs = ["english", "spanish"] if "es" in post.languages else ["english"]
    made: Any = None
    for config in configs:
        for weight, text in parts.items():
            one = SearchVector(Value(text), weight=weight, config=config)
            made = one if made is None else made + one
    return made
