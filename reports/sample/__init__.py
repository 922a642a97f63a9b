"""A realistic audit with its record, made without a crawl: to develop the report on and to test it with."""

from reports.sample.judgement import sample

__all__ = ["sample"]
