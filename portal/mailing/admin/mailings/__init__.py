"""Mailings in the admin: page.py has the list and the sheet, buttons.py its steps, papers.py what is taken from it."""

from portal.mailing.admin.mailings.page import MailingAdmin

__all__ = ["MailingAdmin"]
