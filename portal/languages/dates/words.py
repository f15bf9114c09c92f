"""The names of days, months and quarters in both languages.

Own tables: CLDR's Vietnamese forms are not the administrative ones.
"""

WEEKDAYS = {
    "vi": ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
QUARTERS = {"vi": ("I", "II", "III", "IV"), "en": ("First", "Second", "Third", "Fourth")}
