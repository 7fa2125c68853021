"""A small eraser of our own, and three ways of telling it what is right where an object still shows (EraDiff's CRO)."""
