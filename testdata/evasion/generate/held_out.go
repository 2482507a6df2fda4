package main

// heldOut writes the disguises that nobody who works on the readers has seen. Once
// they were measured and looked at they are open, and new ones take their place.
func heldOut(w *writer) error { return handWritten("held-out", "held-out-*.txtar")(w) }
