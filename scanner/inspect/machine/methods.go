package machine

import "iter"

// The methods that a file's own classes have: a message to one of them is a call like any
// other, which the runtime finds by the lists that compilers leave for it.

// Of the runtime of Objective-C (objc4, objc-runtime-new.h): a class, what is constant of it,
// a list of methods, and a category.
const (
	superClass, classData            = 8, 32
	constantName, constantMethods    = 24, 32
	dataFlags                        = 7       // the lowest bits of where the data lies
	smallList                        = 1 << 31 // whose entries are distances of four bytes
	listHead, smallEntry, largeEntry = 8, 12, 24
	categoryClass, categoryMethods   = 8, 16
	maxMethods                       = 1 << 12
	maxSupers                        = 8 // of a class that are asked
)

// A method is one of a class, or of what the class itself is an object of.
type method struct {
	class    uint64
	selector string
}

// learn reads the lists of classes and categories, once for a file.
func (m *machine) learn() {
	m.methods, m.classes, m.classNamed = map[method]uint64{}, map[uint64]bool{}, map[string]uint64{}
	left := maxMethods
	each := func(lists []Span, read func(uint64)) {
		for _, s := range lists {
			for at := s.From; at < s.To && s.To-at >= 8 && left > 0; at += 8 {
				left--
				read(m.peek(at, 8))
			}
		}
	}
	each(m.image.Classes, func(class uint64) {
		m.classes[class] = true
		if name := m.text(m.peek(m.constants(class)+constantName, 8)); name != "" {
			m.classNamed[name] = class
		}
		for _, class := range []uint64{class, m.peek(class, 8)} { // its objects' and its own
			m.list(class, m.peek(m.constants(class)+constantMethods, 8), &left)
		}
	})
	each(m.image.Categories, func(category uint64) {
		class := m.peek(category+categoryClass, 8)
		m.list(class, m.peek(category+categoryMethods, 8), &left)
		m.list(m.peek(class, 8), m.peek(category+categoryMethods+8, 8), &left)
	})
}

// constants is where what is constant of a class lies.
func (m *machine) constants(class uint64) uint64 { return m.peek(class+classData, 8) &^ dataFlags }

// list reads a list of methods.
func (m *machine) list(class, at uint64, left *int) {
	for name, code := range m.methodsAt(at, left) {
		selector := m.text(name)
		if selector == "" || !m.isCode(code) {
			continue
		}
		for _, class := range []uint64{class, 0} { // 0 is an object of which nothing is known
			if _, had := m.methods[method{class, selector}]; !had {
				m.methods[method{class, selector}] = code
			}
		}
	}
}

// methodsAt are the selectors of a list of methods, and their code.
func (m *machine) methodsAt(at uint64, left *int) iter.Seq2[uint64, uint64] {
	return func(yield func(name, code uint64) bool) {
		if m.page(at>>pageBits) == nil {
			return
		}
		small, count := m.peek(at, 4)&smallList != 0, m.peek(at+4, 4)
		for at := at + listHead; count > 0 && *left > 0; count-- {
			*left--
			var name, code uint64
			if small {
				name, code = m.peek(m.distant(at), 8), m.distant(at+8)
				at += smallEntry
			} else {
				name, code = m.peek(at, 8), m.peek(at+16, 8)
				at += largeEntry
			}
			if !yield(name, code) {
				return
			}
		}
	}
}

// distant is the address that lies as far as a number of four bytes says.
func (m *machine) distant(at uint64) uint64 { return at + uint64(int64(int32(m.peek(at, 4)))) }

// ownMethod is the code of the method that a message reaches in a class of the file, or 0. An
// object tells its class by its first word, as a class does what it is an object of.
func (m *machine) ownMethod(object uint64, selector string) uint64 {
	class := m.peek(object, 8)
	for n := 0; class != 0 && n < maxSupers; n++ {
		if code := m.methods[method{class, selector}]; code != 0 {
			return code
		}
		class = m.peek(class+superClass, 8)
	}
	return 0
}

// sent has a message followed where it goes: to a method of the file, or to what Foundation's
// objects do. One to an object or a class of which nothing is known goes to the first method
// of its name.
func (m *machine) sent(a [6]uint64, p processor) (result uint64, known bool) {
	selector := m.text(m.characters(a[1]))
	if a[0] != 0 && len(m.methods) > 0 {
		if m.enters = m.ownMethod(a[0], selector); m.enters != 0 {
			return 0, true
		}
	}
	if result, known = m.message(selector, a, p); !known && a[0] >= importBase {
		m.enters = m.methods[method{0, selector}]
	}
	return result, known
}

// newObject makes an object of a class of the file.
func (m *machine) newObject(class uint64) (object uint64, known bool) {
	if !m.classes[class] {
		return 0, false
	}
	object = m.result("")
	m.write(object, class, 8)
	return object, true
}
