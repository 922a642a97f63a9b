"""Countries for which sending data is no transfer outside the European Economic Area."""

from auditor.trackers.transfers import inside

EEA = inside()
