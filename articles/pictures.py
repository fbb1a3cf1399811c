"""From an uploaded file to the renditions readers get.

Everything is done while the person waits (at most about 3 seconds at the pixel cap): they hear at once what is wrong
with the file, and an article can never be published around a picture that is still being made.
"""

import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from articles.models.picture import Picture

WIDTHS = (480, 960, 1440)
SIZES = "(min-width: 48rem) 44rem, 100vw"
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000  # 120 MB once unpacked
MIN_SIDE = 64
FOLDER = "pictures"
# By what the file holds, never by its name. Pillow's JPEG reader opens MPO too, which many phones write and call JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ENCODERS: Mapping[str, Mapping[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 7},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
}

_FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)$", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"^(img|image|picture|photo|pic|dsc[nf]?|dcim|pxl|screen ?shot|untitled|scan|file|foto)?[\s_\-()0-9.]*$",
    re.IGNORECASE,
)


def check_alt_text(text: str, file_name: str = "") -> str:
    """Return the text with single spaces, or raise ValidationError if it tells nobody what the picture shows."""
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise ValidationError(_("Write what the picture shows, or tick that it is decorative."), code="alt_missing")
    stem = file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    plain = re.sub(r"[\s_-]+", " ", text).strip().casefold()
    is_stem = bool(stem) and plain == re.sub(r"[\s_-]+", " ", stem).strip().casefold() and " " not in text
    if _FILE_NAME.search(text) or _CAMERA_NAME.match(text) or is_stem:
        raise ValidationError(
            _("“%(text)s” looks like a file name. Write what the picture shows."),
            code="alt_file_name",
            params={"text": text},
        )
    return text


@dataclass(frozen=True)
class Rendition:
    width: int
    height: int
    files: Mapping[str, bytes]  # by extension: "avif", "webp"


@dataclass(frozen=True)
class Rendered:
    """A checked picture, not stored yet. `width` and `height` are those of its widest rendition."""

    sha256: str
    renditions: tuple[Rendition, ...]

    @property
    def width(self) -> int:
        return self.renditions[-1].width

    @property
    def height(self) -> int:
        return self.renditions[-1].height

    def store(self) -> list[dict[str, Any]]:
        """Write the files under the hash of their content and return what `Picture.renditions` holds."""
        return [
            {"width": r.width, "height": r.height, **{kind: _keep(data, kind) for kind, data in r.files.items()}}
            for r in self.renditions
        ]


def _keep(data: bytes, extension: str) -> str:
    name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:40]}.{extension}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


def render(file: UploadedFile) -> Rendered:
    """Check `file` and make its renditions. Raises ValidationError with a message for whoever chose the file."""
    data = _read(file)
    with _opened(data) as opened:
        image = _upright_srgb(opened)
    widths = [*(w for w in WIDTHS if w < image.width), min(image.width, WIDTHS[-1])]
    renditions = tuple(_rendition(image, width) for width in dict.fromkeys(widths))
    return Rendered(hashlib.sha256(renditions[-1].files["webp"]).hexdigest(), renditions)


def _read(file: UploadedFile) -> bytes:
    too_big = ValidationError(_("This file is larger than 15 MB. Save a smaller copy and choose that."), code="too_big")
    if (file.size or 0) > MAX_BYTES:
        raise too_big
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_big
    if not data:
        raise ValidationError(_("This file is empty."), code="empty")
    start = data[:512].lstrip().lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype")):
        raise ValidationError(_("SVG drawings cannot be uploaded. Save it as a PNG and choose that."), code="svg")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise ValidationError(_("This is a HEIC photo. Save it as a JPEG and choose that."), code="heic")
    return data


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    unreadable = ValidationError(
        _("This file is not a picture we can read, or it is damaged. JPEG, PNG, WebP and AVIF work."), code="unreadable"
    )
    too_many_pixels = ValidationError(
        _("This picture has too many pixels. 40 million are enough."), code="too_many_pixels"
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the pixel cap below is ours, and stricter than Pillow's warning
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise too_many_pixels from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise unreadable from error
    with image:
        # The header alone gives the size, so a bomb is never unpacked.
        if image.width * image.height > MAX_PIXELS:
            raise too_many_pixels
        if min(image.size) < MIN_SIDE:
            raise ValidationError(_("This picture is too small to be seen: under 64 pixels."), code="too_small")
        if max(image.size) > 20 * min(image.size):
            raise ValidationError(_("This picture is too long and narrow to show."), code="too_narrow")
        if image.format != "MPO" and getattr(image, "is_animated", False):
            raise ValidationError(_("Moving pictures cannot be uploaded: they distract readers."), code="animated")
        try:
            image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG is decoded at a smaller scale at once
            image.load()
        except Exception as error:  # decoders raise many kinds on damaged data: SyntaxError, struct.error, zlib.error
            raise unreadable from error
        yield image


def _upright_srgb(image: Image.Image) -> Image.Image:
    """Turn by EXIF, convert to 8-bit sRGB, shrink to the widest rendition and forget all metadata."""
    profile = image.info.get("icc_profile")
    times = min(image.size) // WIDTHS[-1]
    if times > 1 and image.mode in ("L", "RGB", "RGBA", "CMYK"):  # what comes next then holds no more full-size copy
        image = image.reduce(times)
    ImageOps.exif_transpose(image, in_place=True)
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if image.mode.startswith(("I", "F")):  # 16-bit gray: scale, for convert() would clip to white
        image = image.convert("F").point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "RGBA", "L"):
        image = _to_srgb(image, profile)
    image = image.convert("RGBA" if has_alpha else "RGB")
    if image.width > WIDTHS[-1]:
        image = _at_width(image, WIDTHS[-1])
    image.info.clear()  # encoders copy EXIF, XMP and color profiles from here
    return image


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: the colors as they are beat no picture
    return converted or image


def _at_width(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _rendition(image: Image.Image, width: int) -> Rendition:
    smaller = _at_width(image, width)
    files = {}
    for extension, options in ENCODERS.items():
        buffer = io.BytesIO()
        smaller.save(buffer, **options)
        files[extension] = buffer.getvalue()
    return Rendition(smaller.width, smaller.height, files)


def html(picture: "Picture", *, sizes: str = SIZES, lazy: bool = True) -> SafeString:
    """The `<picture>` element of a stored picture; width and height keep the page from jumping while it loads."""
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, srcset(picture.renditions, kind), sizes) for kind in ENCODERS),
    )
    return format_html(
        '<picture>{}<img src="{}" alt="{}" width="{}" height="{}" {}decoding="async"></picture>',
        sources,
        default_storage.url(picture.renditions[-1]["webp"]),
        picture.alt,
        picture.width,
        picture.height,
        SafeString('loading="lazy" ') if lazy else SafeString('fetchpriority="high" '),
    )


def srcset(renditions: list[dict[str, Any]], kind: str) -> str:
    return ", ".join(f"{default_storage.url(r[kind])} {r['width']}w" for r in renditions)
