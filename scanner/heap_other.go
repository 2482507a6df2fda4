//go:build !linux

package scanner

func growInHugePages() {}
