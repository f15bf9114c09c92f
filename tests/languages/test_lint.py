import pytest

from portal.languages.lint import MESSAGES, Finding, lint


@pytest.mark.parametrize(
    "text",
    [
        "số số 148", "COVID-19, H1N1, G20, QH15, km2, 1a, 2h30, F0, CO2, 4.0, 1.490.000", "Phụ lục 1a và 2b",
        "Sigurður Guðmundsson", "hòa bình, khỏe mạnh", "hoà bình, khoẻ mạnh, quý",
        "giải, hoàn, mùa", "Hà Nội, ngày 10/10", "",
    ],
)  # fmt: skip
def test_clean_text_is_left_in_peace(text):
    assert lint(text) == []


def test_findings_come_in_reading_order_with_their_places():
    text = "pháp 1ý của Ðảng, kh0ng"

    assert lint(text) == [
        Finding("digit-in-word", "1ý", 5),
        Finding("eth", "Ðảng", 12),
        Finding("digit-in-word", "kh0ng", 18),
    ]


def test_text_in_an_old_encoding_is_pointed_out():
    assert [finding.code for finding in lint("céng hßa x· héi")] == ["legacy-text"]


@pytest.mark.parametrize("code", MESSAGES)
def test_every_finding_explains_itself(code):
    assert str(Finding(code).message).endswith(".")
