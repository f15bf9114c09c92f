"""Whole lines, folded, that SharePoint, DotNetNuke and the usual Vietnamese portals put round an article."""

_MACHINERY = """
skip ribbon commands, skip to main content, turn on more accessible mode
turn off more accessible mode, turn off animations, sign in
it looks like your browser does not have javascript enabled, refresh captcha, refresh capcha
ma xac nhan, nhap ma xac nhan, loading, dang tai, close, dong
"""
_MENU = """
trang chu, home, gioi thieu, tin tuc, su kien, lien he, so do cong, so do website, sitemap, rss
english, tieng viet, viet nam, dang nhap, dang ky, tim kiem, tim theo ngay, xem, xem them, xem tiep
quay lai, tro ve, ve dau trang, len dau trang, in, in bai, in bai viet, in trang, ban in, gui email
gui cho ban be, gui bai viet, email, print, co chu, a+ a-, a- a+, a a a, nghe doc bai, luu bai viet
phong to, thu nho
"""
_RATING = """
danh gia, danh gia bai viet, binh luan, gui binh luan, y kien ban doc, y kien cua ban, y kien
chia se, like, share, tweet, facebook, zalo, twitter, google+, chon diem
(di chuot vao ngoi sao de chon diem)
"""
_RELATED = """
bai viet lien quan, bai lien quan, tin lien quan, cac tin lien quan, tin cung chuyen muc
cung chuyen muc, cac tin khac, tin khac, cac bai khac, bai viet khac, cac bai viet khac
tin moi hon, tin cu hon, cac tin moi hon, cac tin cu hon, cac tin da dua, cac tin da dang, tin moi
tin moi nhat, tin doc nhieu, doc nhieu nhat, tin noi bat, xem nhieu nhat, co the ban quan tam
chu de lien quan, van ban chi dao dieu hanh, van ban moi, thong bao, lien ket web, lien ket website
thu vien anh, video, multimedia
"""


def _reasons(reason: str, phrases: str) -> dict[str, str]:
    return {phrase.strip(): reason for phrase in phrases.replace("\n", ",").split(",") if phrase.strip()}


REASONS_BY_PHRASE = {
    **_reasons("machinery", _MACHINERY),
    **_reasons("menu", _MENU),
    **_reasons("rating", _RATING),
    **_reasons("related", _RELATED),
}
