"""The workbook: written from a report, read back for `verify`."""
