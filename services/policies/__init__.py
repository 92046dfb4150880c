"""WHAT HAPPENS BY ITSELF: an event leads to a command, through the same door as people."""
