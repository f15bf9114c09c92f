from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine
from django.utils.translation import override

MOMENT = datetime(2018, 12, 14, 4, 32, tzinfo=UTC)
ENGINE = Engine(libraries={"portal_text": "portal.languages.templatetags.portal_text"})


def render(source, language, **context):
    with override(language):
        return ENGINE.from_string("{% load portal_text %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "vi", "en"),
    [
        ("{{ value|ict_datetime }}", MOMENT, "14/12/2018 11:32", "14 December 2018, 11:32"),
        ("{{ value|ict_promised }}", MOMENT, "14/12/2018 11:32", "14 December 2018, 11:32"),
        (
            "{{ value|ict_promised }}",
            MOMENT.replace(second=5),
            "14/12/2018 11:32:05",
            "14 December 2018, 11:32:05",
        ),
        ("{{ value|ict_date }}", MOMENT, "14/12/2018", "14 December 2018"),
        ("{{ value|ict_date }}", date(2018, 12, 5), "05/12/2018", "5 December 2018"),
        ("{{ value|ict_time }}", MOMENT, "11:32", "11:32"),
        ("{{ value|iso }}", MOMENT, "2018-12-14T11:32:00+07:00", "2018-12-14T11:32:00+07:00"),
        ("{{ value|iso }}", date(2018, 12, 14), "2018-12-14", "2018-12-14"),
        ("{% clock value %}", MOMENT, "Thứ sáu, 14/12/2018 11:32", "Friday, 14 December 2018, 11:32"),
        ("{{ value|number }}", 1490000, "1.490.000", "1,490,000"),
        ("{{ value|number }}", 0, "0", "0"),
        ("{{ value|file_size }}", 1_258_291, "1,2 MB", "1.2 MB"),
        ("{{ value|truncate_syllables:20 }}", "Thông tin đối ngoại của Bộ", *["Thông tin đối ngoại…"] * 2),
        ("{{ value|truncate_syllables:20 }}", "<b>Bộ</b>", *["&lt;b&gt;Bộ&lt;/b&gt;"] * 2),
    ],
)
def test_a_template_speaks_the_language_of_its_page(source, value, vi, en):
    assert render(source, "vi", value=value) == vi
    assert render(source, "en", value=value) == en


@pytest.mark.parametrize(
    "name",
    [
        "ict_datetime",
        "ict_promised",
        "ict_date",
        "ict_time",
        "iso",
        "number",
        "file_size",
        "truncate_syllables:9",
    ],
)
@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_is_written_for_nothing(name, empty):
    assert render("{{ value|" + name + " }}", "vi", value=empty) == ""


def test_a_regional_english_is_english():
    assert render("{{ value|ict_date }}", "en-gb", value=MOMENT) == "14 December 2018"
