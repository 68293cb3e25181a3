"""Models and migrations are in step; exits 1 and names what is missing. Needs no database."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PETAJABATAN_DATA": folder, "PETAJABATAN_MODE": "uji"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "petajabatan.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        # It would like to compare with a running database too; there is none, and none is needed.
        warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
        try:
            call_command("makemigrations", check=True, dry_run=True, interactive=False)
        except SystemExit:
            return 1
        call_command("check", fail_level="WARNING")
    return 0


if __name__ == "__main__":
    sys.exit(main())
