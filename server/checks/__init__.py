"""Everything the doctor looks at, in the order of its report: one line for each check.

A check is a plain function that takes the visit and returns one finding. It changes nothing that lasts.
"""

from server.checks.addresses import (
    look_at_address,
    look_at_front,
    look_at_name,
    look_at_plain_http,
    look_at_proxies,
)
from server.checks.clocks import look_at_clock
from server.checks.databases import (
    look_at_database,
    look_at_database_settings,
    look_at_migrations,
    look_at_pooler,
    look_at_replicas,
)
from server.checks.disk import look_at_disk
from server.checks.files import look_at_pictures, look_at_private_files
from server.checks.finding import Check, Finding, State, Visit
from server.checks.live import look_at_sockets
from server.checks.mails import look_at_mail
from server.checks.safety import look_at_safety
from server.checks.workers import look_at_cache, look_at_jobs, look_at_workers

CHECKS: tuple[Check, ...] = (
    Check("address", "Address and hosts", look_at_address),
    Check("dns", "Name in DNS", look_at_name),
    Check("front", "Front door and certificate", look_at_front),
    Check("http", "Without encryption", look_at_plain_http),
    Check("proxies", "Proxies in front", look_at_proxies),
    Check("sockets", "Live pages", look_at_sockets),
    Check("mail", "Mail", look_at_mail),
    Check("clock", "Clock", look_at_clock),
    Check("disk", "Disk", look_at_disk),
    Check("database", "Database", look_at_database),
    Check("database-settings", "Settings of the database", look_at_database_settings),
    Check("migrations", "Migrations", look_at_migrations),
    Check("replicas", "Replicas", look_at_replicas),
    Check("pooler", "Pooler", look_at_pooler),
    Check("workers", "Workers", look_at_workers),
    Check("jobs", "Jobs", look_at_jobs),
    Check("cache", "Cache of all processes", look_at_cache),
    Check("pictures", "Storage of pictures", look_at_pictures),
    Check("private-files", "Storage of private files", look_at_private_files),
    Check("safety", "Safety", look_at_safety),
)

__all__ = ["CHECKS", "Check", "Finding", "State", "Visit"]
