"""The page shell: navigation, components, search, home, job and import pages.
It holds no rule of the domain.
"""
