"""Ways to empty the table of jobs.

An engine does three things: hears that jobs were written (`jobs.wake`), takes one
(`jobs.actions.claim_job`) and does it (`jobs.running.run_claimed`). Everything else is shared.
"""
