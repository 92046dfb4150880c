"""How the platform is run: the gongzhi command, the embedded database, demo data."""
