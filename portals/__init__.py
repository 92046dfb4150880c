"""One web application for each kind of user."""
