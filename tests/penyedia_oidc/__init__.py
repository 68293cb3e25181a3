"""A second instance of the product that acts as OpenID Connect provider, for tests of single sign-on."""
