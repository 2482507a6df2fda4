package script

import (
	"cmp"
	"time"
)

// A Budget is what may still be spent on the constants of one script and of the
// scripts in it: bytes that are computed, and steps of evaluation.
type Budget struct {
	bytes, steps int
	Spent        string        // why something was left as it stands; empty if nothing was
	ended        string        // why nothing is computed any more
	unread       string        // why a script within the script was not read
	backtracked  time.Duration // what expressions have taken that go back over their text
}

// NewBudget returns the budget for a script of size bytes, with so many steps
// for each of them over a floor.
func NewBudget(size, steps int) *Budget {
	return &Budget{bytes: max(maxGrowthFloor, maxGrowth*size), steps: maxStepsFloor + steps*size}
}

// A string table of an obfuscator is turned a few thousand times.
const maxStepsFloor = 1 << 20

// Take spends n bytes and tells whether they were there.
func (b *Budget) Take(n int) bool {
	if n > MaxConstant || n > b.bytes {
		b.Spent = "a constant is too long to compute"
		return false
	}
	b.bytes -= n
	return true
}

// Waste spends n bytes on what came to nothing, or all that are left.
func (b *Budget) Waste(n int) { b.bytes -= min(b.bytes, n) }

// Exhaust spends all bytes that are left: something would have gone on without end.
func (b *Budget) Exhaust(why string) { b.bytes, b.ended = 0, why }

// Limit is why the script is not wholly computed, or empty.
func (b *Budget) Limit() string { return cmp.Or(b.unread, b.ended, b.Spent) }

// Step spends one step and tells whether it was there.
func (b *Budget) Step() bool {
	if b.steps <= 0 {
		b.Spent = "too many steps to compute its constants"
		return false
	}
	b.steps--
	return true
}

// scriptSteps is what it takes to begin a script within a script, however short it
// is. One that evaluates itself is begun a hundred thousand times otherwise.
const scriptSteps = 256

// Nest tells whether a script of size bytes may be read that stands within so many
// others, and spends what that takes.
func (b *Budget) Nest(depth, size int) bool {
	switch {
	case depth >= MaxScripts:
		b.unread = TooDeep
	case b.steps < scriptSteps:
		b.unread = cmp.Or(b.unread, "too many scripts stand within it")
	default:
		b.steps -= scriptSteps
		return b.Take(size)
	}
	return false
}

// Half parts with half of the steps, and all bytes. They come back by Rejoin; in
// between, the budget itself must not be spent.
func (b *Budget) Half() *Budget {
	half := *b
	half.steps = b.steps / 2
	return &half
}

// Rejoin takes back what is left of a half.
func (b *Budget) Rejoin(half *Budget) {
	b.steps += half.steps - b.steps/2
	b.bytes, b.Spent, b.ended, b.unread, b.backtracked = half.bytes, half.Spent, half.ended, half.unread, half.backtracked
}
