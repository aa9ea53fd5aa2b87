"""Workbooks (.xlsx): written so that nothing in them runs, read so that nothing in them can do harm."""
