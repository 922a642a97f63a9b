"""The recorders: one file per kind of observation, fed by protocol events of every target of a visit.

`hub` attaches them to each target before it runs; `log` is what they write into.
"""
