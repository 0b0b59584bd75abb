"""What the answer hangs on: prices, ranges, curves, tornado, bottlenecks."""
