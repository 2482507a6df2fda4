package javascript

import "github.com/tdewolff/parse/v2/js"

// Each turn of a loop has variables of its own. The turns share a frame here, so the
// functions that one has made get a frame between, which keeps what the turn had.

// Limits on what is kept of the functions that loops make.
const (
	maxBorn   = 1 << 12
	maxLocals = 64
)

// turns are those of one loop that is under way.
type turns struct {
	m      *machine
	f      *frame
	locals []uint32 // the variables that let, const and class declare in it
	before int      // functions that were made before the turn
}

// localsOf are the variables that let and const declare in the tokens [from, to), without
// those of functions.
func (m *machine) localsOf(from, to uint32) (locals []uint32) {
	for i := from; i < to && len(locals) < maxLocals; i++ {
		switch k := m.kind(i); {
		case k == js.ArrowToken || k == js.FunctionToken:
			for i < to && m.kind(i) != js.OpenBraceToken && m.kind(i) != js.SemicolonToken {
				i++
			}
			if ref := m.tokens[i].ref; m.kind(i) == js.OpenBraceToken && ref > i {
				i = ref
			}
		case k == js.LetToken || k == js.ConstToken:
			for i++; i < to; i++ {
				t := m.tokens[i]
				if t.flags&binding != 0 && js.IsIdentifier(t.kind()) && t.ref > 0 && t.ref&global == 0 {
					locals = append(locals, t.ref)
				}
				if next := m.kind(i + 1); t.kind() == js.EqToken || t.kind() == js.SemicolonToken || next == js.OfToken || next == js.InToken {
					break
				}
			}
		}
	}
	return locals
}

func (m *machine) enter(f *frame, locals []uint32) *turns {
	if len(locals) > 0 {
		m.loops++
	}
	return &turns{m, f, locals, len(m.born)}
}

func (t *turns) leave() {
	if len(t.locals) > 0 {
		if t.m.loops--; t.m.loops == 0 {
			t.m.born = nil
		}
	}
}

// bear notes a function that is made in a loop.
func (m *machine) bear(c *callable) {
	if m.loops > 0 && len(m.born) < maxBorn {
		m.born = append(m.born, c)
	}
}

// renew ends a turn: its functions keep its variables, and the next turn has others.
func (t *turns) renew() {
	m := t.m
	if len(t.locals) == 0 || t.before >= len(m.born) {
		return
	}
	own := &frame{outer: t.f, this: t.f.this, args: t.f.args, fn: t.f.fn}
	for _, number := range t.locals {
		if was := t.f.own(number); was != nil {
			own.cells = append(own.cells, *was)
			was.value = ptr(*was.value)
		}
	}
	if !m.step(len(m.born) - t.before + len(own.cells)) {
		return
	}
	made := m.born[t.before:]
	t.before = len(m.born)
	const deepest = 4 // frames between, of other loops and of names
	for _, c := range made {
		if c.outer == t.f {
			c.outer = own
			continue
		}
		for f, n := c.outer, 0; f != nil && f != own && n < deepest; f, n = f.outer, n+1 {
			if f.outer == t.f {
				f.outer = own
				break
			}
		}
	}
}
