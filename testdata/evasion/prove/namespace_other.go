//go:build !linux

package main

import "errors"

// enterNamespace fails: elsewhere the disguises would find the real osascript.
func enterNamespace() (done bool, err error) {
	return false, errors.New("only Linux can give the disguises an osascript that is none")
}
