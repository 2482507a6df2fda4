package main

// heldOut writes the disguises that nobody who works on the readers has seen. Once
// they were measured and looked at they are open, and new ones take their place.
func heldOut(w *writer) error {
	if err := handWritten("held-out", "held-out-*.txtar")(w); err != nil {
		return err
	}
	return twentyEighthNative(w)
}
