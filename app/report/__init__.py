"""The report: what both exports say, built once (app.report.build) and written twice (exporters)."""

LAYOUT = 2
"""The version of the layout. A copy made by another version cannot be rebuilt, and so not verified, by this one."""
