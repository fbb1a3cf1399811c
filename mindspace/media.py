"""Uploaded pictures, where no nginx stands in front to serve them from VAR_DIR/media."""

import re
from mimetypes import guess_type

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

FOREVER = "public, max-age=31536000, immutable"
# A hash and an extension: a name of this shape is never a folder, and never leads out of one.
NAME = re.compile(r"pictures/[0-9A-Za-z_-]+\.[0-9a-z]+")


def is_stored(name: str) -> bool:
    """Tell whether the default storage has a picture of this name. Any text may be asked about."""
    return bool(NAME.fullmatch(name)) and default_storage.exists(name)


@require_safe
def media(request: HttpRequest, file: str) -> FileResponse:
    """Send one picture of the default storage. Its name is the hash of its content, so it may be kept for good."""
    name = f"pictures/{file}"
    if not is_stored(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = FOREVER
    return response
