"""Widgets that paint what the states say and pass on what a person does. The only place that knows Qt."""
