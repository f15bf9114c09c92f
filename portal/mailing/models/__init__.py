from portal.mailing.models.addressees import Addressee
from portal.mailing.models.deliveries import Delivery, Message
from portal.mailing.models.lists import Interest, MailingList, Subscriber, Subscription
from portal.mailing.models.mailings import Mailing
from portal.mailing.models.paces import Pace
from portal.mailing.models.returned import Returned
from portal.mailing.models.suppressions import Suppression

__all__ = [
    "Addressee", "Delivery", "Interest", "Mailing", "MailingList", "Message", "Pace", "Returned", "Subscriber", "Subscription",
    "Suppression",
]  # fmt: skip
