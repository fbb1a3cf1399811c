"""Uploaded pictures, where no nginx stands in front to serve them from VAR_DIR/media."""

from mimetypes import guess_type

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def media(request: HttpRequest, file: str) -> FileResponse:
    """Send one picture of the default storage. Its name is the hash of its content, so it may be kept for good."""
    name = f"pictures/{file}"
    if "\x00" in file or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = FOREVER
    return response
