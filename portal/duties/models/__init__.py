"""What laws give so much time for, and the reports they ask for every year."""

from portal.duties.models.limits import Holiday, Limit, limit_on
from portal.duties.models.reports import Period, ReportRule, rule_of, year_of_report

__all__ = ["Holiday", "Limit", "Period", "ReportRule", "limit_on", "rule_of", "year_of_report"]
