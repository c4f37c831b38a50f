"""What IO managers are told of the values that they store and load."""
