"""``python -m procure_opt`` is ``procure-opt``."""

from __future__ import annotations

import sys

from procure_opt.cli import main

if __name__ == "__main__":
    sys.exit(main())
