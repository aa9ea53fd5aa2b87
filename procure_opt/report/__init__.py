"""One self-contained page of a result: from a claim to an HTML file that opens from disk, without network."""

from .page import report_bytes, save_report

__all__ = ["report_bytes", "save_report"]
