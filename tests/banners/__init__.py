"""The bench of consent banners: pages as data, a server that knows what was pressed, a table of how we do."""
