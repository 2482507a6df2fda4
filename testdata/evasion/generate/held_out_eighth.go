package main

// heldOutEighth adds what the archives held-out-*-eighth-*.txtar do not hold of the
// eighth set.
func heldOutEighth(w *writer) error {
	return eighthNative(w)
}
