"""What all pictures share: scales, colours with shapes, captions, safe texts; and the static picture."""
