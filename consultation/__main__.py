"""`python -m consultation` does what the program `consultation` does."""

from consultation.cli import main

main()
