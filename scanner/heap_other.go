//go:build !linux

package scanner

func growInHugePages() (at uintptr) { return 0 }
