"""The evidence: record, labels and readings of one site, indexed for the checks."""

from auditor.evidence.index import Evidence
from auditor.evidence.matrix import MatrixRow, state_matrix
from auditor.evidence.sightings import CookieSighting, RequestSighting, Sighting, State, StorageSighting

__all__ = [
    "CookieSighting",
    "Evidence",
    "MatrixRow",
    "RequestSighting",
    "Sighting",
    "State",
    "StorageSighting",
    "state_matrix",
]
