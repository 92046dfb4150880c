"""Mirrors the product, folder by folder; plus whole stories in `journeys`."""
