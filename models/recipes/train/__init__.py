"""Photos → weights of our own → what is shipped. Needs torch, Pillow and onnx: never at run time."""
