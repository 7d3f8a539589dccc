"""Speeches as Word files."""
