"""WHAT IS SEEN: views built from the log, asked through named questions. A view can be thrown away."""
