from portal.mailing.admin import copies as copies
from portal.mailing.admin import lists as lists
from portal.mailing.admin import mailings as mailings
from portal.mailing.admin import posts as posts
from portal.mailing.admin import replies as replies
