package machine

import "testing"

// sends sends a message to an object.
func (m *machine) sends(object uint64, selector string, arguments ...uint64) uint64 {
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
	of := func(text string) uint64 { return m.sends(0, "stringWithUTF8String:", m.give(text)) }
	list := func(texts ...string) uint64 {
		at := m.result("")
		for i, text := range texts {
			m.write(at+8*uint64(i), of(text), 8)
		}
		return m.sends(0, "arrayWithObjects:count:", at, uint64(len(texts)))
	}
	grown, more := of("/usr"), list("a")
	m.sends(grown, "appendString:", of("/bin"))
	m.sends(grown, "appendFormat:", of("/%@"), of("sh"))
	m.sends(more, "addObject:", of("b"))
	mutable := m.apple("CFStringCreateMutable")
	m.apple("CFStringAppend", mutable, of("a"))
	m.apple("CFStringAppendCString", mutable, m.give("b"))
	put, took, front := of("NSScript"), of("NS--Apple"), list("b")
	m.sends(put, "insertString:atIndex:", of("Apple"), 2)
	m.sends(took, "deleteCharactersInRange:", 2, 2)
	m.sends(front, "insertObject:atIndex:", of("a"), 0)
	unicode := m.result("")
	m.write(unicode, 'o'|'s'<<16|'a'<<32, 8)
	bytes := of("o")
	m.sends(bytes, "appendBytes:length:", m.give("sas"), 2)
	id := m.result("")
	m.sends(m.sends(0, "initWithUUIDString:", of("6F736173-6372-6970-7400-000000000000")), "getUUIDBytes:", id)
	buffer := m.result("")
	m.apple("CFStringGetCString", of("abc"), buffer, 9)
	for _, c := range []struct {
		what, want string
		object     uint64
	}{
		{"an identifier", "osascript", id},
		{"joined", "so/cket", m.sends(list("so", "cket"), "componentsJoinedByString:", of("/"))},
		{"path", "usr/bin", m.sends(0, "pathWithComponents:", list("usr", "bin"))},
		{"backwards", "cba", m.sends(m.sends(m.sends(list("a", "b", "c"), "reverseObjectEnumerator"), "allObjects"), "componentsJoinedByString:", of(""))},
		{"added", "ab", m.sends(more, "componentsJoinedByString:", of(""))},
		{"arguments", "xy", m.sends(m.sends(0, "arrayWithObjects:", of("x"), of("y"), 0), "componentsJoinedByString:", of(""))},
		{"appended", "/usr/bin/sh", grown},
		{"component", "/usr/bin", m.sends(of("/usr/"), "stringByAppendingPathComponent:", of("bin"))},
		{"format", "a-7", m.sends(0, "stringWithFormat:", of("%@-%d"), of("a"), 7)},
		{"replaced", "osa", m.sends(of("o.s.a"), "stringByReplacingOccurrencesOfString:withString:", of("."), of(""))},
		{"parts", "c", m.sends(m.sends(of("b,c"), "componentsSeparatedByString:", of(",")), "objectAtIndex:", 1)},
		{"from", "cd", m.sends(of("abcd"), "substringFromIndex:", 2)},
		{"to", "ab", m.sends(of("abcd"), "substringToIndex:", 2)},
		{"beyond", "", m.sends(of("abcd"), "substringFromIndex:", 9)},
		{"upper", "OSA", m.sends(of("osa"), "uppercaseString")},
		{"capital", "Osa", m.sends(of("oSA"), "capitalizedString")},
		{"range", "bc", m.sends(of("abcd"), "substringWithRange:", 1, 2)},
		{"range beyond", "d", m.sends(of("abcd"), "substringWithRange:", 3, 1<<63)},
		{"replaced range", "aXd", m.sends(of("abcd"), "stringByReplacingCharactersInRange:withString:", 1, 2, of("X"))},
		{"inserted", "NSAppleScript", put},
		{"deleted", "NSApple", took},
		{"at the front", "ab", m.sends(front, "componentsJoinedByString:", of(""))},
		{"UTF-16", "osa", m.sends(0, "stringWithCharacters:length:", unicode, 3)},
		{"bytes", "osa", m.sends(bytes, "mutableBytes")},
		{"percent", "osa", m.sends(of("%6Fsa"), "stringByRemovingPercentEncoding")},
		{"last component", "sh", m.sends(of("/bin/sh"), "lastPathComponent")},
		{"last", "c", m.sends(list("a", "c"), "lastObject")},
		{"one more", "ac", m.sends(m.sends(list("a"), "arrayByAddingObject:", of("c")), "componentsJoinedByString:", of(""))},
		{"lower", "osa", m.sends(of("OSA"), "lowercaseString")},
		{"base64", "osa", m.sends(m.sends(0, "initWithBase64EncodedString:options:", of("b3Nh"), 0), "UTF8String")},
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
	if m.sends(of("abc"), "characterAtIndex:", 1) != 'b' || m.sends(of("abc"), "length") != 3 {
		t.Error("a text does not know its letters")
	}
	if m.sends(list("a", "b"), "count") != 2 {
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
	if got := m.text(m.sends(0x2000, "stringByAppendingString:", m.give("!"))); got != "osa!" {
		t.Errorf("%q", got)
	}
}

func TestOnlyAppleHasFoundation(t *testing.T) {
	m := testMachine()
	if m.apple("CFStringCreateMutable") != 0 {
		t.Error("on Linux there is CoreFoundation")
	}
}
