"""What migrations put into the tables: a test that empties them all takes it from the tests after it."""

from portal.duties import initial as duties
from portal.duties.models import Holiday, Limit, ReportRule
from pressroom import initial as press
from pressroom.models import RefusalGround
from training import initial as training
from training.models import CertificatePattern, Question, RetentionRule, Theme


def restore() -> None:
    """Put it back where it is gone."""
    if not Limit.objects.exists():
        duties.load(Limit)
        duties.load_holidays(Holiday)
        press.load_grounds(RefusalGround)
        duties.load_report_rules(ReportRule)
        training.load_themes(Theme)
        training.load_questions(Question)
        training.load_certificate_pattern(CertificatePattern)
        training.load_retention(RetentionRule)
