package javascript

import (
	"math"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// stringAt returns the value of a string.
func (e *evaluator) stringAt(i uint32) value {
	t := e.tokens[i]
	s, changed := decodeEscapes(string(e.src[t.start+1 : t.end-1]))
	return value{kind: text, str: s, plain: !changed || !strings.Contains(e.text(i), `\x`) && !strings.Contains(e.text(i), `\u`)}
}

// numberAt returns the value of a number.
func (e *evaluator) numberAt(i uint32) (value, bool) {
	s := strings.ReplaceAll(e.text(i), "_", "")
	if digits, big := strings.CutSuffix(s, "n"); big {
		n := bigOf(textValue(digits))
		if n == nil {
			return value{}, false
		}
		return bigValue(n), true
	}
	n, ok := numberLiteral(s)
	return numberValue(n), ok
}

func numberLiteral(s string) (float64, bool) {
	s = strings.ReplaceAll(s, "_", "")
	if len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '7' {
		if n, err := strconv.ParseUint(s, 8, 64); err == nil {
			return float64(n), true
		}
	}
	n := textNumber(s)
	return n, !math.IsNaN(n)
}

// template evaluates a template whose parts are all constant.
func (e *evaluator) template(i uint32, raw bool) (value, uint32, bool) {
	if e.kind(i) == js.TemplateToken {
		s, changed := e.partAt(i, raw)
		return value{kind: text, str: s, plain: !changed}, i + 1, true
	}
	var b strings.Builder
	decoded := false
	for {
		part, _ := e.partAt(i, raw)
		b.WriteString(part)
		if e.kind(i) == js.TemplateEndToken {
			return value{kind: text, str: b.String(), decoded: decoded}, i + 1, true
		}
		next := e.tokens[i].ref
		v, end, ok := e.expression(i+1, precedenceAssign)
		if !ok || next == 0 || end != next {
			return value{}, i, false
		}
		s, ok := v.string()
		if !ok || !e.Take(len(s)+len(part)) {
			return value{}, i, false
		}
		b.WriteString(s)
		decoded = decoded || v.decoded
		i = next
	}
}

// partAt returns the text of one part of a template.
func (e *evaluator) partAt(i uint32, raw bool) (string, bool) {
	s := e.text(i)[1:]
	if k := e.kind(i); k == js.TemplateToken || k == js.TemplateEndToken {
		s = s[:len(s)-1]
	} else {
		s = s[:len(s)-2]
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if raw {
		return s, false
	}
	return decodeEscapes(s)
}

// array evaluates an array of constants.
func (e *evaluator) array(i uint32) (value, uint32, bool) {
	close := e.tokens[i].ref
	if close == 0 {
		return value{}, i, false
	}
	items := []value{}
	for at := i + 1; at < close; at++ {
		if len(items) == 1 { // the first is known: make room for all
			n := e.count(at, close)
			if n >= maxItems {
				return value{}, i, false
			}
			items = append(make([]value, 0, n+1), items...)
		}
		if e.kind(at) == js.CommaToken {
			items = append(items, value{kind: undefined})
			continue
		}
		spread := e.kind(at) == js.EllipsisToken
		if spread {
			at++
		}
		v, end, ok := e.expression(at, precedenceAssign)
		if !ok || e.kind(end) != js.CommaToken && end != close || len(items) >= maxItems {
			return value{}, i, false
		}
		if spread {
			more, ok := e.iterate(v)
			if !ok || len(items)+len(more) > maxItems {
				return value{}, i, false
			}
			items = append(items, more...)
		} else {
			items = append(items, v)
		}
		at = end
	}
	return arrayValue(items), close + 1, true
}

const maxItems = 1 << 17 // of an array that is computed

// iterate returns what a value gives item by item.
func iterate(v value) ([]value, bool) {
	switch v.kind {
	case collection:
		return entries(v), v.more != partial || v.self == nil
	case array:
		return *v.items, true
	case iterator:
		left := *v.items
		*v.items = nil
		return left, true
	case buffer:
		if len(v.str) > maxItems {
			return nil, false
		}
		items := make([]value, len(v.str))
		for i := range items {
			items[i] = numberValue(float64(v.str[i]))
		}
		return items, true
	case text:
		if len(v.str) > maxItems {
			return nil, false
		}
		items := make([]value, 0, len(v.str))
		for _, r := range v.str {
			items = append(items, textValue(string(r)))
		}
		return items, true
	}
	return nil, false
}

// dictionary evaluates an object literal. Values that are no constants are
// unknown; only a spread of one makes the whole unknown.
func (e *evaluator) dictionary(i uint32) (value, uint32, bool) {
	close := e.tokens[i].ref
	if close == 0 {
		return value{}, i, false
	}
	n := e.count(i+1, close)
	if n > maxItems {
		return value{}, i, false
	}
	keys, items := make([]string, 0, n), make([]value, 0, n)
	for at := i + 1; at < close; at++ {
		if !e.Step() {
			return value{}, i, false
		}
		var key string
		k := e.kind(at)
		name := at
		switch {
		case k == js.OpenBracketToken && e.tokens[at].ref > 0:
			v, end, ok := e.expression(at+1, precedenceAssign)
			s, ok2 := v.string()
			if !ok || !ok2 || end != e.tokens[at].ref {
				return value{}, i, false
			}
			key, at = s, end
		case k == js.StringToken:
			key = e.stringAt(at).str
		case js.IsIdentifierName(k):
			key = e.nameAt(at)
		case js.IsNumeric(k):
			n, _ := numberLiteral(e.text(at))
			key = numberText(n)
		default:
			return value{}, i, false
		}
		at++
		v := value{}
		switch e.kind(at) {
		case js.ColonToken:
			item, end, ok := e.expression(at+1, precedenceAssign)
			if ok && (e.kind(end) == js.CommaToken || end == close) {
				v, at = item, end
			} else {
				at = e.next(at+1, close)
			}
		case js.CommaToken, js.CloseBraceToken:
			if !js.IsIdentifier(k) {
				return value{}, i, false
			}
			v, _, _ = e.primary(name)
		case js.OpenParenToken:
			v, at, _ = e.functionAt(at)
			if v.kind != closure {
				return value{}, i, false
			}
		default:
			return value{}, i, false
		}
		keys, items = append(keys, key), append(items, v)
	}
	made := newDictionary()
	*made.keys, *made.items = keys, items
	return made, close + 1, true
}

// group evaluates what stands in parentheses: a list of which the last counts,
// or the parameters of an arrow function.
func (e *evaluator) group(i uint32) (value, uint32, bool) {
	close := e.tokens[i].ref
	if close == 0 {
		return value{}, i, false
	}
	if e.kind(close+1) == js.ArrowToken {
		return e.functionAt(i)
	}
	at := i + 1
	for {
		v, end, ok := e.expression(at, precedenceAssign)
		switch {
		case ok && end == close:
			v.plain = v.plain && (at == i+1 || v.kind != text)
			return v, close + 1, true
		case ok && e.kind(end) == js.CommaToken:
			at = end + 1
		case ok && e.kind(end) == js.AsToken: // TypeScript: (x as any)
			return v, close + 1, true
		default:
			return e.alternative(i, close)
		}
	}
}

// alternative evaluates "(something || fetch)" to the function that stands last,
// if that is what is called.
func (e *evaluator) alternative(i, close uint32) (value, uint32, bool) {
	if k := e.kind(close - 2); e.kind(close+1) == js.OpenParenToken && close > i+2 && js.IsIdentifier(e.kind(close-1)) &&
		(k == js.OrToken || k == js.NullishToken || k == js.ColonToken) {
		if v, end, ok := e.primary(close - 1); ok && end == close && (v.kind == globalName || v.kind == module) {
			return v, close + 1, true
		}
	}
	return value{}, i, false
}

// functionAt returns the function that begins at a token: its keyword, its
// parenthesis or its only parameter.
func (e *evaluator) functionAt(i uint32) (value, uint32, bool) {
	at := i
	for n := 0; n < 3 && e.kind(at) != js.OpenParenToken && e.kind(at+1) != js.ArrowToken; n++ {
		at++
	}
	f := value{kind: closure, at: at, env: e.env}
	body := at + 1
	if e.kind(at) == js.OpenParenToken {
		if e.tokens[at].ref == 0 {
			return value{}, i, false
		}
		body = e.tokens[at].ref + 1
	}
	if e.kind(body) == js.ArrowToken {
		body++
		if e.kind(body) != js.OpenBraceToken {
			return f, e.until(body, js.CommaToken), true
		}
	}
	if e.kind(body) != js.OpenBraceToken || e.tokens[body].ref == 0 {
		return value{}, i, false
	}
	return f, e.tokens[body].ref + 1, true
}
