package javascript

import "github.com/tdewolff/parse/v2/js"

// A method that nobody called is called by whoever has an instance of its class: other
// files, or the host. What it gets is then what other methods of its object hand to it,
// which nobody called either.

const (
	maxCallers = 8    // of a method, that are run before it
	maxAround  = 4000 // tokens before a method in its class
)

// A member is a method as it stands in the script.
type member struct {
	name      uint32 // its token
	of        uint32 // the brace that its class or object opens with,
	prototype bool   // or the name of the function that has it in its prototype
}

// memberAt returns the method whose parameters begin at a token.
func (m *machine) memberAt(from uint32) (member, bool) {
	name := from - 1
	if from < 4 {
		return member{}, false
	}
	if m.kind(name) == js.FunctionToken { // name: function (), X.prototype.name = function ()
		name -= 2
	} else if m.kind(name-1) == js.FunctionToken {
		name -= 3 // of a function with a name of its own
	}
	if !js.IsIdentifierName(m.kind(name)) && m.kind(name) != js.PrivateIdentifierToken {
		return member{}, false
	}
	if name > 4 && m.kind(name+1) == js.EqToken && m.kind(name-1) == js.DotToken && m.text(name-2) == "prototype" && m.kind(name-3) == js.DotToken && m.name(name-4) {
		return member{name: name, of: name - 4, prototype: true}, true
	}
	for i, left := name-1, maxAround; i > 0 && left > 0; i, left = i-1, left-1 {
		switch k := m.kind(i); {
		case closes(k):
			if ref := m.tokens[i].ref; ref > 0 && ref < i {
				i = ref
			}
		case opens(k):
			return member{name: name, of: i}, k == js.OpenBraceToken && m.tokens[i].flags&(object|class) != 0
		}
	}
	return member{}, false
}

// bodied notes the value that an object or a class came to, by the brace it opens with.
func (m *machine) bodied(open uint32, v value) {
	if len(m.src) > smallScript {
		return
	}
	if m.bodies == nil {
		m.bodies = map[uint32]value{}
	}
	m.bodies[open] = v
}

// receiver is an object that has a method.
func (m *machine) receiver(of member, global *frame) (value, bool) {
	v, ok := m.bodies[of.of]
	if !ok && of.prototype {
		v, ok = m.variableAt(of.of)(global), true
	}
	if v.kind == closure && v.fn != nil {
		v = m.make(v, nil, 0, 0, 0)
		m.thrown = false
		m.bodied(of.of, v)
	}
	return v, ok && v.kind == dictionary
}

// visitMethod runs a method that nobody called, and first those that call it by its name.
// It tells whether there was an object for it.
func (m *machine) visitMethod(fn *routine, global *frame) bool {
	of, ok := m.memberAt(fn.at)
	if !ok || len(m.src) > smallScript {
		return false
	}
	if !fn.visited && m.step(int(m.behind)/32) {
		fn.visited = true
		name, left := m.text(of.name), maxCallers
		for i := uint32(3); i < m.behind-1 && left > 0 && m.depth < maxCalls; i++ {
			if m.kind(i) == js.OpenParenToken && m.kind(i-2) == js.DotToken && m.kind(i-3) == js.ThisToken && m.text(i-1) == name {
				left--
				m.depth++
				m.visit(i, global)
				m.depth--
			}
		}
	}
	if fn.ran {
		return true
	}
	this, ok := m.receiver(of, global)
	if !ok {
		return false
	}
	got := m.get(this, textValue(m.text(of.name)))
	if got.kind != closure || got.fn == nil || got.fn.routine != fn {
		return false
	}
	m.run(got, this, nil)
	return true
}
