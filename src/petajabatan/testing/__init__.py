"""What tests of every app share: a throw-away server (``plugin``), makers of rows (``factories``) and the
named people of the suite (``personas``). Not imported by the product."""
