"""WHAT IS DUE: which clock a step starts, by which law it runs, and on which day it ends."""
