"""`python -m generator` is `papershelf`."""

from generator.cli import main

main(prog_name="papershelf")
