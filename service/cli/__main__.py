"""`python -m service.cli` is `paddock`."""

from service.cli import main

main()
