package javascript

import (
	"math/big"

	"github.com/tdewolff/parse/v2/js"
)

// A node is an expression that was compiled.
type node struct {
	eval expr
	// variable is the declaration or the global that it names; 0 for others.
	variable uint32
	// object and key are those of a property.
	object, key expr
	owner       uint32 // the variable that object names
	pattern     uint32 // the bracket of an array or object literal
	fixed       *value // of a constant
}

// notCompiled is what compiling panics with where it does not understand a script.
type notCompiled struct{}

func refuse() { panic(notCompiled{}) }

func (m *machine) expect(i uint32, k js.TokenType) uint32 {
	if m.kind(i) != k {
		refuse()
	}
	return i + 1
}

func fixed(v value) node { return node{eval: constantly(v), fixed: &v} }

func constantly(v value) expr { return func(*frame) value { return v } }

// comma compiles a list of expressions of which the last counts.
func (m *machine) comma(i uint32) (expr, uint32) {
	n, end := m.grouped(i)
	return n.eval, end
}

// grouped compiles what may stand in parentheses. One expression stays what it is.
func (m *machine) grouped(i uint32) (node, uint32) {
	n, i := m.assignment(i)
	if n.pattern = 0; m.kind(i) != js.CommaToken {
		return n, i
	}
	all := []expr{n.eval}
	for m.kind(i) == js.CommaToken {
		n, i = m.assignment(i + 1)
		all = append(all, n.eval)
	}
	return node{eval: func(f *frame) (v value) {
		for _, e := range all {
			v = e(f)
		}
		return v
	}}, i
}

var operators = map[js.TokenType]js.TokenType{js.AddEqToken: js.AddToken, js.SubEqToken: js.SubToken, js.MulEqToken: js.MulToken,
	js.DivEqToken: js.DivToken, js.ModEqToken: js.ModToken, js.BitXorEqToken: js.BitXorToken, js.BitAndEqToken: js.BitAndToken,
	js.BitOrEqToken: js.BitOrToken, js.LtLtEqToken: js.LtLtToken, js.GtGtEqToken: js.GtGtToken, js.GtGtGtEqToken: js.GtGtGtToken,
	js.ExpEqToken: js.ExpToken}

// assignment compiles an expression without commas.
func (m *machine) assignment(i uint32) (node, uint32) {
	if m.compiling++; m.compiling > maxCompiled {
		refuse()
	}
	defer func() { m.compiling-- }()
	if m.kind(i) == js.YieldToken && m.generator {
		switch k := m.kind(i + 1); {
		case k == js.MulToken:
			n, end := m.assignment(i + 2)
			return node{eval: func(f *frame) value { return m.delegate(f, n.eval(f)) }}, end
		case k == js.CloseParenToken, k == js.CloseBracketToken, k == js.CloseBraceToken, k == js.SemicolonToken, k == js.CommaToken, k == js.ColonToken:
			return node{eval: func(f *frame) value { return m.pause(f, value{kind: undefined}) }}, i + 1
		}
		n, end := m.assignment(i + 1)
		return node{eval: func(f *frame) value { return m.pause(f, n.eval(f)) }}, end
	}
	left, i := m.conditionalAt(i)
	k := m.kind(i)
	if !assigns(k) {
		return left, i
	}
	if left.pattern > 0 && k == js.EqToken {
		bind := m.target(left.pattern)
		right, end := m.assignment(i + 1)
		return node{eval: func(f *frame) value {
			v := right.eval(f)
			bind(f, v)
			return v
		}}, end
	}
	if left.variable == 0 && left.object == nil {
		refuse()
	}
	right, end := m.assignment(i + 1)
	return node{eval: m.store(left, func(f *frame, old func() value) (value, value, bool) {
		switch k {
		case js.EqToken:
			v := right.eval(f)
			return v, v, true
		case js.AndEqToken, js.OrEqToken, js.NullishEqToken:
			was := old()
			truth, ok := was.truthy()
			if k == js.NullishEqToken {
				truth = was.kind != undefined && was.kind != null
			}
			if ok && truth != (k == js.AndEqToken) {
				return was, was, false
			}
			v := right.eval(f)
			return v, v, true
		}
		was := old()
		v := m.binaryOf(operators[k], was, right.eval(f))
		return v, v, true
	})}, end
}

// store compiles what gives a variable or a property a value that comes of its old
// one. change returns the new value, that of the expression, and whether to store.
func (m *machine) store(n node, change func(f *frame, old func() value) (stored, result value, ok bool)) expr {
	if n.object == nil {
		return func(f *frame) value {
			stored, result, ok := change(f, func() value { return n.eval(f) })
			if ok && !m.thrown { // of a global, the script makes one
				m.assignTo(f, n.variable, stored)
			}
			return result
		}
	}
	return func(f *frame) value {
		object, key := n.object(f), n.key(f)
		stored, result, ok := change(f, func() value { return m.get(object, key) })
		if ok && !m.thrown {
			m.putInto(f, n, object, key, stored)
		}
		return result
	}
}

// putInto gives the property that a node is a value.
func (m *machine) putInto(f *frame, n node, object, key, v value) {
	m.gives(object, key, v)
	whole := m.put(object, key, v)
	if object.kind == buffer && n.owner > 0 {
		m.assignTo(f, n.owner, whole)
	}
}

func (m *machine) conditionalAt(i uint32) (node, uint32) {
	n, i := m.binaryAt(i, precedenceNullish)
	if m.kind(i) != js.QuestionToken {
		return n, i
	}
	yes, i := m.assignment(i + 1)
	no, end := m.assignment(m.expect(i, js.ColonToken))
	return node{eval: func(f *frame) value {
		truth, ok := n.eval(f).truthy()
		if !ok {
			m.step(eitherSteps)
			m.doubts++
			v, w := yes.eval(f), no.eval(f)
			m.doubts--
			return others([]value{v, w}, joined(v, w), true)
		}
		if truth {
			return yes.eval(f)
		}
		return no.eval(f)
	}}, end
}

func (m *machine) binaryAt(i uint32, least int) (node, uint32) {
	left, i := m.unary(i)
	for count := 0; ; count++ {
		operator := m.kind(i)
		level := precedence(operator)
		if level == 0 || level < least {
			return left, i
		}
		if count > maxOperands {
			refuse()
		}
		inner := level + 1
		if operator == js.ExpToken {
			inner = level
		}
		if m.compiling++; m.compiling > maxCompiled {
			refuse()
		}
		right, end := m.binaryAt(i+1, inner)
		m.compiling--
		a, b := left.eval, right.eval
		switch operator {
		case js.OrToken, js.AndToken, js.NullishToken:
			left = node{eval: func(f *frame) value {
				v := a(f)
				truth, ok := v.truthy()
				if operator == js.NullishToken {
					truth = v.kind != undefined && v.kind != null
				}
				if !ok {
					m.step(eitherSteps)
					w := b(f)
					if v.kind == globalName && fromOutside(v.str) { // it may be missing
						return anyValue([]value{w, {}})
					}
					if operator == js.OrToken && v.kind == globalName && (w.kind != dictionary || v.str == "" || ofPlatform(v.str)) {
						if w.kind != unknown && w.kind != dictionary {
							v.also = &[]value{v, w}
						}
						return v
					}
					if operator == js.AndToken || operator == js.OrToken && v.kind == globalName { // which another bundle may have brought
						return anyValue([]value{w, {}})
					}
					return anyValueFrom(origin(v), []value{v, w})
				}
				if truth != (operator == js.AndToken) {
					return v
				}
				return b(f)
			}}
		default:
			if x, y := left.fixed, right.fixed; x != nil && y != nil && x.kind == number && y.kind == number {
				left = fixed(m.binaryOf(operator, *x, *y)) // obfuscators write numbers as sums
				break
			}
			left = node{eval: func(f *frame) value { return m.binaryOf(operator, a(f), b(f)) }}
		}
		i = end
	}
}

// calculates tells the operators that make a number of numbers.
func calculates(operator js.TokenType) bool {
	_, ok := arithmetic(operator, 1, 1)
	return ok
}

// eachOfBoth applies an operator to each of the values that two may be.
func (m *machine) eachOfBoth(operator js.TokenType, a, b value) (all []value) {
	for _, x := range alternatives(a) {
		for _, y := range alternatives(b) {
			x.also, y.also = nil, nil
			all = append(all, m.binaryOf(operator, x, y))
		}
	}
	return all
}

// binaryOf applies an operator. It bills long texts, which grow in loops, as steps.
func (m *machine) binaryOf(operator js.TokenType, a, b value) value {
	if !m.step(1) || a.kind == unknown || b.kind == unknown {
		if operator != js.AddToken && !calculates(operator) {
			return value{}
		}
		if a.also != nil && (b.also != nil || b.kind != unknown) || b.also != nil && a.kind != unknown {
			return others(m.eachOfBoth(operator, a, b), joined(a, b), mayBeOther(a) || mayBeOther(b))
		}
		if operator != js.AddToken {
			return value{}
		}
		return m.sumWithHoles(a, b)
	}
	if operator == js.AddToken && (ownFile(a) && (ownFile(b) || b.kind == text) || a.kind == text && ownFile(b)) {
		return value{more: fromPackage}
	}
	if operator == js.AddToken {
		a, b = m.primitiveOf(a, "default", "valueOf", "toString"), m.primitiveOf(b, "default", "valueOf", "toString")
		if a.kind == closure && a.fn != nil {
			a = textValue(m.source(a))
		}
		if b.kind == closure && b.fn != nil {
			b = textValue(m.source(b))
		}
	}
	if a.kind == bigInteger || b.kind == bigInteger {
		if v, ok := m.bigArithmetic(operator, a, b); ok {
			m.step(listSteps + len(a.str) + len(b.str) + len(v.str)) // numerals are made numbers and back
			return v
		}
	}
	if a.kind == number && b.kind == number {
		switch operator {
		case js.EqEqToken, js.EqEqEqToken:
			return booleanValue(a.num == b.num)
		case js.NotEqToken, js.NotEqEqToken:
			return booleanValue(a.num != b.num)
		}
		v, _ := arithmetic(operator, a.num, b.num)
		return v
	}
	if operator == js.AddToken && a.kind == text && b.kind == text {
		if len(a.str)+len(b.str) > 1<<20 || !m.step((len(a.str)+len(b.str))/16) {
			return value{}
		}
		sum := value{kind: text, str: a.str + b.str, decoded: a.decoded || b.decoded}
		const short = 256 // a name, a command
		if (a.also != nil || b.also != nil) && len(sum.str) <= short {
			sum = orAnother(sum, m.eachOfBoth(operator, a, b))
		}
		return sum
	}
	switch operator {
	case js.EqEqToken, js.EqEqEqToken, js.NotEqToken, js.NotEqEqToken:
		not := operator == js.NotEqToken || operator == js.NotEqEqToken
		if a.kind == closure && b.kind == closure {
			return booleanValue((a.fn == b.fn) != not)
		}
		if a.kind == array && b.kind == array {
			return booleanValue((a.items == b.items) != not)
		}
		if a.kind == symbol && b.kind == symbol || a.kind == dictionary && b.kind == dictionary {
			return booleanValue(same(a, b) != not)
		}
		loose := operator == js.EqEqToken || operator == js.NotEqToken
		if loose && missing(a) && missing(b) {
			return booleanValue(!not)
		}
		if loose && a.kind != b.kind && a.kind <= text && b.kind <= text && a.kind > null && b.kind > null {
			x, ok1 := a.number()
			y, ok2 := b.number()
			if !ok1 || !ok2 {
				return value{}
			}
			return booleanValue((x == y) != not)
		}
		if strict := operator == js.EqEqEqToken || operator == js.NotEqEqToken; strict && a.kind != b.kind && a.kind < globalName && b.kind < globalName {
			return booleanValue(not)
		}
		if foreign(a) && b.isObject() || foreign(b) && a.isObject() {
			return booleanValue(not)
		}
	case js.InToken:
		if name, ok := keyName(a); ok && b.kind == dictionary && b.self != nil {
			target, _ := itemOf(b, proxyTarget)
			if has, ok := itemOf(*b.self, "has"); ok {
				return m.callFunctionOf(has, *b.self, asArguments([]value{target, a}))
			}
			_, found := itemOf(target, name)
			return booleanValue(found)
		}
		if name, ok := keyName(a); ok && b.kind == dictionary {
			_, found := itemOf(b, name)
			return booleanValue(found)
		}
		if b.kind == array {
			return m.inList(a, b)
		}
		return value{}
	case js.InstanceofToken:
		is, ok := m.isInstance(a, b)
		if !ok {
			return value{}
		}
		return booleanValue(is)
	}
	v, ok := m.operate(operator, a, b)
	switch {
	case ok:
		return v
	case operator == js.AddToken:
		return m.sumWithHoles(a, b)
	}
	return value{}
}

// foreign tells whether a value is a module that no file of the package is: no object that
// the script makes is the same.
func foreign(v value) bool { return v.kind == module && v.str != "" && !ownFile(v) }

func (m *machine) unary(i uint32) (node, uint32) {
	k := m.kind(i)
	switch k {
	case js.NotToken, js.SubToken, js.AddToken, js.BitNotToken, js.TypeofToken, js.VoidToken, js.AwaitToken, js.DeleteToken:
		if m.compiling++; m.compiling > maxCompiled {
			refuse()
		}
		n, end := m.unary(i + 1)
		m.compiling--
		if x := n.fixed; x != nil && x.kind == number && k != js.AwaitToken && k != js.DeleteToken {
			if v, ok := prefixed(k, *x); ok {
				return fixed(v), end
			}
		}
		if k == js.DeleteToken && n.object != nil {
			return node{eval: func(f *frame) value {
				m.removed(n.object(f), n.key(f))
				return booleanValue(true)
			}}, end
		}
		return node{eval: func(f *frame) value {
			v := n.eval(f)
			switch {
			case k == js.AwaitToken:
				return m.awaited(f, v)
			case k == js.VoidToken:
				return value{kind: undefined}
			case v.kind == bigInteger && (k == js.SubToken || k == js.BitNotToken):
				if b := bigOf(v); b != nil {
					if b.Neg(b); k == js.BitNotToken {
						b.Sub(b, big.NewInt(1))
					}
					return bigValue(b)
				}
				return value{}
			case v.kind == unknown || k == js.DeleteToken:
				return value{}
			case k == js.NotToken && (v.kind == globalName || v.kind == module):
				return value{}
			}
			v = m.primitiveOf(v, "number", "valueOf", "toString")
			if k == js.AddToken && v.kind == array {
				v, _ = toText(v)
			}
			got, ok := prefixed(k, v)
			if !ok {
				return value{}
			}
			return got
		}}, end
	case js.IncrToken, js.DecrToken:
		n, end := m.unary(i + 1)
		return node{eval: m.stepped(n, k, true)}, end
	}
	n, end := m.postfixed(i)
	if k := m.kind(end); (k == js.IncrToken || k == js.DecrToken) && m.tokens[end].flags&afterLine == 0 {
		return node{eval: m.stepped(n, k, false)}, end + 1
	}
	return n, end
}

func toText(v value) (value, bool) {
	s, ok := v.string()
	return textValue(s), ok
}

func (m *machine) stepped(n node, k js.TokenType, before bool) expr {
	if n.variable == 0 && n.object == nil {
		refuse()
	}
	by := 1.0
	if k == js.DecrToken {
		by = -1
	}
	return m.store(n, func(f *frame, old func() value) (value, value, bool) {
		was := old()
		if was.kind == bigInteger {
			if b := bigOf(was); b != nil {
				next := bigValue(b.Add(b, big.NewInt(int64(by))))
				if before {
					return next, next, true
				}
				return next, was, true
			}
		}
		x, ok := was.number()
		if !ok {
			return value{}, value{}, true
		}
		if before {
			return numberValue(x + by), numberValue(x + by), true
		}
		return numberValue(x + by), numberValue(x), true
	})
}
