"""The test world: every host that the scenarios name, answered by one local server."""
