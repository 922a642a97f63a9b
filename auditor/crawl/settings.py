"""Scrapy settings of the project: what `scrapy crawl` starts from. The add-on sets the rest."""

BOT_NAME = "privacy-statement-auditor"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ADDONS = {"auditor.crawl.addon.AuditorAddon": 0}
# Here and not in the add-on: logging begins before add-ons are read.
LOG_LEVEL = "WARNING"
