"""What changed between two states of an article, word by word.

A state is an `Article.source()`: that of an edition (`edition.source`), of a save (`desk_edit.source`) or of the desk
copy. A line stands for a paragraph, a heading, an item; a link's address is shown after its words. Lines are matched
first, then sentences, then words, so that a body of 50,000 words takes a second and not an hour.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from django.contrib.auth import get_user_model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import body
from articles.alignment import matched, opcodes
from articles.models import Article, Topic

Change = Literal["equal", "insert", "delete"]

FIELDS = {
    "title": gettext_lazy("Title"),
    "dek": gettext_lazy("Summary"),
    "slug": gettext_lazy("Address"),
    "language": gettext_lazy("Language"),
    "reviewed_on": gettext_lazy("Facts last reviewed on"),
    "drawing": gettext_lazy("Drawing at the top"),
    "drawing_alt": gettext_lazy("Alternative text of the drawing"),
}
KINDS = {
    "p": gettext_lazy("Paragraph"),
    "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Small heading"),
    "li": gettext_lazy("List item"),
    "quote": gettext_lazy("Quote"),
    "card-calm": gettext_lazy("Care card: advice"),
    "card-concern": gettext_lazy("Care card: urgent advice"),
    "card-urgent": gettext_lazy("Care card: emergency"),
    "note": gettext_lazy("Content note"),
    "picture": gettext_lazy("Picture"),
}
_TOKEN = re.compile(r"\S+\s*|\s+")
_SENTENCE = re.compile(r".*?[.!?][\"'\u201d\u2019)]*(?:\s+|$)|.+$", re.DOTALL)
# Text without full stops is cut at a space after some 2,000 characters.
_PIECE = re.compile(r".{1,2000}(?:\s+|$)|.+$", re.DOTALL)


class Run(NamedTuple):
    """Text that is in both states, only in the new one, or only in the old one."""

    change: Change
    text: str


@dataclass(frozen=True)
class Line:
    """A field or a line of the body; `label` says which in words. A line without a changed run is as it was."""

    label: str
    runs: tuple[Run, ...]
    kind: str = ""
    was: str = ""  # what a line of the body used to be, if that changed: a paragraph made a heading

    @property
    def is_changed(self) -> bool:
        return bool(self.was) or any(run.change != "equal" for run in self.runs)

    @property
    def html(self) -> SafeString:
        return render(self.runs)


@dataclass(frozen=True)
class Difference:
    """`fields` holds only those that changed, `lines` the whole body with what was taken out and put in."""

    fields: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        return not self.fields and not any(line.is_changed for line in self.lines)

    def near_changes(self, context: int = 1) -> list[Line | None]:
        """The changed lines with `context` lines around each; None stands for unchanged lines left out."""
        changed = [index for index, line in enumerate(self.lines) if line.is_changed]
        shown = {near for index in changed for near in range(index - context, index + context + 1)}
        result: list[Line | None] = []
        for index, line in enumerate(self.lines):
            if index in shown:
                result.append(line)
            elif not result or result[-1] is not None:
                result.append(None)
        return result


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Compare two sources."""
    found = Difference(tuple(_fields(old, new)), tuple(_body_lines(_lines(old), _lines(new))))
    if old.get("body") != new.get("body") and not any(line.is_changed for line in found.lines):
        only_look = Line(_("Text"), (Run("insert", _("Only bold, slanted type or a heading's link changed.")),), "body")
        return replace(found, fields=(*found.fields, only_look))
    return found


def render(runs: Sequence[Run]) -> SafeString:
    """The runs as HTML: `<ins>` and `<del>`, each with words for people who cannot see the colors."""
    words = {"insert": ("ins", _("[added:"), _("]")), "delete": ("del", _("[taken out:"), _("]"))}
    parts = []
    for run in runs:
        if run.change == "equal":
            parts.append(format_html("{}", run.text))
            continue
        tag, before, after = words[run.change]
        hidden = '<span class="visually-hidden">{}</span>'
        inside = format_html(hidden + "{}" + hidden, f"{before} ", run.text, f"{after} ")
        parts.append(format_html(f"<{tag}>{{}}</{tag}>", inside))
    return format_html_join("", "{}", ((part,) for part in parts))


# -- Fields --------------------------------------------------------------------------------------


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Line]:
    for name, label in FIELDS.items():
        before, after = str(old.get(name) or ""), str(new.get(name) or "")
        if before != after:
            yield Line(str(label), tuple(compare(before, after)), name)
    for name, heading, named in (
        ("topics", _("Topics"), _topic_names),
        ("related", _("Read next"), _titles),
        ("author", _("Author"), _people),
        ("hero", _("Picture at the top"), _pictures),
    ):
        before, after = named(old.get(name), old), named(new.get(name), new)
        if before != after:
            yield Line(heading, tuple(_replaced(before, after)), name)


def _replaced(before: str, after: str) -> Iterator[Run]:
    if before:
        yield Run("delete", before)
    if after:
        yield Run("insert", after)


def _topic_names(ids: list[int] | None, _source: Mapping[str, Any]) -> str:
    return ", ".join(Topic.objects.filter(pk__in=ids or []).order_by("name").values_list("name", flat=True))


def _titles(ids: list[int] | None, _source: Mapping[str, Any]) -> str:
    return ", ".join(Article.objects.filter(pk__in=ids or []).order_by("title").values_list("title", flat=True))


def _people(pk: str | None, _source: Mapping[str, Any]) -> str:
    return str(get_user_model()._default_manager.filter(pk=pk).first() or _("Somebody who left")) if pk else ""


def _pictures(pk: int | None, source: Mapping[str, Any]) -> str:
    return _picture_words(str(pk), source) if pk else ""


def _picture_words(pk: str, source: Mapping[str, Any]) -> str:
    state = source.get("pictures", {}).get(pk, {})
    alt = state.get("alt") or (_("decorative") if state.get("decorative") else _("no longer there"))
    return " ".join(filter(None, [f"{_('Picture')} {pk}: {alt}", state.get("credit")]))


# -- The body ------------------------------------------------------------------------------------


def _lines(source: Mapping[str, Any]) -> list[body.Block]:
    return [
        body.Block(block.kind, _picture_words(block.text, source)) if block.kind == "picture" else block
        for block in body.blocks_with_addresses(source.get("body", ""))
    ]


def _body_lines(old: list[body.Block], new: list[body.Block]) -> Iterator[Line]:
    for before, after in matched(old, new, lambda block: block.text):
        if before and after:
            was = str(KINDS[before.kind]) if before.kind != after.kind else ""
            yield Line(str(KINDS[after.kind]), tuple(compare(before.text, after.text)), after.kind, was)
        elif after:
            yield Line(str(KINDS[after.kind]), (Run("insert", after.text),), after.kind)
        elif before:
            yield Line(str(KINDS[before.kind]), (Run("delete", before.text),), before.kind)


def compare(old: str, new: str) -> list[Run]:
    """The words of two texts as runs, in reading order, what was taken out before what was put in."""
    before, after = _sentences(old), _sentences(new)
    runs: list[Run] = []
    for one, other in matched(before, after, str):
        if one and other:
            runs += [Run("equal", other)] if one == other else _words(one, other)
        else:
            runs.append(Run("insert", other) if other else Run("delete", one or ""))
    return _joined(runs)


def _sentences(text: str) -> list[str]:
    return [piece for sentence in _SENTENCE.findall(text) for piece in _PIECE.findall(sentence)]


def _words(old: str, new: str) -> list[Run]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[Run] = []
    for change, i1, i2, j1, j2 in opcodes([t.strip() for t in before], [t.strip() for t in after]):
        if change == "equal":
            runs.append(Run("equal", "".join(after[j1:j2])))
        else:
            runs += [Run("delete", "".join(before[i1:i2])), Run("insert", "".join(after[j1:j2]))]
    return runs


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbors of a kind joined; between two equal runs, all that was taken out stands before all that was put in."""
    joined: list[Run] = []
    taken, put = "", ""
    for run in [*runs, Run("equal", "")]:
        if run.change == "delete":
            taken += run.text
        elif run.change == "insert":
            put += run.text
        else:
            joined += [Run("delete", taken)] if taken else []
            joined += [Run("insert", put)] if put else []
            taken, put = "", ""
            if run.text and joined and joined[-1].change == "equal":
                joined[-1] = Run("equal", joined[-1].text + run.text)
            elif run.text:
                joined.append(run)
    return joined
