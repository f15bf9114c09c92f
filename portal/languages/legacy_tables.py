"""Old 8-bit encodings of Vietnamese as they look on a modern screen, character by character.

TCVN 5712:1993 (VN3, fonts .VnTime) has one byte per letter; VNI-Windows (fonts VNI-Times) writes the
vowel and puts its hat and tone together into a second byte.
"""

_TCVN3_LETTERS = {
    "¡¢£¤¥¦§": "ĂÂÊÔƠƯĐ",
    "¨©ª«¬\u00ad®": "ăâêôơưđ",
    "µ¶·¸¹": "àảãáạ",
    "»¼½¾Æ": "ằẳẵắặ",
    "ÇÈÉÊË": "ầẩẫấậ",
    "ÌÎÏÐÑ": "èẻẽéẹ",
    "ÒÓÔÕÖ": "ềểễếệ",
    "×ØÜÝÞ": "ìỉĩíị",
    "ßáâãä": "òỏõóọ",
    "åæçèé": "ồổỗốộ",
    "êëìíî": "ờởỡớợ",
    "ïñòóô": "ùủũúụ",
    "õö÷øù": "ừửữứự",
    "úûüýþ": "ỳỷỹýỵ",
}
TCVN3 = {old: new for olds, news in _TCVN3_LETTERS.items() for old, new in zip(olds, news, strict=True)}

_VNI_VOWELS = {
    "a": ("øùûõï", "àáảãạ"),
    "e": ("øùûõï", "èéẻẽẹ"),
    "o": ("øùûõï", "òóỏõọ"),
    "u": ("øùûõï", "ùúủũụ"),
    "y": ("øùûõ", "ỳýỷỹ"),
    "ô": ("øùûõï", "ờớởỡợ"),
    "ö": ("øùûõï", "ừứửữự"),
}
_VNI_HATS = {
    "a": ("âàáåãäêèéúüë", "âầấẩẫậăằắẳẵặ"),
    "e": ("âàáåãä", "êềếểễệ"),
    "o": ("âàáåãä", "ôồốổỗộ"),
}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs = {
        vowel + mark: letter
        for table in (_VNI_VOWELS, _VNI_HATS)
        for vowel, (marks, letters) in table.items()
        for mark, letter in zip(marks, letters, strict=True)
    }
    return pairs | _VNI_SINGLE


_SMALL_VNI = _vni_pairs()
VNI = {
    **_SMALL_VNI,
    **{old.upper(): new.upper() for old, new in _SMALL_VNI.items()},
    **{old[0].upper() + old[1:]: new.upper() for old, new in _SMALL_VNI.items()},
}
