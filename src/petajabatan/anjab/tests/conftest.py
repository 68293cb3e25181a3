"""The small map of the usulan tests."""

from __future__ import annotations

import pytest

from petajabatan.usulan.tests.conftest import Peta, make_peta


@pytest.fixture
def peta(db: None) -> Peta:
    return make_peta()
