"""Printed matter of training: badges, sheets, certificates."""
