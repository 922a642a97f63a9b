"""Scenarios: a folder per site with what it serves and what an audit of it must find."""
