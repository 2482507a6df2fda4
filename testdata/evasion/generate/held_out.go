package main

import "maps"

// heldOut adds the set that shows how well detection serves disguises that
// nobody saw who wrote it: these were added when the rules and the readers were
// done. Once somebody mends a reader by them, they belong to the open set.
func heldOut(w *writer) error {
	if err := handWritten("held-out", "held-out-*.txtar")(w); err != nil {
		return err
	}
	maps.Copy(cEncoders, secondEncoders)
	return w.native("held-out", secondPlugins())
}
