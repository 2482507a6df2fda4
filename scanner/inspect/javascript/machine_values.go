package javascript

import "plugvet/scanner/inspect/script"

// get returns a property or an element.
func (m *machine) get(v, key value) value {
	if key.kind == unknown {
		return value{}
	}
	switch v.kind {
	case unknown, undefined, null:
		return origin(v)
	case closure:
		if v.fn == nil {
			return value{}
		}
		name, _ := key.string()
		if got, ok := itemOf(v.fn.properties, name); ok {
			return m.got(got, v)
		}
		switch name {
		case "toString":
			return value{kind: method, str: name, self: &value{kind: text, str: m.source(v)}}
		case "prototype":
			p := newDictionary()
			m.put(v.fn.properties, key, p)
			return p
		}
	case dictionary:
		name, _ := key.string()
		if v.self != nil { // a Proxy
			if get, ok := itemOf(*v.self, "get"); ok && get.kind == closure && get.fn != nil {
				return m.run(get, *v.self, asArguments([]value{v, textValue(name), v}))
			}
		}
		if got, ok := itemOf(v, name); ok {
			return m.got(got, v)
		}
		if name == "constructor" {
			return value{kind: globalName, str: "Object", plain: true}
		}
		return value{kind: undefined}
	case array:
		if key.kind == text && v.self != nil {
			switch key.str {
			case "raw":
				return *v.self
			}
		}
	}
	return m.element(v, key)
}

// source is the text of a function.
func (m *machine) source(v value) string {
	if v.fn == nil || v.fn.end <= v.fn.start || !m.step(8) {
		return ""
	}
	return string(m.src[m.tokens[v.fn.start].start:m.tokens[v.fn.end-1].end])
}

// got calls the getter that a property is.
func (m *machine) got(v, this value) value {
	if v.kind == closure && v.more == "get" {
		return m.run(v, this, nil)
	}
	return v
}

func itemOf(v value, name string) (value, bool) {
	if v.keys == nil {
		return value{}, false
	}
	for i := len(*v.keys) - 1; i >= 0; i-- {
		if (*v.keys)[i] == name {
			return (*v.items)[i], true
		}
	}
	return value{}, false
}

// put gives a property or an element a value. It returns the whole, where that is
// another one then.
func (m *machine) put(v, key, item value) value {
	if key.kind == unknown {
		return value{}
	}
	switch v.kind {
	case closure:
		if v.fn != nil {
			m.put(v.fn.properties, key, item)
		}
	case dictionary:
		name, ok := key.string()
		if !ok || !m.step(1+len(*v.keys)/8) {
			return v
		}
		for i := range *v.keys {
			if (*v.keys)[i] == name {
				(*v.items)[i] = item
				return v
			}
		}
		if len(*v.keys) < maxItems/16 && m.step(8) {
			*v.keys = append(*v.keys, name)
			*v.items = append(*v.items, item)
		}
	case array:
		n, ok := key.number()
		if key.kind == text && key.str == "length" {
			n, ok = item.number()
			if i := int(n); ok && i >= 0 && i <= len(*v.items) {
				*v.items = (*v.items)[:i]
			}
			return v
		}
		if i := int(n); ok && float64(i) == n && i >= 0 && i < maxItems && m.step(1+8*max(0, i+1-len(*v.items))) {
			for len(*v.items) <= i {
				*v.items = append(*v.items, value{kind: undefined})
			}
			(*v.items)[i] = item
		}
	case buffer:
		n, ok := key.number()
		b, ok2 := item.number()
		if i := int(n); ok && ok2 && i >= 0 && i < len(v.str) && m.step(1+len(v.str)/64) {
			out := []byte(v.str)
			out[i] = byte(toInt32(b))
			v.str = string(out)
		}
	}
	return v
}

// make evaluates "new" of a value.
func (m *machine) make(v value, args []argument, start, open, end uint32) value {
	switch v.kind {
	case closure:
		if v.fn == nil {
			return value{}
		}
		this := newDictionary()
		if p, ok := itemOf(v.fn.properties, "prototype"); ok && p.kind == dictionary {
			for i, key := range *p.keys {
				m.put(this, textValue(key), (*p.items)[i])
			}
		}
		if got := m.run(v, this, args); got.kind == dictionary || got.kind == array || got.kind == closure {
			return got
		}
		return this
	case module:
		name := v.str + "." + v.more
		m.learnArguments(open, args)
		m.suspect(name, args, start, end)
		m.roleOf(v, name, open)
		m.met(script.Call, name, start, end, !v.plain)
		m.callBack(args)
		if v.str == "module" && (v.more == "" || v.more == "Module") {
			return value{kind: globalName, str: "module"}
		}
		return value{kind: module, str: v.str, more: v.more, plain: true}
	case globalName:
		switch {
		case v.str == "Proxy":
			if len(args) == 2 && args[1].kind == dictionary {
				p := newDictionary()
				handler := args[1].value
				p.self = &handler
				return p
			}
			return value{}
		case builtinError(v.str):
			return m.errorOf(args)
		case v.str == "Map" || v.str == "Set" || v.str == "Promise":
			m.callBack(args)
			return value{}
		}
		if !pure(v.str) || v.str == "Function" {
			m.learnArguments(open, args)
			m.suspect(v.str, args, start, end)
			m.roleOf(v, v.str, open)
		}
		if !pure(v.str) && v.str != "Function" {
			m.met(script.Call, v.str, start, end, !v.plain)
		}
		m.callBack(args)
		if (v.str == "Uint8Array" || v.str == "Array") && len(args) == 1 && args[0].kind == number {
			if n := int(args[0].num); n >= 0 && n < maxItems && m.step(4*n) {
				if v.str == "Uint8Array" {
					return value{kind: buffer, str: string(make([]byte, n))}
				}
				return arrayValue(make([]value, 0, n))
			}
		}
		return m.instance(v.str, args)
	}
	m.callBack(args)
	return value{}
}
