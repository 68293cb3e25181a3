"""The legal basis, the unit tree of every instansi and the versions of its map.
Nothing is deleted: a unit that ends keeps its history.
"""
