"""The desk's own pages, beside the admin's."""
