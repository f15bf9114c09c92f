"""Which pictures the library takes, and what is left of them."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from portal.library.uploads import Inspected, Refused, images, inspect
from tests.library import samples


def taken(content: bytes, name: str) -> Inspected:
    return inspect(samples.uploaded(content, name))


def opened(inspected: Inspected) -> Image.Image:
    return Image.open(BytesIO(inspected.content))


@pytest.mark.parametrize(
    ("kind", "name", "media_type", "filename"),
    [
        ("JPEG", "Ảnh đẹp.JPG", "image/jpeg", "anh-dep.jpg"),
        ("PNG", "bản đồ.png", "image/png", "ban-do.png"),
        ("WEBP", "hội nghị.webp", "image/jpeg", "hoi-nghi.jpg"),
        ("GIF", "cờ.gif", "image/png", "co.png"),
        ("AVIF", "tập huấn.avif", "image/jpeg", "tap-huan.jpg"),
    ],
)
def test_every_allowed_kind_of_picture_is_taken(kind, name, media_type, filename):
    inspected = taken(samples.image(kind), name)

    assert (inspected.kind, inspected.media_type, inspected.filename) == ("image", media_type, filename)
    assert (inspected.width, inspected.height) == opened(inspected).size == (64, 48)


def test_the_bytes_decide_and_not_the_name():
    inspected = taken(samples.image("JPEG"), "bao-cao.pdf")

    assert (inspected.filename, inspected.media_type) == ("bao-cao.jpg", "image/jpeg")
    assert inspected.original_name == "bao-cao.jpg"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_transparency_is_kept(kind):
    inspected = taken(samples.image(kind, mode="RGBA", colour=(10, 20, 30, 0)), f"dau.{kind.lower()}")

    assert inspected.media_type == "image/png"
    assert opened(inspected).getpixel((5, 5))[3] == 0


def test_a_transparent_palette_becomes_real_transparency():
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    written = BytesIO()
    picture.save(written, "GIF", transparency=0)

    assert opened(taken(written.getvalue(), "cham.gif")).getpixel((0, 0))[3] == 0


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("#ff0000", "#0000ff")]
    written = BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])

    kept = opened(taken(written.getvalue(), "dong.gif"))

    assert kept.convert("RGB").getpixel((3, 3)) == (255, 0, 0)
    assert getattr(kept, "n_frames", 1) == 1


def test_the_place_where_a_photograph_was_taken_is_removed():
    exif = Image.Exif()
    exif[0x010F] = "Camera of a reporter"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)})
    content = samples.image("JPEG", exif=exif, comment=b"secret comment")
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)

    kept = taken(content, "phong-vien.jpg")

    assert dict(opened(kept).getexif()) == {}
    assert not any(trace in kept.content for trace in (b"Exif", b"reporter", b"secret comment"))


def test_the_words_in_a_png_are_removed():
    words = PngInfo()
    words.add_text("Author", "a name nobody should read")

    assert b"nobody" not in taken(samples.image("PNG", pnginfo=words), "a.png").content


def test_a_photograph_taken_upright_stands_upright():
    picture = Image.new("RGB", (40, 20), "#ffffff")
    picture.paste((255, 0, 0), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left side is the top
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif, quality=95)

    inspected = taken(written.getvalue(), "dung.jpg")

    assert (inspected.width, inspected.height) == (20, 40)
    red, green, _blue = opened(inspected).getpixel((10, 5))
    assert red > 240 > 30 > green


def test_colours_of_another_profile_are_brought_to_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    with_useless_profile = samples.image("PNG", colour=(200, 30, 30), icc_profile=profile)

    kept = opened(taken(with_useless_profile, "mau.png"))

    assert "icc_profile" not in kept.info
    assert kept.getpixel((1, 1)) == (200, 30, 30)


@pytest.mark.parametrize(("mode", "colour"), [("L", 120), ("1", 1), ("CMYK", (0, 0, 0, 100))])
def test_pictures_in_other_modes_become_rgb(mode, colour):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert opened(taken(samples.image(kind, mode=mode, colour=colour), "x.img")).mode == "RGB"


def test_sixteen_bits_a_pixel_are_scaled_and_not_cut_off():
    written = BytesIO()
    Image.new("I;16", (4, 4), 32768).save(written, "PNG")

    assert opened(taken(written.getvalue(), "x.png")).convert("L").getpixel((0, 0)) == 128


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (12_001, 10), (10, 12_001), (7_000, 6_000)])
def test_a_bomb_is_refused_by_its_header(width, height):
    with pytest.raises(Refused, match="12000"):
        taken(samples.png_header(width, height), "bom.png")


def test_a_picture_of_just_the_largest_size_is_not_refused_for_its_size():
    assert images.MOST_PIXELS == 40_000_000
    assert taken(samples.image("PNG", size=(12_000, 1), mode="L", colour=0), "dai.png").width == 12_000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_refused(kind):
    written = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(written, kind)

    with pytest.raises(Refused):
        taken(written.getvalue()[: len(written.getvalue()) // 2], "nua.img")


def test_a_picture_heavier_than_the_limit_is_refused():
    heavy = samples.image("JPEG") + b"\0" * (15 * 1024 * 1024)

    with pytest.raises(Refused, match="15 MB"):
        taken(heavy, "nang.jpg")


@pytest.mark.parametrize(
    "tail",
    [
        b"<script>alert(1)</script>",
        b"*/=1;alert(1)//",
        samples.archive({"a.html": "<script>alert(1)</script>"}),
    ],
)
@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG"])
def test_what_is_hidden_behind_a_picture_does_not_come_in(kind, tail):
    assert tail not in taken(samples.image(kind) + tail, "anh.gif").content


def test_a_picture_that_is_also_a_program_becomes_only_a_picture():
    source = bytearray(samples.image("GIF", size=(47, 42)))
    polyglot = bytes(source[:-1]) + b"\x21\xfe\x13*/=1;alert(document);\x00\x3b"

    kept = taken(polyglot, "anh.gif")

    assert kept.content.startswith(b"\x89PNG")
    assert b"alert" not in kept.content


@pytest.mark.parametrize("name", ["hinh.svg", "hinh.png"])
def test_a_drawing_that_may_carry_programs_is_refused_whatever_its_name(name):
    drawing = b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    with pytest.raises(Refused, match="SVG"):
        taken(drawing, name)


@pytest.mark.parametrize(
    ("start", "way_out"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"II*\0" + b"\0" * 60, "TIFF"),
        (b"BM" + b"\0" * 60, "BMP"),
    ],
)
def test_unknown_kinds_of_picture_are_refused_with_a_way_out(start, way_out):
    with pytest.raises(Refused, match=way_out) as refusal:
        taken(start, "anh.bin")
    assert "JPEG" in str(refusal.value)


def test_the_address_of_a_card_is_never_an_original():
    assert taken(samples.image("JPEG"), "card.jpg").filename == "card-1.jpg"
