"""Templates without the indentation of their source: it would be sent with every page, mostly as empty lines."""

import re

from django.template import Origin
from django.template.loaders import app_directories, filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def unindented(source: str, origin: Origin) -> str:
    """Take the spaces from the start of each line; lines stay, so that an error still names the right one.

    Only in HTML, where they mean nothing. What a template fills in, such as the text of a textarea, is not touched.
    """
    return INDENTATION.sub("", source) if str(origin).endswith(".html") else source


class FilesystemLoader(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        return unindented(super().get_contents(origin), origin)


class AppDirectoriesLoader(app_directories.Loader):
    def get_contents(self, origin: Origin) -> str:
        return unindented(super().get_contents(origin), origin)
