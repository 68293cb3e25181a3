"""What is kept, and what is not."""

from __future__ import annotations

import pytest
from django.db import transaction

from petajabatan.inti.simpanan import DIINGAT, forget, kept


@pytest.mark.django_db(transaction=True)
def test_a_result_is_made_once_and_outlives_the_process() -> None:
    made = []
    for _ in range(2):
        assert kept("uji:1", lambda: made.append(1) or [1, 2]) == [1, 2]
    forget()  # another process finds it in the shared table
    assert kept("uji:1", lambda: made.append(1) or [9]) == [1, 2]
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        assert kept("uji:2", lambda: "salah") == "salah"
        raise RuntimeError
    assert kept("uji:2", lambda: "benar") == "benar"


@pytest.mark.django_db(transaction=True)
def test_a_process_remembers_the_last_results_only() -> None:
    for n in range(DIINGAT + 1):
        kept(f"uji:{n}", lambda n=n: n, bersama=False)
    assert kept("uji:0", lambda: "anew", bersama=False) == "anew"
    assert kept(f"uji:{DIINGAT}", lambda: "anew", bersama=False) == DIINGAT
