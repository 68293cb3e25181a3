"""The small map with people and its personas, as the tests of usulan have it."""

from petajabatan.usulan.tests.conftest import peta  # noqa: F401
