"""Holds what a website says in its privacy and cookie statement against what the site does."""

__version__ = "0.1.0"
