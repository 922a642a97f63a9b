"""The only file-format code: records and audits to disk and back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from auditor.model import SCHEMA, Observation, SiteAudit, SiteRecord, Visit

_RECORD = TypeAdapter(SiteRecord)

RECORD_NAME = "record.json.gz"
AUDIT_NAME = "audit.json"
REPORT_NAME = "report.html"
INDEX_NAME = "index.html"


class ArtifactError(Exception):
    """A file that cannot be read or written: expected, found, where, next command."""


def save_record(record: SiteRecord, folder: Path) -> Path:
    """Write record.json.gz into the folder, complete or not at all. Raises ArtifactError when it cannot."""
    # mtime=0: the same record gives the same bytes.
    return _write(folder / RECORD_NAME, gzip.compress(_RECORD.dump_json(record), compresslevel=6, mtime=0))


def load_record(path: Path) -> SiteRecord:
    """Read a record from its file or its folder.

    Raises ArtifactError when the file is missing, broken, or of a newer schema than this version knows.
    """
    if path.is_dir():
        path = path / RECORD_NAME
    try:
        data = gzip.decompress(path.read_bytes())
        head = json.loads(data)
    except FileNotFoundError as error:
        raise ArtifactError(f"expected a record at {path}, found none; give the folder of a crawled site") from error
    except (OSError, EOFError, ValueError) as error:
        raise ArtifactError(f"expected a gzipped site record, found a broken file at {path}: {error}") from error
    schema = head.get("schema") if isinstance(head, dict) else None
    if not isinstance(schema, int) or schema > SCHEMA:
        raise ArtifactError(f"expected record schema {SCHEMA} or lower, found {schema!r} in {path}; update the auditor")
    try:
        return _RECORD.validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ArtifactError(f"expected a site record, found {first['msg'].lower()} at {place} in {path}") from error


def save_audit(audit: SiteAudit, record: SiteRecord, folder: Path, language: str) -> Path:
    """Write audit.json into the folder. Raises ArtifactError when it cannot."""
    text = json.dumps(audit_document(audit, record, language), ensure_ascii=False, indent=1)
    return _write(folder / AUDIT_NAME, text.encode())


def audit_document(audit: SiteAudit, record: SiteRecord, language: str) -> dict[str, Any]:
    """The audit as plain data: findings with their claims and evidence written out, and a summary of each visit."""
    seen = {f"{visit.id}/{o.id}": (visit, o) for visit in record.visits for o in visit.observations}
    document: dict[str, Any] = {
        key: value for key, value in asdict(audit).items() if key not in {"findings", "claims", "statements", "labels"}
    }
    document["findings"] = [_finding(finding, audit, seen, language) for finding in audit.findings]
    document["claims"] = [_claim(asdict(claim)) for claim in audit.claims]
    document["statements"] = [asdict(statement) for statement in audit.statements]
    document["visits"] = [_visit(visit) for visit in record.visits]
    document["labels"] = {key: asdict(label) for key, label in audit.labels.items()}
    return document


def reading_document(reading: Any) -> dict[str, Any]:
    """What `auditor read --json` prints: a Reading as plain data."""
    document = asdict(reading)
    document["claims"] = [_claim(claim) for claim in document["claims"]]
    return document


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    return {("class" if key == "klass" else key): value for key, value in claim.items()}


def _finding(
    finding: Any, audit: SiteAudit, seen: Mapping[str, tuple[Visit, Observation]], language: str
) -> dict[str, Any]:
    document = asdict(finding)
    document["messages"] = finding.message
    document["message"] = finding.message.get(language) or next(iter(finding.message.values()), "")
    document["claims"] = [
        {"claim": index, "statement_url": audit.statements[audit.claims[index].statement].url}
        | _claim(asdict(audit.claims[index]))
        for index in finding.claims
    ]
    document["evidence"] = [_evidence(key, seen, audit) for key in finding.evidence if key in seen]
    return document


def _evidence(key: str, seen: Mapping[str, tuple[Visit, Observation]], audit: SiteAudit) -> dict[str, Any]:
    visit, observation = seen[key]
    pages = visit.pages
    return (
        {
            "id": key,
            "visit": visit.id,
            "choice": visit.choice,
            "page_url": pages[observation.page] if 0 <= observation.page < len(pages) else None,
            "label": asdict(audit.labels[key]) if key in audit.labels else None,
        }
        | {field.name: getattr(observation, field.name) for field in fields(observation) if field.name != "id"}
        | _stack(observation)
    )


def _stack(observation: Observation) -> dict[str, Any]:
    return {
        name: [asdict(frame) for frame in getattr(observation, name)]
        for name in ("stack", "initiator")
        if hasattr(observation, name)
    } | ({"controls": [asdict(c) for c in observation.controls]} if observation.kind == "banner" else {})


def _visit(visit: Visit) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    for observation in visit.observations:
        kinds[observation.kind] = kinds.get(observation.kind, 0) + 1
    return {
        "id": visit.id,
        "choice": visit.choice,
        "repeat": visit.repeat,
        "pages": visit.pages,
        "choice_result": asdict(visit.choice_result),
        "failure": visit.failure,
        "recorded": visit.recorded,
        "conditions": asdict(visit.conditions),
        "observed": kinds,
        "duration_ms": visit.duration_ms,
        "screenshots": visit.screenshots,
    }


def save_text(text: str, path: Path) -> Path:
    """Write a text file, complete or not at all. Raises ArtifactError when it cannot."""
    return _write(path, text.encode())


def _write(path: Path, data: bytes) -> Path:
    temporary = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise ArtifactError(f"cannot write {path}: {error.strerror or error}; give another --out folder") from error
    return path
