package javascript

import (
	"math"
	"strings"
	"time"
)

// callMethod evaluates the call of a method of a constant.
func (e *evaluator) callMethod(m value, args []argument, start, end uint32) value {
	self := m.self
	if native(m) != nil {
		return e.machine.ofModule(m, args)
	}
	switch m.str {
	case "call", "apply", "bind":
		return e.applied(m, args, start, end)
	case symbolKey + "Symbol.iterator":
		if self.kind == iterator || e.machine == nil { // an iterator gives itself, with what is left
			return *self
		}
		if items, ok := e.iterate(*self); ok {
			return iteratorValue(items)
		}
		return *self
	case "promisify":
		if m := e.machine; m != nil {
			p := &promise{}
			m.apply(*self, value{}, append(args[:len(args):len(args)], argument{value: value{kind: method, str: "answer", self: &value{}, fn: &callable{promise: p}}}))
			return p.outcome()
		}
		return value{}
	case "answer": // of a function that was promised
		if e.machine != nil && m.fn != nil {
			if failed, _ := argumentOr(args, 0).truthy(); failed {
				e.machine.settle(m.fn.promise, argumentOr(args, 0), true)
			} else {
				e.machine.settle(m.fn.promise, argumentOr(args, 1), false)
			}
		}
		return value{kind: undefined}
	case "callbackify":
		if m := e.machine; m != nil && len(args) > 0 {
			last := len(args) - 1
			answer := func(v value) { m.apply(args[last].value, value{}, asArguments([]value{{kind: null}, v})) }
			got := m.apply(*self, value{}, args[:last])
			if p := promiseOf(got); p != nil {
				m.await(p, func() { answer(p.v) })
			} else {
				answer(got)
			}
		}
		return value{kind: undefined}
	case "pushed": // by a stream's function
		if m := e.machine; m != nil && len(args) > 1 {
			if s := m.streamOf(*self); s != nil {
				m.handOn(s, args[1].value)
			}
		}
		return value{kind: undefined}
	case "derived":
		if e.machine != nil {
			return e.machine.derived(*self, m.more, args, start, end)
		}
		return value{}
	case "boundTo":
		if items := *m.items; e.machine != nil {
			return e.machine.apply(*self, items[0], append(asArguments(items[1:]), args...))
		}
		return value{}
	case "bound":
		return e.invoke(*self, append(asArguments(*m.items), args...), start, end)
	case "then", "catch", "finally": // a promise stands for what it comes to
		if e.machine != nil {
			return e.machine.promiseMethod(*self, m.str, args, start, end)
		}
		if self.kind == module && m.str == "then" && len(args) > 0 {
			e.invoke(args[0].value, asArguments([]value{*self}), start, end)
			return value{}
		}
		if self.kind == module {
			return *self
		}
	case "settle", "reject": // what the function in new Promise is given
		if e.machine != nil && m.fn != nil && m.fn.promise != nil {
			e.machine.settle(m.fn.promise, argumentOr(args, 0), m.str == "reject")
		}
		return value{kind: undefined}
	case "abort": // of an AbortController
		if e.machine != nil && self.kind == dictionary {
			e.machine.put(*self, textValue("reason"), argumentOr(args, 0))
			e.machine.emit("abort", event{})
			return value{kind: undefined}
		}
	case "select":
		if n, ok := argumentOr(args, 0).number(); ok {
			return textValue(plural(n, itemText(*self, "type") == "ordinal"))
		}
		return value{}
	case "segment":
		if s := argumentOr(args, 0); s.kind == text && len(s.str) <= maxItems && e.Take(16*len(s.str)) {
			return segments(s.str, itemText(*self, "granularity"))
		}
		return value{}
	case "Intl.ListFormat":
		if items, ok := e.iterate(argumentOr(args, 0)); ok && e.Take(16*len(items)) {
			return listed(items, *self)
		}
		return value{}
	case "Intl.NumberFormat":
		if n, ok := argumentOr(args, 0).number(); ok {
			return grouped(n, *self)
		}
		return value{}
	case "collate":
		if a, b := argumentOr(args, 0), argumentOr(args, 1); a.kind == text && b.kind == text && e.Take((len(a.str)+len(b.str))/16) {
			numeric, _ := itemOf(*self, "numeric")
			return numberValue(float64(collate(a.str, b.str, numeric.num != 0)))
		}
		return value{}
	case "code":
		for i, name := range *m.items {
			e.giveCode(m, name.str, argumentOr(args, i))
		}
		all := make([]value, len(args))
		for i, a := range args {
			all[i] = a.value
		}
		e.giveCode(m, "arguments", arrayValue(all))
		return value{}
	case "tag": // Object.prototype.toString
		if tag, ok := tagOf(*self); ok {
			return textValue(tag)
		}
		return value{}
	case "source": // Function.prototype.toString, whatever the function itself says that it is
		if m := e.machine; m != nil && self.kind == closure && self.fn != nil {
			return textValue(m.source(*self))
		}
		if s, ok := self.string(); ok {
			return textValue(s)
		}
		return value{}
	case "return": // of a function that new Function made
		if self == nil {
			return value{}
		}
		return *self
	case "TextDecoder":
		if len(args) == 0 {
			return m
		}
	case "decode":
		if self.kind == method && self.str == "TextDecoder" && len(args) > 0 {
			if v := args[0].value; v.kind == array && v.num > 0 {
				args[0].value = wideBytes(*v.items, int(v.num), v.more)
			}
			if args[0].kind == buffer {
				if s, ok := bytesToText(args[0].str, strings.ToLower(self.self.str)); ok {
					return value{kind: text, str: s, decoded: args[0].decoded}
				}
			}
			return value{}
		}
	case "encode":
		if self.kind == method && self.str == "TextEncoder" && len(args) > 0 && args[0].kind == text {
			return value{kind: buffer, str: args[0].str}
		}
	}
	if base, ok := itemOf(*self, baseKey); ok && m.more != "" && self.kind == dictionary { // of the class that its own extends
		self = ptr(base)
	}
	if m.more == "Array" && self.kind != array {
		if items, ok := e.arrayLike(*self); ok {
			self = ptr(arrayValue(items))
		}
	}
	switch self.kind {
	case collection:
		return e.collectionMethod(*self, m.str, args, start, end)
	case iterator:
		return e.iteratorMethod(*self, m.str, args, start, end)
	case dictionary:
		return e.dictionaryMethod(*self, m.str, args, start, end)
	}
	adds := self.kind == array && (m.str == "push" || m.str == "unshift")
	for _, a := range args {
		if a.kind == unknown && !(adds && e.machine != nil) {
			return value{}
		}
	}
	var got value
	switch self.kind {
	case text:
		if e.machine != nil && len(args) > 0 {
			if got, ok := e.machine.matchedByOwn(*self, m.str, args); ok {
				return got
			}
			if base, ok := itemOf(args[0].value, baseKey); ok && base.kind == regularExpression {
				args = append([]argument{{value: base}}, args[1:]...)
			}
		}
		got = e.textMethod(self.str, m.str, e.primitives(m.str, args), start, end)
	case array:
		if m.str == "subarray" && self.num > 0 {
			return e.sublist(*self, args)
		}
		got = e.arrayMethod(self.items, m.str, args, start, end)
	case buffer:
		got = e.bufferMethod(self.str, m.str, args)
		if from, to, ok := bounds(args, len(self.str)); ok && m.str == "subarray" && got.kind == buffer {
			got = part(*self, from, to)
		}
	case number:
		got = numberMethod(self.num, m.str, args)
	case boolean, closure:
		if m.str == "valueOf" {
			return *self
		}
		if s, ok := self.string(); ok && m.str == "toString" {
			got = textValue(s)
		}
	case regularExpression:
		if of, ok := strings.CutPrefix(m.str, symbolKey+"Symbol."); ok && len(args) > 0 { // /x/[Symbol.replace](text, by)
			s, known := args[0].string()
			if known {
				got = e.textMethod(s, of, append([]argument{{value: *self}}, args[1:]...), start, end)
			}
			break
		}
		got = e.regularExpressionMethod(*self, m.str, args)
	case bigInteger:
		if n, base := bigOf(*self), 10; n != nil && m.str == "toString" {
			if b, ok := integer(args, 0, 10); ok && b >= 2 && b <= 36 {
				base = b
			}
			got = textValue(n.Text(base))
		}
	case symbol:
		if m.str == "toString" {
			got = textValue("Symbol(" + self.str + ")")
		}
	}
	if self.decoded && (got.kind == text || got.kind == buffer) {
		got.decoded = true
	}
	return got
}

// applied evaluates call, apply and bind of a function.
func (e *evaluator) applied(m value, args []argument, start, end uint32) value {
	if e.machine != nil && ownFile(*m.self) {
		e.machine.lends(args)
	}
	if m.str == "bind" {
		if m.self.kind == globalName && m.self.str == "Function.prototype" {
			return newDictionary() // a function of its own that does nothing
		}
		if this := argumentOr(args, 0); m.self.kind == closure && m.self.fn != nil && !m.self.fn.arrow && this.kind != unknown && this.kind != undefined && this.kind != null {
			bound := make([]value, len(args))
			for i, a := range args {
				bound[i] = a.value
			}
			return value{kind: method, str: "boundTo", self: m.self, items: &bound}
		}
		if len(args) < 2 {
			return rebound(*m.self, argumentOr(args, 0))
		}
		bound := make([]value, len(args)-1)
		for i, a := range args[1:] {
			bound[i] = a.value
		}
		return value{kind: method, str: "bound", self: ptr(rebound(*m.self, args[0].value)), items: &bound}
	}
	if len(args) == 0 {
		return e.invoke(*m.self, nil, start, end)
	}
	this, rest := args[0].value, args[1:]
	if m.str == "apply" {
		items, _ := e.iterate(argumentOr(rest, 0))
		rest = asArguments(items)
	}
	f := rebound(*m.self, this)
	if e.machine != nil && this.kind == dictionary && hasMethods(f) { // of a function that extends it
		e.machine.newBase(f, this, rest, start, 0, end)
		return value{kind: undefined}
	}
	if e.machine != nil && f.kind == closure {
		return e.machine.apply(f, this, rest)
	}
	return e.invoke(f, rest, start, end)
}

// rebound gives a method another thing to be called on.
func rebound(f, this value) value {
	switch f.kind {
	case method:
		if native(f) != nil {
			return f
		}
		switch f.str {
		case "bound", "boundTo", "return", "settle", "reject", "TextDecoder", "TextEncoder":
			return f
		}
		if this.kind == undefined || this.kind == null {
			return f
		}
		if f.self != nil && f.self.kind == array {
			f.more = "Array"
		}
		f.self = &this
	case globalName:
		of, name, ok := strings.Cut(f.str, ".prototype.")
		switch {
		case f.str == "Object.prototype.toString":
			return value{kind: method, str: "tag", self: &this}
		case f.str == "Function.prototype.toString":
			return value{kind: method, str: "source", self: &this}
		case ok:
			return value{kind: method, str: name, more: of, self: &this}
		}
	}
	return f
}

func asArguments(items []value) []argument {
	args := make([]argument, len(items))
	for i, item := range items {
		args[i] = argument{value: item}
	}
	return args
}

func ptr(v value) *value { return &v }

// dictionaryMethod evaluates the methods that all objects have, and those of a
// date and of an address.
func (e *evaluator) dictionaryMethod(self value, name string, args []argument, start, end uint32) value {
	if ms, ok := setDate(self, name, args); ok && self.more == "Date" {
		return numberValue(ms)
	}
	if self.more == "Date" {
		return dateMethod(self.num, name, args)
	}
	if self.more == cipherObject && e.machine != nil {
		return e.machine.cipherMethod(self, name, args)
	}
	if self.more == streamObject && e.machine != nil {
		return e.machine.streamMethod(self, name, args, start, end)
	}
	switch name {
	case "format", "formatToParts": // of an Intl.DateTimeFormat
		if date := argumentOr(args, 0); self.more == dateFormat && date.more == "Date" && name == "format" {
			return formattedDate(time.UnixMilli(int64(date.num)).UTC(), "Date", (*self.items)[0], (*self.items)[1])
		}
	case "hasOwnProperty", "propertyIsEnumerable":
		if key, ok := keyName(argumentOr(args, 0)); ok {
			_, found := itemOf(self, key)
			return booleanValue(found)
		}
	case "toString", "toJSON", "toLocaleString":
		if s, ok := self.string(); ok {
			return textValue(s)
		}
	case "valueOf":
		return self
	}
	return value{}
}

// integer returns the n-th argument as an integer, or what it is if it is absent.
func integer(args []argument, n, absent int) (int, bool) {
	if n >= len(args) || args[n].kind == undefined {
		return absent, true
	}
	f, ok := args[n].number()
	if !ok {
		return 0, false
	}
	if math.IsNaN(f) {
		return 0, true
	}
	return int(max(-1<<30, min(1<<30, math.Trunc(f)))), true
}

func words(args []argument, n int, absent string) (string, bool) {
	if n >= len(args) || args[n].kind == undefined {
		return absent, true
	}
	return args[n].string()
}

// bounds are those of slice: from the end where they are negative.
func bounds(args []argument, size int) (from, to int, ok bool) {
	from, ok1 := integer(args, 0, 0)
	to, ok2 := integer(args, 1, size)
	if from < 0 {
		from = max(0, size+from)
	}
	if to < 0 {
		to = max(0, size+to)
	}
	from, to = min(from, size), min(to, size)
	return from, max(from, to), ok1 && ok2
}

// arrayLike are the items of what has a length and numbers as keys.
func (e *evaluator) arrayLike(v value) ([]value, bool) {
	if v.kind != dictionary {
		return e.iterate(v)
	}
	n := e.member(v, "length")
	if n.kind != number || n.num < 0 || n.num > maxItems/16 || !e.Take(64*int(n.num)) {
		return nil, false
	}
	items := make([]value, int(n.num))
	for i := range items {
		items[i] = value{kind: undefined}
		if item, ok := itemOf(v, numberText(float64(i))); ok {
			items[i] = item
		}
	}
	return items, true
}
