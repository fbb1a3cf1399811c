"""Static files as they are served: hashed names, compressed copies, and the stylesheet joined into one file."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What collectstatic hands over: a file's name, and the storage and path its source is read from.
Sources = dict[str, tuple[Storage, str]]

IMPORT = re.compile(r"""@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[\w.-]+)\);""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Comments that have their lines to themselves, and what lines are indented with.
COMMENT_LINES = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n|^[ \t]*//[^\n]*\n|^[ \t]+|^\n", re.DOTALL | re.MULTILINE)
SPACE_AROUND = re.compile(r"\s*([{};,>])\s*")


class JoinError(ValueError):
    """The stylesheet cannot be joined: an import of another form than ours, of a missing file, or a relative url()."""


def minify(css: str) -> str:
    """Drop comments and the white space that has no meaning. Strings with several spaces in them are not for us."""
    css = re.sub(r"\s+", " ", COMMENT.sub(" ", css))
    return SPACE_AROUND.sub(r"\1", css).replace(";}", "}").strip()


def lighten(script: str) -> str:
    """Drop a script's comment lines and indentation; the code stays as it is. Not for texts over many lines."""
    return COMMENT_LINES.sub("", script)


def join(name: str, sources: Sources) -> str:
    """Return stylesheet `name` with every @import replaced by the file it names, wrapped in the layer it asks for.

    Raises JoinError rather than leave out a part: half a stylesheet would go unnoticed until somebody looks.
    """

    def part(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["name"]))
        if imported not in sources:
            raise JoinError(f"{name} imports {imported}, which is not there.")
        return f"@layer {match['layer']}{{{read(imported, sources)}}}"

    joined = IMPORT.sub(part, read(name, sources))
    if "@import" in joined:
        raise JoinError(f'{name}: write every import as @import url("part.css") layer(name);')
    if "url(" in joined:
        raise JoinError(f"{name}: url() would point elsewhere once joined. Draw with the sprite instead.")
    return minify(joined)


def read(name: str, sources: Sources) -> str:
    storage, path = sources[name]
    with storage.open(path) as file:
        return COMMENT.sub("", file.read().decode())


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hash, join and compress. Modules import each other by hashed names, so every file may be cached for good."""

    support_js_module_import_aggregation = True
    joined_stylesheets = ("css/site.css",)
    own_scripts = "js/"

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[tuple[Any, ...]]:
        """Hand the joined and lighter texts on in place of the sources, so that the hash is that of what is served."""
        if dry_run:
            return
        made = InMemoryStorage()
        sources = dict(paths)
        for name in sources:
            if name in self.joined_stylesheets:
                made.save(name, ContentFile(join(name, sources).encode()))
            elif name.startswith(self.own_scripts) and name.endswith(".js"):
                storage, path = sources[name]
                with storage.open(path) as file:
                    made.save(name, ContentFile(lighten(file.read().decode()).encode()))
            else:
                continue
            paths = {**paths, name: (made, name)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
