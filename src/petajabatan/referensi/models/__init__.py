"""Reference tables: ``pokok`` holds the lists other apps point at, ``daftar`` all the others,
``impor`` what is known about the imports."""

from petajabatan.referensi.models.daftar import *  # noqa: F403
from petajabatan.referensi.models.impor import *  # noqa: F403
from petajabatan.referensi.models.pokok import *  # noqa: F403
