"""The stylesheet as it is served: one file, every part in its layer, small, and the same name each time."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from mindspace.static import JoinError, Sources, StaticStorage, join, lighten, minify

LARGEST_STYLESHEET = 14 * 1024
LARGEST_DRAWING = 8 * 1024


def sources(**files: str) -> Sources:
    """Files by name, as collectstatic hands them over; "__" in a name is a slash, "_css" its ending."""
    storage = InMemoryStorage()
    names = {name.replace("__", "/").replace("_css", ".css"): text for name, text in files.items()}
    for name, text in names.items():
        storage.save(name, ContentFile(text.encode()))
    return {name: (storage, name) for name in names}


@pytest.fixture
def own() -> Sources:
    return {path: (storage, path) for path, storage in FileSystemFinder().list([])}


def test_a_part_goes_into_its_layer() -> None:
    site = '@layer a, b;\n@import url("part.css") layer(b);'
    part = ".x {\n  color: red;\n}"
    assert (
        join("css/site.css", sources(css__site_css=site, css__part_css=part)) == "@layer a,b;@layer b{.x{color: red}}"
    )


def test_a_missing_part_is_refused() -> None:
    with pytest.raises(JoinError, match=r"gone\.css"):
        join("css/site.css", sources(css__site_css='@import url("gone.css") layer(a);'))


@pytest.mark.parametrize(
    "line", ['@import "part.css";', '@import url("part.css") layer(a) print;', "a { b: url(c.png) }"]
)
def test_what_would_break_when_joined_is_refused(line: str) -> None:
    with pytest.raises(JoinError):
        join("css/site.css", sources(css__site_css=line, css__part_css=""))


def test_minify_keeps_what_white_space_means() -> None:
    css = "/* why */\na :hover,\nb > c {\n  margin: 0 auto; width: calc(1px + 2px);\n}\n"
    assert minify(css) == "a :hover,b>c{margin: 0 auto;width: calc(1px + 2px)}"


def test_a_script_loses_its_comment_lines_and_nothing_else() -> None:
    script = '/** What\n * it is. */\nconst a = "// b"; // kept\n\n  // gone\n  const c = /\\/\\*x/; /* kept */\n'
    assert lighten(script) == 'const a = "// b"; // kept\nconst c = /\\/\\*x/; /* kept */\n'


def test_no_script_of_ours_has_a_text_over_many_lines(own: Sources) -> None:
    """There a line that looks like a comment would be a part of the text."""
    for name in own:
        if name.startswith("js/"):
            for line in (settings.BASE_DIR / "static" / name).read_text().splitlines():
                assert line.count("`") % 2 == 0, (name, line)


def test_every_part_is_in_the_one_stylesheet(own: Sources) -> None:
    """A component's file that no line imports would be a style nobody sees."""
    site = (Path(settings.BASE_DIR) / "static/css/site.css").read_text()
    parts = {name for name in own if re.fullmatch(r"css/components/[\w-]+\.css", name)}
    assert {f"css/{name}" for name in re.findall(r'"(components/[\w-]+\.css)"', site)} == parts


def test_the_stylesheet_is_small_enough(own: Sources) -> None:
    assert len(brotli.compress(join("css/site.css", own).encode(), quality=11)) <= LARGEST_STYLESHEET


def test_each_drawing_is_small_enough() -> None:
    sprite = (Path(settings.BASE_DIR) / "static/drawings/sprite.svg").read_text()
    drawings = [line for line in sprite.splitlines() if line.startswith("<g id=")]
    assert len(drawings) > 10
    assert max(len(line.encode()) for line in drawings) <= LARGEST_DRAWING


def collect(sources: Sources, into: Path) -> StaticStorage:
    """What collectstatic does: copy, then post-process."""
    storage = StaticStorage(location=into)
    for name, (source, path) in sources.items():
        storage.save(name, source.open(path))
    for name, _hashed, processed in storage.post_process(sources):
        if isinstance(processed, Exception):
            raise AssertionError(name) from processed
    return storage


def test_collected_files_are_joined_hashed_and_compressed(tmp_path: Path) -> None:
    files = sources(
        css__site_css='@import url("part.css") layer(a);',
        css__part_css="." + "x" * 300 + " { color: red; }",
    )
    storage = collect(files, tmp_path)
    served = tmp_path / storage.stored_name("css/site.css")
    assert "@import" not in served.read_text()
    assert "color: red" in served.read_text()
    assert served.with_name(served.name + ".br").exists()
    assert served.with_name(served.name + ".gz").exists()


def test_the_name_follows_the_content_of_every_part(tmp_path: Path) -> None:
    site = '@import url("part.css") layer(a);'

    def name(part: str, folder: str) -> str:
        return collect(sources(css__site_css=site, css__part_css=part), tmp_path / folder).stored_name("css/site.css")

    assert name(".x {}", "1") == name(".x {}", "2")
    assert name(".x {}", "1b") != name(".y {}", "3")


def test_modules_import_each_other_by_hashed_names(tmp_path: Path) -> None:
    storage = InMemoryStorage()
    storage.save("js/a.js", ContentFile(b'import { b } from "./b.js";\n'))
    storage.save("js/b.js", ContentFile(b"export const b = 1;\n"))
    collected = collect({name: (storage, name) for name in ("js/a.js", "js/b.js")}, tmp_path)
    text = (tmp_path / collected.stored_name("js/a.js")).read_text()
    assert Path(collected.stored_name("js/b.js")).name in text
