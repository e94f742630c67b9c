"""The benchmark: Papershelf beside other site generators, on the same papers. Run it with `make bench`."""
