"""Documentation build: MyST Markdown with Sphinx."""

project = "Peta Jabatan"
author = "The Peta Jabatan developers"
copyright = "2026, the Peta Jabatan developers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist", "tasklist", "attrs_inline"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Peta Jabatan"
language = "en"
nitpicky = False
suppress_warnings = ["myst.xref_missing"]
