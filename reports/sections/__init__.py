"""The parts of a site's report: each module gathers what its template of the same name shows."""
