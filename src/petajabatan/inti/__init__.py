"""What every app shares: the actor, findings, the wall in the database, documents, jobs, audit, the clock.

It knows nothing of the domain and imports from no other app.
"""
