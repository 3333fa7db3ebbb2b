"""What tools/make-sample is made of."""
