"""The demonstration: Kabupaten Rembang and one central agency, composed by the project itself.

Place names, codes and the names of jabatan are facts with a source; every person, number of persons and
regulation number is invented and marked so (docs/demo.md)."""
