"""Days, hours and quarters as a Vietnamese office reads and writes them.

Moments are stored in UTC and spoken in `ICT`; a Vietnamese day and quarter begin at 17:00 UTC.
"""

from portal.languages.dates.formatting import (
    byline,
    clock,
    document_day,
    header,
    long_day,
    month_of_year,
    promised_moment,
    sentence_day,
    short_admin_day,
    short_day,
    short_moment,
    short_range,
    weekday,
)
from portal.languages.dates.parsing import InvalidDate, ParsedDate, find_days, parse_date
from portal.languages.dates.quarters import Quarter, find_quarters, parse_quarter, quarter_of
from portal.languages.dates.zone import ICT, day_bounds, in_ict, vietnamese_day

__all__ = [
    "ICT",
    "InvalidDate",
    "ParsedDate",
    "Quarter",
    "byline",
    "clock",
    "day_bounds",
    "document_day",
    "find_days",
    "find_quarters",
    "header",
    "in_ict",
    "long_day",
    "month_of_year",
    "parse_date",
    "parse_quarter",
    "promised_moment",
    "quarter_of",
    "sentence_day",
    "short_admin_day",
    "short_day",
    "short_moment",
    "short_range",
    "vietnamese_day",
    "weekday",
]
