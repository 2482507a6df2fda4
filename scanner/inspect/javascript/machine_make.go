package javascript

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// makeSteps is what it takes to make an instance of a class that is not the script's.
const makeSteps = 32

// make evaluates "new" of a value. Where a class of the language gives an instance, nothing
// is thrown.
func (m *machine) make(v value, args []argument, start, open, end uint32) value {
	made := m.made(v, args, start, open, end)
	if v.kind != closure && (made.kind == unknown || !languageFunction(v)) {
		m.risks++
	}
	return made
}

// replacesThis tells whether what a constructor returns is what "new" gives.
func replacesThis(v value) bool {
	return v.kind >= buffer && v.kind != bigInteger && v.kind != symbol || promiseOf(v) != nil
}

func (m *machine) made(v value, args []argument, start, open, end uint32) value {
	if v.kind != closure {
		m.step(makeSteps + argumentSteps(args))
	}
	switch v.kind {
	case closure:
		if v.fn == nil {
			return value{}
		}
		this := newDictionary()
		*this.keys, *this.items = append(*this.keys, classKey), append(*this.items, v)
		m.addFields(v, this, 0)
		if got := m.initialise(v, this, args, start, open, end); replacesThis(got) {
			return got
		}
		return this
	case method:
		if v.str == "boundTo" {
			return m.make(*v.self, append(asArguments((*v.items)[1:]), args...), start, 0, end)
		}
		if v.str == "bound" && v.self != nil {
			return m.make(*v.self, append(asArguments(*v.items), args...), start, 0, end)
		}
	case unknown:
		if v.also != nil && m.doubts <= freeDoubts {
			var all []value
			m.doubtful(possible, func() {
				for _, one := range *v.also {
					one.also = nil
					all = append(all, m.make(one, args, start, open, end))
				}
			})
			return anyValue(all)
		}
	case dictionary: // a Proxy
		if v.self != nil {
			target, _ := itemOf(v, proxyTarget)
			if trap, ok := itemOf(*v.self, "construct"); ok {
				list := make([]value, len(args))
				for i, a := range args {
					list[i] = a.value
				}
				return m.callFunctionOf(trap, *v.self, asArguments([]value{target, arrayValue(list)}))
			}
			return m.make(target, args, start, open, end)
		}
	case module:
		name := v.str + "." + v.more
		for i := range args {
			args[i].value = addressText(args[i].value)
		}
		m.learnArguments(open, args)
		m.suspect(name, args, start, end)
		m.evaluated(name, args, start, open, end)
		m.roleOf(v, name, open)
		m.met(script.Call, name, start, end, !v.plain)
		m.confirm(v, start, end)
		m.callBack(args)
		m.toNative(v.str, args, start, end)
		if ownFile(v) {
			m.lends(args)
		}
		made := value{kind: module, str: v.str, more: v.more, plain: true, at: open}
		if ownFile(v) && v.more == "" { // which has the number of the file there
			made.at = v.at
		}
		switch name {
		case "worker_threads.Worker":
			if channel := m.starts(name, args, start, end); channel > 0 {
				made.num = float64(supposed + channel)
			}
		case "module.", "module.Module":
			return value{kind: globalName, str: "module"}
		case "repl.REPLServer":
			return m.shell(args, start, end)
		case "string_decoder.StringDecoder", "util.TextDecoder":
			return m.instance("TextDecoder", args)
		case "url.URL", "url.URLSearchParams":
			if got, ok := m.acrossHoles(name, args, func(args []argument) value { return m.instance(v.more, args) }); ok {
				return got
			}
			return m.instance(v.more, args)
		}
		if c := m.newCarrier(name, args, open); c.kind != unknown {
			return c
		}
		if s := m.streamFor(name, args); s.kind != unknown {
			return s
		}
		return made
	case globalName:
		switch {
		case v.str == "Proxy":
			if len(args) == 2 && args[1].kind == dictionary {
				p := newDictionary()
				*p.keys, *p.items = append(*p.keys, proxyTarget), append(*p.items, args[0].value)
				p.self = ptr(args[1].value)
				return p
			}
			return value{}
		case builtinError(v.str):
			return m.errorOf(v.str, args)
		case v.str == "Promise":
			return m.newPromise(argumentOr(args, 0))
		case v.str == "Event" || v.str == "CustomEvent" || v.str == "MessageEvent":
			return m.newEvent(args)
		case v.str == "AbortController":
			return m.newController()
		}
		for i := range args {
			if v.str == "Worker" {
				args[i].value = addressText(args[i].value)
			}
		}
		if !pure(v.str) || v.str == "Function" {
			m.learnArguments(open, args)
			m.suspect(v.str, args, start, end)
			m.evaluated(v.str, args, start, open, end)
			m.roleOf(v, v.str, open)
		}
		if !pure(v.str) && v.str != "Function" {
			m.met(script.Call, v.str, start, end, !v.plain)
			m.startedByRuntime(v.str, args, start, end)
		}
		m.callBack(args)
		if len(args) == 1 && args[0].kind == number && (v.str == "Array" || strings.HasSuffix(v.str, "Array")) {
			if n := int(args[0].num); n >= 0 && n < maxItems && m.step(4*n) {
				if v.str == "Uint8Array" || v.str == "Int8Array" || v.str == "Uint8ClampedArray" {
					return shared(value{kind: buffer, str: string(make([]byte, n))})
				}
				items := make([]value, n)
				for i := range items {
					if items[i].kind = undefined; v.str != "Array" {
						items[i] = numberValue(0)
					}
				}
				list := arrayValue(items)
				if v.str == "Array" {
					return list
				}
				return m.instance(v.str, []argument{{value: list}})
			}
		}
		got, viewed := m.viewed(v.str, args)
		if !viewed {
			got, viewed = m.acrossHoles(v.str, args, func(args []argument) value { return m.instance(v.str, args) })
		}
		if !viewed {
			if got = shared(m.instance(v.str, args)); got.kind == unknown {
				got = m.forked(args, func(args []argument) value { return m.instance(v.str, args) })
			}
		}
		if got.kind == unknown && got.also == nil {
			got = m.newCarrier(v.str, args, open)
		}
		if got.kind == unknown && got.also == nil {
			got = m.streamFor(v.str, args)
		}
		switch {
		case got.kind != unknown || got.decoded || got.also != nil:
		case v.str == "Function":
			return m.codeValue(v.str, args, open)
		default:
			if strings.HasPrefix(v.str, "WebAssembly.") && len(args) > 0 {
				if made, ok := m.ofWebAssembly(v.str, args); ok {
					return made
				}
				m.callsBack(args)
			}
			return outcomeOf(v.str, v, args)
		}
		return got
	}
	m.callBack(args)
	return value{}
}
