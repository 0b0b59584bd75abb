"""Writing files so that nothing is lost: drafts, exclusive use, replacement as a whole, text cells that stay text.

Knows nothing of economies or programs; everything that writes goes through here, and nothing else in the package opens a
file for writing.
"""

from planner.files.draft import draft
from planner.files.lock import InUseError, sole_use
from planner.files.move import put_folder, replace, replace_all, stands_fast
from planner.files.table import as_text, csv_text, from_text, table_text
from planner.files.write import about, append, real, write_bytes, write_text

__all__ = [
    "InUseError",
    "about",
    "append",
    "as_text",
    "csv_text",
    "draft",
    "from_text",
    "put_folder",
    "real",
    "replace",
    "replace_all",
    "sole_use",
    "stands_fast",
    "table_text",
    "write_bytes",
    "write_text",
]
