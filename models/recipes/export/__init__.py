"""Hub format → ONNX → what is shipped, and the gates a file must pass before it is."""
