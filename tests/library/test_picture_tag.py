"""Pictures in templates."""

import pytest
from django.template import Context, Template

from portal.library.templatetags.portal_pictures import focus_classes, picture_url

UUID = "5f7b8f4e-2f5e-4f0e-9c57-0d6a0c0a9b11"
IMAGE = {"asset": UUID, "alt": "Lễ khai mạc", "width": 700, "height": 400, "focal_x": 0.5, "focal_y": 0.5}


def drawn(tag: str, image: dict | None = IMAGE) -> str:
    return Template("{% load portal_pictures %}" + tag).render(Context({"image": image}))


def test_a_picture_offers_its_widths_in_both_formats():
    assert drawn('{% picture image sizes="50vw" %}') == (
        "<picture>"
        f'<source type="image/avif" srcset="/files/{UUID}/320.avif 320w, /files/{UUID}/480.avif 480w, '
        f'/files/{UUID}/640.avif 640w, /files/{UUID}/960.avif 700w" sizes="50vw">'
        f'<source type="image/webp" srcset="/files/{UUID}/320.webp 320w, /files/{UUID}/480.webp 480w, '
        f'/files/{UUID}/640.webp 640w, /files/{UUID}/960.webp 700w" sizes="50vw">'
        f'<img src="/files/{UUID}/960.webp" width="700" height="400" alt="Lễ khai mạc" '
        'loading="lazy" decoding="async">'
        "</picture>"
    )


def test_the_first_picture_of_a_page_is_fetched_at_once():
    shown = drawn("{% picture image lazy=False %}")

    assert 'fetchpriority="high"' in shown
    assert "lazy" not in shown


def test_hostile_words_stay_words():
    shown = drawn(
        "{% picture image css=image.alt sizes=image.alt %}", IMAGE | {"alt": '"><script>alert(1)</script>'}
    )

    assert "<script" not in shown
    assert shown.count("&quot;&gt;&lt;script&gt;") == 4


def test_a_decorative_picture_has_an_empty_alternative():
    assert 'alt=""' in drawn("{% picture image %}", IMAGE | {"alt": ""})


def test_no_picture_is_nothing():
    assert drawn("{% picture image %}{{ image|picture_url:640 }}", None) == ""


def test_no_style_is_written_into_the_page():
    assert "style" not in drawn("{% picture image %}", IMAGE | {"focal_x": 0.1, "focal_y": 0.9})


@pytest.mark.parametrize(
    ("focal_x", "focal_y", "classes"),
    [
        (0.5, 0.5, ""),
        (0.0, 1.0, "focus-x-0 focus-y-100"),
        (0.3, 0.7, "focus-x-25 focus-y-75"),
        (0.5, 0.1, "focus-x-50 focus-y-0"),
        (None, None, ""),
    ],
)
def test_the_focal_point_becomes_classes_in_quarters(focal_x, focal_y, classes):
    assert focus_classes(IMAGE | {"focal_x": focal_x, "focal_y": focal_y}) == classes


def test_classes_of_the_page_and_of_the_focal_point_stand_together():
    shown = drawn('{% picture image css="wide" %}', IMAGE | {"focal_x": 0})

    assert 'class="wide focus-x-0 focus-y-50"' in shown


def test_one_address_is_given_for_a_width_or_for_social_networks():
    assert picture_url(IMAGE, 640) == f"/files/{UUID}/640.webp"
    assert picture_url(IMAGE, 1200) == f"/files/{UUID}/960.webp"
    assert picture_url(IMAGE, "card") == f"/files/{UUID}/card.jpg"
