"""The program ``petajabatan``: parses, opens database and scope, calls one service, prints."""
