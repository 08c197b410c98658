"""One module for each file of a data set, named like the file."""
