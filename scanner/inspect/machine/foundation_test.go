package machine

import "testing"

// listed gives the arguments of a call one after the other, as those of processors do.
type listed struct {
	processor
	all []uint64
}

func (l listed) argument(n, _ int) uint64 {
	if n < len(l.all) {
		return l.all[n]
	}
	return 0
}

// send sends a message to an object.
func (m *machine) send(object uint64, selector string, arguments ...uint64) uint64 {
	return m.apple("objc_msgSend", append([]uint64{object, m.give(selector)}, arguments...)...)
}

func (m *machine) apple(name string, arguments ...uint64) uint64 {
	var a [6]uint64
	copy(a[:], arguments)
	result, _ := m.foundation(name, a, listed{all: arguments})
	return result
}

func TestObjectsOfFoundationDoWhatTheyDo(t *testing.T) {
	m := testMachine()
	m.image.Apple = true
	of := func(text string) uint64 { return m.send(0, "stringWithUTF8String:", m.give(text)) }
	list := func(texts ...string) uint64 {
		at := m.result("")
		for i, text := range texts {
			m.write(at+8*uint64(i), of(text), 8)
		}
		return m.send(0, "arrayWithObjects:count:", at, uint64(len(texts)))
	}
	grown, more := of("/usr"), list("a")
	m.send(grown, "appendString:", of("/bin"))
	m.send(grown, "appendFormat:", of("/%@"), of("sh"))
	m.send(more, "addObject:", of("b"))
	mutable := m.apple("CFStringCreateMutable")
	m.apple("CFStringAppend", mutable, of("a"))
	m.apple("CFStringAppendCString", mutable, m.give("b"))
	put, took, front := of("NSScript"), of("NS--Apple"), list("b")
	m.send(put, "insertString:atIndex:", of("Apple"), 2)
	m.send(took, "deleteCharactersInRange:", 2, 2)
	m.send(front, "insertObject:atIndex:", of("a"), 0)
	unicode := m.result("")
	m.write(unicode, 'o'|'s'<<16|'a'<<32, 8)
	bytes := of("o")
	m.send(bytes, "appendBytes:length:", m.give("sas"), 2)
	buffer := m.result("")
	m.apple("CFStringGetCString", of("abc"), buffer, 9)
	for _, c := range []struct {
		what, want string
		object     uint64
	}{
		{"joined", "so/cket", m.send(list("so", "cket"), "componentsJoinedByString:", of("/"))},
		{"path", "usr/bin", m.send(0, "pathWithComponents:", list("usr", "bin"))},
		{"backwards", "cba", m.send(m.send(m.send(list("a", "b", "c"), "reverseObjectEnumerator"), "allObjects"), "componentsJoinedByString:", of(""))},
		{"added", "ab", m.send(more, "componentsJoinedByString:", of(""))},
		{"arguments", "xy", m.send(m.send(0, "arrayWithObjects:", of("x"), of("y"), 0), "componentsJoinedByString:", of(""))},
		{"appended", "/usr/bin/sh", grown},
		{"component", "/usr/bin", m.send(of("/usr/"), "stringByAppendingPathComponent:", of("bin"))},
		{"format", "a-7", m.send(0, "stringWithFormat:", of("%@-%d"), of("a"), 7)},
		{"replaced", "osa", m.send(of("o.s.a"), "stringByReplacingOccurrencesOfString:withString:", of("."), of(""))},
		{"parts", "c", m.send(m.send(of("b,c"), "componentsSeparatedByString:", of(",")), "objectAtIndex:", 1)},
		{"from", "cd", m.send(of("abcd"), "substringFromIndex:", 2)},
		{"to", "ab", m.send(of("abcd"), "substringToIndex:", 2)},
		{"beyond", "", m.send(of("abcd"), "substringFromIndex:", 9)},
		{"upper", "OSA", m.send(of("osa"), "uppercaseString")},
		{"capital", "Osa", m.send(of("oSA"), "capitalizedString")},
		{"range", "bc", m.send(of("abcd"), "substringWithRange:", 1, 2)},
		{"range beyond", "d", m.send(of("abcd"), "substringWithRange:", 3, 1<<63)},
		{"replaced range", "aXd", m.send(of("abcd"), "stringByReplacingCharactersInRange:withString:", 1, 2, of("X"))},
		{"inserted", "NSAppleScript", put},
		{"deleted", "NSApple", took},
		{"at the front", "ab", m.send(front, "componentsJoinedByString:", of(""))},
		{"UTF-16", "osa", m.send(0, "stringWithCharacters:length:", unicode, 3)},
		{"bytes", "osa", m.send(bytes, "mutableBytes")},
		{"percent", "osa", m.send(of("%6Fsa"), "stringByRemovingPercentEncoding")},
		{"last component", "sh", m.send(of("/bin/sh"), "lastPathComponent")},
		{"last", "c", m.send(list("a", "c"), "lastObject")},
		{"one more", "ac", m.send(m.send(list("a"), "arrayByAddingObject:", of("c")), "componentsJoinedByString:", of(""))},
		{"lower", "osa", m.send(of("OSA"), "lowercaseString")},
		{"base64", "osa", m.send(m.send(0, "initWithBase64EncodedString:options:", of("b3Nh"), 0), "UTF8String")},
		{"selector", "new", m.apple("sel_registerName", m.give("new"))},
		{"mutable", "ab", mutable},
		{"characters", "abc", buffer},
		{"CFStringCreateByCombiningStrings", "a.b", m.apple("CFStringCreateByCombiningStrings", 0, list("a", "b"), of("."))},
		{"CFStringCreateWithFormat", "<a>", m.apple("CFStringCreateWithFormat", 0, 0, of("<%@>"), of("a"))},
		{"CFStringCreateWithBytes", "ab", m.apple("CFStringCreateWithBytes", 0, m.give("abc"), 2)},
	} {
		if got := m.text(c.object); got != c.want {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	if m.send(of("abc"), "characterAtIndex:", 1) != 'b' || m.send(of("abc"), "length") != 3 {
		t.Error("a text does not know its letters")
	}
	if m.send(list("a", "b"), "count") != 2 {
		t.Error("a list does not know how long it is")
	}
}

// A compiler's string is a class, flags, the address of its characters and their number.
func TestStringsOfCompilersAreRead(t *testing.T) {
	data := make([]byte, 0x1000)
	copy(data[0x100:], "osa")
	data[0x11], data[0x18] = 0x21, 3
	first := &machine{image: &Image{Apple: true, Segments: []Segment{{Addr: 0x2000, Data: data}}}, room: new(room), pages: map[uint64]*page{}, byName: map[string]uint64{}}
	first.fill()
	m := first.again(false)
	m.steps = allSteps
	if got := m.text(m.send(0x2000, "stringByAppendingString:", m.give("!"))); got != "osa!" {
		t.Errorf("%q", got)
	}
}

func TestOnlyAppleHasFoundation(t *testing.T) {
	m := testMachine()
	if m.apple("CFStringCreateMutable") != 0 {
		t.Error("on Linux there is CoreFoundation")
	}
}
