"""Servers, mails and a desk for the end-to-end tests."""
