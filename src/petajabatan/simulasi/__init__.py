"""The national simulator: a believable Indonesia of every instansi, filled in bulk from the reference lists.

Names of instansi, regions, schools, health facilities and jabatan are those of the imported references; every
person, need and number of people is invented and marked so (docs/simulasi.md)."""
