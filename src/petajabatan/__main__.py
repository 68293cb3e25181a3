import sys

from petajabatan.cli.main import main

sys.exit(main())
