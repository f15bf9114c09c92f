import pytest

from portal.languages.legacy import convert, decode, detect

SENTENCE = "Bộ Lao động tổ chức họp báo quý, cung cấp thông tin về người lao động ở nước ngoài."


@pytest.mark.parametrize(
    ("spoilt", "encoding", "text"),
    [
        ("C«ng th«ng tin ®iÖn tö", "tcvn3", "Công thông tin điện tử"),
        ("n­íc ta", "tcvn3", "nước ta"),
        ("céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("BOÄ LAO ÑOÄNG", "vni", "BỘ LAO ĐỘNG"),
        ("Boä Lao ñoäng - Thöông binh vaø Xaõ hoäi", "vni", "Bộ Lao động - Thương binh và Xã hội"),
        ("Viá»‡t Nam", "mojibake", "Việt Nam"),
        ("Vi\u00e1\u00bb\u0087t Nam", "mojibake", "Việt Nam"),
        ("LÃ  má»™t", "mojibake", "Là một"),
        ("lÃ  nhÃ ", "mojibake", "là nhà"),
        ("the Ministryâ€™s programme", "mojibake", "the Ministry’s programme"),
        ("rÃ©union", "mojibake", "réunion"),
    ],
)
def test_old_text_is_recognised_and_converted(spoilt, encoding, text):
    assert detect(spoilt) == encoding
    assert convert(spoilt, encoding) == text


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Ðảng bộ Đắk Lắk, Krông Nô; hoà bình, khoẻ mạnh, quý III/2018 – “ĐÃ”, “TÂN XÔ, XÃ\u00a0HỘI, ĐÔ…",
        "Họp báo lúc 8h30, 20 °C, 5 µm, ½ giờ, £5, ¥100, § 4, © 2018 Intel®, 3×4.",
        "The résumé of a naïve café owner: in­for­ma­tion, “quoted” — 50 µm ± 2, Mª José.",
        "Où est le bureau de Loïc ? «Là-bas, à côté du château», dit Raphaël.",
        "En août, la fête de l’été était déjà prête.",
        "«Où ?»",
        "Thaï Haïti laïc",
        "Für die Größe rät man: schön, hört, fünf Mäuse über Öl. ‚JÄ‘ sagte Jürgen in Köln; Tür zu!",
        "São Paulo não está só; há três irmãos e dois pães. “AMANHÔ, «CORAÇû… é já aí; «está»… “IRMÔ.",
        "El año 2018 aún no había niños en España; ¿qué?",
        "",
    ],
)
def test_honest_text_raises_no_alarm(text):
    assert detect(text) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files_are_read(encoding):
    assert decode(SENTENCE.encode(encoding)) == (SENTENCE, encoding)


def test_a_windows_1258_file_is_read_into_nfc():
    raw = "Bô\u0323 Lao đô\u0323ng ho\u0323p ba\u0301o".encode("cp1258")

    assert decode(raw) == ("Bộ Lao động họp báo", "windows-1258")


def test_a_tcvn3_file_is_read():
    assert decode("ViÖt Nam häp b¸o".encode("latin-1")) == ("Việt Nam họp báo", "tcvn3")


def test_a_vni_file_is_read():
    assert decode("Thoâng tin ñoái ngoaïi".encode("cp1252")) == ("Thông tin đối ngoại", "vni")


def test_a_western_file_is_read():
    assert decode("Où est l’été ?".encode("cp1252")) == ("Où est l’été ?", "windows-1252")


def test_a_utf_8_file_with_one_broken_byte_is_still_utf_8():
    text, encoding = decode(SENTENCE.encode() + b"\xff")

    assert (text, encoding) == (SENTENCE + "\ufffd", "utf-8")


def test_an_empty_file_is_empty_text():
    assert decode(b"") == ("", "utf-8")
