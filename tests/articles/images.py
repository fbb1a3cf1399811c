"""Pictures made on the spot, as an upload brings them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def jpeg(width: int = 200, height: int = 100, color: str = "blue", **options: Any) -> SimpleUploadedFile:
    return upload(encoded(Image.new("RGB", (width, height), color), "JPEG", **options))
