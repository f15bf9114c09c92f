"""Towns and provinces a dateline may name, as they were called when the old portals wrote."""

from portal.languages.folding import fold

_NAMES = """
Hà Nội, TP Hà Nội, Thành phố Hồ Chí Minh, TP Hồ Chí Minh, TP. Hồ Chí Minh, TP.HCM, TPHCM, Hải Phòng
Đà Nẵng, TP Đà Nẵng, Cần Thơ, Huế, Nha Trang, Đà Lạt, Hạ Long, Vinh, Quy Nhơn, Vũng Tàu, An Giang
Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định, Bình Dương
Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp
Gia Lai, Hà Giang, Hà Nam, Hà Tĩnh, Hải Dương, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang
Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận
Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La
Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang
Vĩnh Long, Vĩnh Phúc, Yên Bái, Viêng Chăn, Phnôm Pênh, Bangkok, Kuala Lumpur, Singapore, Jakarta
Manila, Yangon, Bắc Kinh, Tokyo, Seoul, New Delhi, Canberra, Moscow, Berlin, Paris, London, Geneva
Brussels, New York, Washington
"""

PLACES = frozenset(fold(name) for name in _NAMES.replace("\n", ",").split(",") if name.strip())
