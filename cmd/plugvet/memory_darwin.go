package main

// useHugePages does nothing: macOS has pages of 16 KB and no such advice.
func useHugePages() {}
