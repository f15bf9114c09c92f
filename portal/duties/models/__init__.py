"""What laws give so much time for, and the reports they ask for every year."""

from portal.duties.models.limits import Holiday, Limit, LimitOn, limit_on, limits_at_hand
from portal.duties.models.reports import Period, ReportRule, rule_of, year_of_report

__all__ = [
    "Holiday",
    "Limit",
    "LimitOn",
    "Period",
    "ReportRule",
    "limit_on",
    "limits_at_hand",
    "rule_of",
    "year_of_report",
]
