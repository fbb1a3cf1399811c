"""Uploading pictures: what is refused, what is made of the rest, and what never reaches a reader."""

import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from PIL import Image, ImageCms, PngImagePlugin

from articles import pictures
from articles.models import Picture
from tests.articles.cast import alice, draft
from tests.articles.images import encoded, jpeg, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def refused(file: SimpleUploadedFile, alt: str = "A bowl of soup", **fields) -> str:
    with pytest.raises(ValidationError) as error:
        Picture.objects.upload(file, alt=alt, **fields)
    assert not Picture.objects.exists()
    assert not default_storage.exists("pictures")
    return error.value.code


def noisy(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 40).convert("RGB")


def stored(picture: Picture) -> list[bytes]:
    names = [rendition[kind] for rendition in picture.renditions for kind in pictures.ENCODERS]
    return [default_storage.open(name).read() for name in names]


# -- What is made --------------------------------------------------------------------------------


def test_three_widths_in_two_formats_under_names_made_of_their_content() -> None:
    picture = Picture.objects.upload(upload(encoded(noisy(1600, 1000), "JPEG")), alt="A bowl of soup", by=alice())
    assert [(r["width"], r["height"]) for r in picture.renditions] == [(480, 300), (960, 600), (1440, 900)]
    assert (picture.width, picture.height) == (1440, 900)
    for rendition in picture.renditions:
        for kind in ("avif", "webp"):
            assert rendition[kind].startswith("pictures/")
            image = Image.open(default_storage.open(rendition[kind]))
            assert (image.format.lower(), image.width) == (kind, rendition["width"])


@pytest.mark.parametrize(("width", "widths"), [(300, [300]), (480, [480]), (700, [480, 700]), (1440, [480, 960, 1440])])
def test_a_small_picture_is_not_blown_up(width: int, widths: list[int]) -> None:
    picture = Picture.objects.upload(jpeg(width, 200), alt="A bowl of soup")
    assert [rendition["width"] for rendition in picture.renditions] == widths


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "JPEG", "MPO"])
def test_each_format_by_its_content_not_its_name(kind: str) -> None:
    file = upload(encoded(noisy(200, 100), kind), "whatever.txt")
    assert Picture.objects.upload(file, alt="A bowl of soup").width == 200


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1"])
def test_each_kind_of_color(mode: str) -> None:
    gray = Image.new("L", (100, 80), 128)
    odd = {"I;16": Image.new("I;16", (100, 80), 128 * 256), "1": Image.new("1", (100, 80), 1)}
    image = odd.get(mode) or gray.convert(mode)
    picture = Picture.objects.upload(upload(encoded(image, "PNG")), alt="A gray field")
    shown = Image.open(default_storage.open(picture.renditions[0]["webp"])).convert("RGB").getpixel((40, 40))
    assert all(abs(value - (255 if mode == "1" else 128)) < 6 for value in shown)


def test_transparency_stays() -> None:
    picture = Picture.objects.upload(upload(encoded(Image.new("RGBA", (100, 80), (0, 0, 0, 0)), "PNG")), alt="Nothing")
    for kind in pictures.ENCODERS:
        assert Image.open(default_storage.open(picture.renditions[0][kind])).convert("RGBA").getpixel((9, 9))[3] == 0


def test_cmyk_becomes_rgb() -> None:
    picture = Picture.objects.upload(upload(encoded(Image.new("CMYK", (100, 80), (0, 255, 255, 0)), "JPEG")), alt="Red")
    red, green, _blue = Image.open(default_storage.open(picture.renditions[0]["webp"])).convert("RGB").getpixel((9, 9))
    assert red > 200 > 60 > green


def test_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    image = Image.new("RGB", (200, 100), "blue")
    image.paste("red", (0, 0, 40, 100))  # the left edge as stored is the top as seen
    picture = Picture.objects.upload(upload(encoded(image, "JPEG", exif=exif)), alt="Red above blue")
    assert (picture.width, picture.height) == (100, 200)
    top = Image.open(default_storage.open(picture.renditions[0]["webp"])).convert("RGB").getpixel((50, 10))
    assert top[0] > 200 > 60 > top[2]


def test_a_large_one_that_lay_on_its_side_stands_upright_too() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    for kind in ("JPEG", "PNG"):
        image = Image.new("RGB", (4400, 3000), "blue")
        image.paste("red", (4000, 0, 4400, 3000))
        picture = Picture.objects.upload(upload(encoded(image, kind, exif=exif)), alt=f"Red above blue, {kind}")
        assert [(r["width"], r["height"]) for r in picture.renditions] == [(480, 704), (960, 1408), (1440, 2112)]
        top = Image.open(default_storage.open(picture.renditions[0]["webp"])).convert("RGB").getpixel((50, 10))
        assert top[0] > 200 > 60 > top[2]


def test_nothing_of_its_maker_or_place_is_left() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (32.0, 48.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretCamera</x:xmpmeta>"
    for kind in ("JPEG", "WEBP", "AVIF", "PNG"):
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", "SecretCamera")
        options = {"pnginfo": notes} if kind == "PNG" else {"xmp": xmp}
        data = encoded(noisy(200, 100), kind, exif=exif, icc_profile=profile, **options)
        assert b"SecretCamera" in data
        for file in stored(Picture.objects.upload(upload(data), alt=f"A bowl of soup, {kind}")):
            assert b"SecretCamera" not in file
            image = Image.open(io.BytesIO(file))
            assert not image.getexif()
            assert not {"xmp", "exif", "icc_profile", "comment"} & image.info.keys()


def test_the_upload_itself_is_not_kept(media) -> None:
    data = encoded(noisy(200, 100), "JPEG", comment=b"the upload")
    Picture.objects.upload(upload(data), alt="A bowl of soup")
    files = [path for path in media.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(b"the upload" not in path.read_bytes() for path in files)


def test_the_same_picture_twice_shares_its_files(media) -> None:
    for alt in ("A bowl of soup", "Soup for all"):
        Picture.objects.upload(jpeg(), alt=alt)
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2


def test_its_element_holds_size_sources_and_an_escaped_text() -> None:
    picture = Picture.objects.upload(jpeg(600, 300), alt='Soup & "bread"')
    small, large = picture.renditions
    html = picture.html()
    assert f'srcset="/media/{small["avif"]} 480w, /media/{large["avif"]} 600w"' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert 'alt="Soup &amp; &quot;bread&quot;" width="600" height="300" loading="lazy"' in html
    assert 'fetchpriority="high"' in picture.html(lazy=False)


# -- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"just words", "unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "svg"),
        (b'  <?xml version="1.0"?><svg/>', "svg"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "svg"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "heic"),
        (b"GIF89a" + b"\x00" * 40, "unreadable"),
        (b"%PDF-1.7", "unreadable"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "unreadable"),
    ],
)
def test_files_that_are_no_picture(data: bytes, code: str) -> None:
    assert refused(upload(data, "photo.jpg")) == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_that_breaks_off(kind: str) -> None:
    data = encoded(noisy(400, 300), kind)
    assert refused(upload(data[: len(data) // 2])) == "unreadable"


def test_a_file_that_is_too_large() -> None:
    assert refused(upload(b"\xff" * (pictures.MAX_BYTES + 1))) == "too_big"


def test_a_bomb_is_refused_by_its_header_alone() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )
    assert refused(upload(bomb)) == "too_many_pixels"
    large = Image.new("1", (8000, 6000))
    assert refused(upload(encoded(large, "PNG"))) == "too_many_pixels"


def test_moving_tiny_and_endless_pictures() -> None:
    frames = [Image.new("RGB", (100, 100), color) for color in ("red", "blue")]
    for kind in ("PNG", "WEBP", "AVIF"):
        moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert refused(upload(moving)) == "animated"
    assert refused(jpeg(60, 60)) == "too_small"
    assert refused(jpeg(3000, 70)) == "too_narrow"


# -- Alternative text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_1234.jpg",
        "IMG_1234",
        "DSC00012",
        "image.png",
        "photo 3",
        "Screenshot 2026-01-01",
        "soup.webp",
        "12",
        "image",
    ],
)
def test_an_alternative_text_may_not_be_a_file_name(alt: str) -> None:
    assert refused(jpeg(), alt=alt) == "alt_file_name"


def test_nor_the_name_of_this_very_file() -> None:
    assert (
        refused(upload(encoded(noisy(100, 100), "JPEG"), "team_lunch-final.jpg"), alt="team_lunch-final")
        == "alt_file_name"
    )
    file = upload(encoded(noisy(100, 100), "JPEG"), "soup.jpg")
    assert Picture.objects.upload(file, alt="Soup on a stove").alt == "Soup on a stove"


@pytest.mark.parametrize(
    "alt", ["Photo of a bench", "Image consultants at work", "File clerks", "Our 12 steps", "3 friends"]
)
def test_words_are_words(alt: str) -> None:
    assert pictures.check_alt_text(alt, "photo.jpg") == alt


def test_it_is_required_unless_the_picture_is_decorative() -> None:
    assert refused(jpeg(), alt="  ") == "alt_missing"
    picture = Picture.objects.upload(jpeg(), alt="left over", decorative=True)
    assert (picture.alt, picture.decorative) == ("", True)
    assert 'alt=""' in picture.html()


def test_the_database_asks_for_it_too() -> None:
    Picture.objects.upload(jpeg(), alt="A bowl of soup")
    for change in ({"alt": ""}, {"decorative": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.update(**change)


# -- In articles ---------------------------------------------------------------------------------


def test_an_edition_shows_its_pictures_and_keeps_them() -> None:
    inside, hero = (Picture.objects.upload(jpeg(color=color), alt=f"A {color} field") for color in ("red", "blue"))
    article = draft(None, hero=hero, body=f'<p>Text</p><figure data-picture="{inside.pk}"></figure>')
    edition = article.publish(None)
    assert inside.renditions[0]["avif"] in edition.body_html
    assert 'fetchpriority="high"' in edition.hero_html
    assert set(edition.pictures.all()) == {inside, hero}
    article.save_desk(None, 1, hero=None, body="<p>Text</p>")
    for kept in (inside, hero):
        with pytest.raises(ProtectedError):
            kept.delete()
