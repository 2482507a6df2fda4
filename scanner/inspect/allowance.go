package inspect

// An allowance is what is read of the texts that the code of a file makes: each once, and as
// many as their letters allow. A limit on their number would let a few short ones that lead
// nowhere hide what comes after.
type allowance struct {
	read    map[string]bool
	letters int
}

// textCost is how many letters a text counts for beside its own.
const textCost = 64

// takes reports whether a text is new and there is room for it within so many letters, or
// whether it is new and there is none.
func (a *allowance) takes(text string, most int) (is, exceeded bool) {
	if a.read[text] {
		return false, false
	}
	if a.letters+textCost+len(text) > most {
		return false, true
	}
	if a.read == nil {
		a.read = map[string]bool{}
	}
	a.read[text] = true
	a.letters += textCost + len(text)
	return true, false
}
