"""Files for NPUs, made from the float ones that the other recipes make: quantised as Qualcomm's NPUs want it, and proved on
their simulator. `python -m models.recipes.export.npu --help`."""
