"""Diffusion pipelines in diffusers' format → a folder of ONNX files, as `models/pipelines.py` describes it."""
