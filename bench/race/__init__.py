"""What one request of an app costs, all work included that it brings; measured as other servers' were."""
