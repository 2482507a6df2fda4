package javascript

import (
	"math"
	"math/big"

	"github.com/tdewolff/parse/v2/js"
)

// precedence returns that of a binary operator, and 0 for other tokens.
func precedence(k js.TokenType) int {
	switch k {
	case js.NullishToken:
		return precedenceNullish
	case js.OrToken:
		return precedenceOr
	case js.AndToken:
		return precedenceAnd
	case js.BitOrToken:
		return precedenceBitOr
	case js.BitXorToken:
		return precedenceBitXor
	case js.BitAndToken:
		return precedenceBitAnd
	case js.EqEqToken, js.EqEqEqToken, js.NotEqToken, js.NotEqEqToken:
		return precedenceEquals
	case js.LtToken, js.LtEqToken, js.GtToken, js.GtEqToken, js.InToken, js.InstanceofToken:
		return precedenceCompare
	case js.LtLtToken, js.GtGtToken, js.GtGtGtToken:
		return precedenceShift
	case js.AddToken, js.SubToken:
		return precedenceAdd
	case js.MulToken, js.DivToken, js.ModToken:
		return precedenceMultiply
	case js.ExpToken:
		return precedencePower
	}
	return 0
}

// operate applies a binary operator.
func (e *evaluator) operate(operator js.TokenType, a, b value) (value, bool) {
	if operator == js.AddToken {
		x, y := primitive(a), primitive(b)
		if x.kind == text || y.kind == text {
			s, ok1 := x.string()
			t, ok2 := y.string()
			if !ok1 || !ok2 || !e.Take(len(s)+len(t)) {
				return value{}, false
			}
			return value{kind: text, str: s + t, decoded: a.decoded || b.decoded}, true
		}
		a, b = x, y
	}
	if a.kind == bigInteger || b.kind == bigInteger {
		if v, ok := e.bigArithmetic(operator, a, b); ok {
			return v, v.kind != unknown
		}
	}
	switch operator {
	case js.EqEqEqToken, js.NotEqEqToken, js.EqEqToken, js.NotEqToken:
		same, ok := equal(a, b)
		return booleanValue(same == (operator == js.EqEqEqToken || operator == js.EqEqToken)), ok
	}
	if a.kind == text && b.kind == text {
		switch operator {
		case js.LtToken:
			return booleanValue(a.str < b.str), true
		case js.GtToken:
			return booleanValue(a.str > b.str), true
		case js.LtEqToken:
			return booleanValue(a.str <= b.str), true
		case js.GtEqToken:
			return booleanValue(a.str >= b.str), true
		}
	}
	x, ok1 := a.number()
	y, ok2 := b.number()
	if !ok1 || !ok2 {
		return value{}, false
	}
	return arithmetic(operator, x, y)
}

// bigArithmetic applies an operator to big integers.
func (e *evaluator) bigArithmetic(operator js.TokenType, a, b value) (value, bool) {
	x, y := bigOf(a), bigOf(b)
	if x == nil || y == nil || a.kind == text || b.kind == text {
		return value{}, false
	}
	if !e.Step() || !e.Take((x.BitLen()+y.BitLen())/64) {
		return value{}, true
	}
	n := new(big.Int)
	switch operator {
	case js.AddToken:
		n.Add(x, y)
	case js.SubToken:
		n.Sub(x, y)
	case js.MulToken:
		n.Mul(x, y)
	case js.DivToken, js.ModToken:
		if y.Sign() == 0 {
			return value{}, true
		}
		if operator == js.DivToken {
			n.Quo(x, y)
		} else {
			n.Rem(x, y)
		}
	case js.BitAndToken:
		n.And(x, y)
	case js.BitOrToken:
		n.Or(x, y)
	case js.BitXorToken:
		n.Xor(x, y)
	case js.LtLtToken, js.GtGtToken:
		if !y.IsInt64() || y.Int64() < 0 || y.Int64() > maxInteger {
			return value{}, true
		}
		if operator == js.LtLtToken {
			n.Lsh(x, uint(y.Int64()))
		} else {
			n.Rsh(x, uint(y.Int64()))
		}
	case js.ExpToken:
		if y.Sign() < 0 || !y.IsInt64() || y.Int64()*int64(x.BitLen()) > maxInteger {
			return value{}, true
		}
		n.Exp(x, y, nil)
	case js.LtToken:
		return booleanValue(x.Cmp(y) < 0), true
	case js.GtToken:
		return booleanValue(x.Cmp(y) > 0), true
	case js.LtEqToken:
		return booleanValue(x.Cmp(y) <= 0), true
	case js.GtEqToken:
		return booleanValue(x.Cmp(y) >= 0), true
	case js.EqEqToken, js.EqEqEqToken:
		return booleanValue(x.Cmp(y) == 0), true
	case js.NotEqToken, js.NotEqEqToken:
		return booleanValue(x.Cmp(y) != 0), true
	default:
		return value{}, true
	}
	return bigValue(n), true
}

// primitive turns an array into the text that a sum makes of it.
func primitive(v value) value {
	switch v.kind {
	case array, dictionary, buffer, regularExpression:
		if s, ok := v.string(); ok {
			return textValue(s)
		}
	}
	return v
}

func arithmetic(operator js.TokenType, x, y float64) (value, bool) {
	n := 0.0
	switch operator {
	case js.AddToken:
		n = x + y
	case js.SubToken:
		n = x - y
	case js.MulToken:
		n = x * y
	case js.DivToken:
		n = x / y
	case js.ModToken:
		n = math.Mod(x, y)
	case js.ExpToken:
		n = math.Pow(x, y)
	case js.BitAndToken:
		n = float64(toInt32(x) & toInt32(y))
	case js.BitOrToken:
		n = float64(toInt32(x) | toInt32(y))
	case js.BitXorToken:
		n = float64(toInt32(x) ^ toInt32(y))
	case js.LtLtToken:
		n = float64(toInt32(x) << (uint32(toInt32(y)) & 31))
	case js.GtGtToken:
		n = float64(toInt32(x) >> (uint32(toInt32(y)) & 31))
	case js.GtGtGtToken:
		n = float64(uint32(toInt32(x)) >> (uint32(toInt32(y)) & 31))
	case js.LtToken:
		return booleanValue(x < y), true
	case js.LtEqToken:
		return booleanValue(x <= y), true
	case js.GtToken:
		return booleanValue(x > y), true
	case js.GtEqToken:
		return booleanValue(x >= y), true
	default:
		return value{}, false
	}
	return numberValue(n), true
}

// equal compares two primitive values. Loose and strict equality differ only
// where the kinds do, which is then not known.
func equal(a, b value) (same, ok bool) {
	if a.kind != b.kind {
		if a.kind == module && isMemberFunction(a) && (b.kind == undefined || b.kind == null) || b.kind == module && isMemberFunction(b) && (a.kind == undefined || a.kind == null) {
			return false, true
		}
		if a.isObject() && (b.kind == undefined || b.kind == null) || b.isObject() && (a.kind == undefined || a.kind == null) {
			return false, true
		}
		primitives := a.kind <= text && b.kind <= text && a.kind != unknown && b.kind != unknown
		return false, primitives && a.kind != boolean && b.kind != boolean && (a.kind <= null) != (b.kind <= null)
	}
	switch a.kind {
	case undefined, null:
		return true, true
	case boolean, number:
		return a.num == b.num, true
	case text:
		return a.str == b.str, true
	}
	return false, false
}

// isObject tells whether a value is surely there, and no primitive one.
func (v value) isObject() bool {
	return v.kind >= buffer && v.kind <= closure || v.kind == method || languageFunction(v)
}

// typeNames is what typeof makes of a value of a kind, empty where more must be known of it.
var typeNames = [...]string{
	unknown: "", undefined: "undefined", null: "object", boolean: "boolean", number: "number", text: "string", buffer: "object",
	array: "object", dictionary: "object", regularExpression: "object", bigInteger: "bigint", symbol: "symbol",
	collection: "object", iterator: "object", closure: "function", globalName: "", module: "", method: "function",
}

func prefixed(k js.TokenType, v value) (value, bool) {
	switch k {
	case js.AwaitToken:
		return v, true
	case js.VoidToken:
		return value{kind: undefined}, true
	case js.NotToken:
		truth, ok := v.truthy()
		return booleanValue(!truth), ok
	case js.TypeofToken:
		name := typeNames[v.kind]
		if languageFunction(v) {
			name = "function"
		}
		return textValue(name), name != ""
	}
	n, ok := v.number()
	if !ok {
		if _, plain := v.string(); k != js.AddToken || v.kind != dictionary || !plain || v.more == "Date" {
			return value{}, false
		}
		n = math.NaN()
	}
	switch k {
	case js.SubToken:
		n = -n
	case js.BitNotToken:
		n = float64(^toInt32(n))
	}
	return numberValue(n), true
}
