"""Reading unit files: SIASN ref-unor JSON, SIASN CSV, our XLSX template. One module per format.

``read_unor`` finds out the format, the encoding and the delimiter by itself and returns rows of text; the
checks are pure rules (``organisasi.rules``). A file that cannot be read raises ``Ditolak`` with the reason.
"""

from petajabatan.organisasi.importers.deteksi import FORMAT, read_unor
from petajabatan.organisasi.importers.templat import write_template

__all__ = ["FORMAT", "read_unor", "write_template"]
