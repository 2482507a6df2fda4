package wasm

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// head begins every module.
const head = "\x00asm\x01\x00\x00\x00"

func leb(n int) string {
	out := ""
	for n >= 0x80 {
		out += string([]byte{byte(n) | 0x80})
		n >>= 7
	}
	return out + string([]byte{byte(n)})
}

func counted(s string) string { return leb(len(s)) + s }

func section(id byte, content string) string { return string([]byte{id}) + counted(content) }

func list(items ...string) string { return leb(len(items)) + strings.Join(items, "") }

// kit is a module with a memory, a table and some functions, each of which takes two
// numbers and gives one, and is exported by a letter. The first import, if any, is one of
// these too.
func kit(imports bool, bodies ...string) string {
	signatures := list("\x60\x02\x7f\x7f\x01\x7f", "\x60\x00\x00", "\x60\x01\x7e\x01\x7e")
	var types, exports, code []string
	first := 0
	out := head + section(1, signatures)
	if imports {
		first = 1
		out += section(2, list(counted("env")+counted("f")+"\x00\x00"))
	}
	exports = append(exports, counted("memory")+"\x02\x00")
	for n, body := range bodies {
		types = append(types, "\x00")
		exports = append(exports, counted(string(rune('a'+n)))+"\x00"+leb(first+n))
		code = append(code, counted("\x01\x02\x7f"+body+"\x0b"))
	}
	return out + section(3, list(types...)) + section(4, list("\x70\x00\x04")) + section(5, list("\x01\x01\x03")) +
		section(6, list("\x7f\x01\x41\x05\x0b", "\x7f\x00\x41\x03\x41\x04\x6a\x0b")) + section(7, list(exports...)) +
		section(9, list("\x00\x41\x01\x0b"+list("\x00"))) + section(10, list(code...)) +
		section(11, list("\x00\x41\x10\x0b"+counted("child"), "\x01"+counted("process")))
}

// call makes an instance of a module and calls its function a.
func call(t *testing.T, module string, host func([]Value) ([]Value, bool), args ...Value) ([]Value, Outcome, *Store, *Instance) {
	t.Helper()
	m, ok := Read([]byte(module))
	if !ok {
		t.Fatalf("%q is not read", module)
	}
	s := &Store{Steps: 1 << 16}
	i, outcome := s.Instantiate(m, func(i Import) any { return &Function{Signature: i.Signature, Host: host} })
	if i == nil || outcome != Done {
		t.Fatalf("there is no instance: %v", outcome)
	}
	for _, e := range m.Exports {
		if f, ok := i.Exported(e).(*Function); ok && e.Name == "a" {
			got, outcome := s.Call(f, args)
			return got, outcome, s, i
		}
	}
	t.Fatal("it has no function")
	return nil, Done, nil, nil
}

func TestNumbersAreComputed(t *testing.T) {
	data, err := os.ReadFile("testdata/numeric.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		var n []uint64
		for _, w := range words[:len(words)-1] {
			v, err := strconv.ParseUint(w, 16, 64)
			if err != nil {
				t.Fatal(err)
			}
			n = append(n, v)
		}
		op := uint16(n[0])
		if takesTwo(op) != (len(n) == 3) {
			t.Fatalf("%x takes %d numbers", op, len(n)-1)
		}
		got, ok := numeric(op, n[1], n[len(n)-1])
		said := strconv.FormatUint(got, 16)
		if short := op >= 0x8b && op <= 0x98 || op >= 0xb2 && op <= 0xb6; words[len(words)-1] == "NaN" && (short && math.IsNaN(float32Of(got)) || math.IsNaN(math.Float64frombits(got))) {
			said = "NaN"
		}
		if !ok {
			said = "trap"
		}
		if said != words[len(words)-1] {
			t.Errorf("%s: got %s", strings.TrimSpace(line), said)
		}
	}
}

func TestFunctionsAreFollowed(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want uint64
	}{
		"constant":          {"\x41\x7f", 0xffffffff},
		"sum":               {"\x20\x00\x20\x01\x6a", 15},
		"locals":            {"\x20\x00\x22\x02\x21\x03\x20\x03\x20\x02\x6c", 49},
		"block":             {"\x02\x7f\x41\x01\x41\x02\x20\x00\x0d\x00\x1a\x0b", 2},
		"block, passed":     {"\x02\x7f\x41\x01\x41\x02\x41\x00\x0d\x00\x1a\x0b", 1},
		"loop":              {"\x03\x40\x20\x02\x41\x02\x6a\x22\x02\x20\x00\x48\x0d\x00\x0b\x20\x02", 8},
		"if":                {"\x20\x00\x04\x7f\x41\x0a\x05\x41\x14\x0b", 10},
		"else":              {"\x41\x00\x04\x7f\x41\x0a\x05\x41\x14\x0b", 20},
		"if without else":   {"\x41\x00\x04\x40\x41\x05\x21\x02\x0b\x20\x02", 0},
		"br_table":          {"\x02\x40\x02\x40\x02\x40\x41\x01\x0e\x02\x00\x01\x02\x0b\x41\x01\x0f\x0b\x41\x02\x0f\x0b\x41\x03", 2},
		"br_table, default": {"\x02\x40\x02\x40\x02\x40\x41\x7f\x0e\x02\x00\x01\x02\x0b\x41\x01\x0f\x0b\x41\x02\x0f\x0b\x41\x03", 3},
		"far branch":        {"\x02\x7f\x03\x40\x41\x2a\x0c\x01\x0b\x00\x0b", 42},
		"return":            {"\x02\x40\x03\x40\x41\x09\x0f\x0b\x0b\x41\x01", 9},
		"select":            {"\x41\x01\x41\x02\x41\x00\x1b", 2},
		"select of a type":  {"\x41\x01\x41\x02\x41\x01\x1c\x01\x7f", 1},
		"globals":           {"\x23\x00\x23\x01\x6a\x24\x00\x23\x00", 12},
		"load":              {"\x41\x00\x2d\x00\x10", 'c'},
		"load with a sign":  {"\x41\x08\x41\xff\x01\x3a\x00\x00\x41\x08\x2c\x00\x00", 0xffffffff},
		"store":             {"\x41\x08\x41\xc0\xc4\x07\x36\x02\x00\x41\x09\x2f\x00\x00", 0x01e2},
		"store of 64 bits":  {"\x41\x08\x42\x81\x80\x80\x80\x80\x01\x37\x03\x00\x41\x0b\x28\x02\x00", 0x800},
		"memory.size":       {"\x3f\x00", 1},
		"memory.grow":       {"\x41\x02\x40\x00\x1a\x41\xff\xff\x0b\x2d\x00\x00\x3f\x00\x6a", 3},
		"memory.grow, full": {"\x41\x03\x40\x00", 0xffffffff},
		"memory.fill":       {"\x41\x20\x41\x01\x41\x04\xfc\x0b\x00\x41\x20\x28\x02\x00", 0x01010101},
		"memory.copy":       {"\x41\x11\x41\x10\x41\x04\xfc\x0a\x00\x00\x41\x12\x2d\x00\x00", 'h'},
		"memory.init":       {"\x41\x00\x41\x01\x41\x02\xfc\x08\x01\x00\x41\x00\x2f\x01\x00", 'r' | 'o'<<8},
		"call":              {"\x20\x00\x41\x08\x46\x04\x7f\x41\x63\x05\x41\x08\x41\x01\x10\x00\x0b", 0xffffffe3},
		"call_indirect":     {"\x20\x00\x41\x08\x46\x04\x7f\x41\x0d\x05\x41\x08\x41\x01\x41\x01\x11\x00\x00\x0b", 13},
		"return_call":       {"\x20\x00\x41\x08\x46\x04\x7f\x41\x0d\x05\x41\x08\x41\x01\x12\x00\x0b", 13},
		"sign extension":    {"\x41\x80\x01\xc0", 0xffffff80},
		"floats":            {"\x44\x00\x00\x00\x00\x00\x00\x0c\x40\x44\x00\x00\x00\x00\x00\x00\x10\x40\xa2\xaa", 14},
		"saturation":        {"\x43\x00\x00\x80\x7f\xfc\x00", 0x7fffffff},
		"references":        {"\xd0\x70\xd1\xd2\x00\xd1\x41\x02\x6c\x6a", 1},
		"tables":            {"\x41\x02\xd2\x00\x26\x00\x41\x02\x25\x00\xd1\xd0\x70\x41\x03\xfc\x0f\x00\x6a\xfc\x10\x00\x6a", 11},
		"block of a type":   {"\x41\x05\x42\x03\x02\x02\x42\x04\x7e\x0b\xa7\x6a", 17},
	} {
		got, outcome, _, _ := call(t, kit(false, c.body), nil, Value{Bits: 7}, Value{Bits: 8})
		if outcome != Done || len(got) != 1 || got[0] != (Value{Bits: c.want}) {
			t.Errorf("%s: %v, %v, want %#x", name, got, outcome, c.want)
		}
	}
}

func TestWhatGoesWrongIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want Outcome
	}{
		"unreachable":            {"\x00", Trapped},
		"division by zero":       {"\x41\x01\x41\x00\x6d", Trapped},
		"behind the memory":      {"\x41\xfd\xff\x03\x28\x00\x00", Trapped},
		"behind all addresses":   {"\x41\x7f\x28\x00\xff\xff\xff\xff\x0f", Trapped},
		"store behind it":        {"\x41\xff\xff\x03\x41\x00\x3b\x00\x00\x41\x00", Trapped},
		"no such entry":          {"\x41\x00\x41\x00\x41\x04\x11\x00\x00", Trapped},
		"entry of another type":  {"\x41\x01\x11\x01\x00\x41\x00", Trapped},
		"copy behind it":         {"\x41\x00\x41\xff\xff\x03\x41\x02\xfc\x0a\x00\x00\x41\x00", Trapped},
		"a number is too large":  {"\x43\x00\x00\x80\x7f\xa8", Trapped},
		"without end":            {"\x03\x40\x0c\x00\x0b\x41\x00", Lost},
		"calls without end":      {"\x41\x00\x41\x00\x10\x00", Lost},
		"nothing on the stack":   {"\x6a", Lost},
		"too little on it":       {"\x02\x7f\x0b", Lost},
		"nothing for a branch":   {"\x02\x7f\x0c\x00\x0b", Lost},
		"no such block":          {"\x0c\x09\x41\x00", Lost},
		"no such variable":       {"\x20\x63", Lost},
		"no such function":       {"\x10\x63", Lost},
		"no such global":         {"\x23\x63", Lost},
		"no such table":          {"\x41\x00\x25\x63", Lost},
		"no such data":           {"\x41\x00\x41\x00\x41\x00\xfc\x08\x63\x00\x41\x00", Lost},
		"vectors":                {"\xfd\x0c" + strings.Repeat("\x00", 16) + "\xfd\x15\x00", Lost},
		"an else by itself":      {"\x05\x41\x00", Lost},
		"two of them":            {"\x41\x00\x04\x7f\x41\x0a\x05\x41\x14\x05\x41\x01\x0b", Lost},
		"an end too many":        {"\x41\x00\x0b\x0b", Lost},
		"a block without end":    {"\x02\x40", Lost},
		"a store, who knows to?": {"\x20\x01\x41\x00\x36\x00\x00\x41\x00", Lost},
	} {
		args := []Value{{}, {Unknown: name == "a store, who knows to?"}}
		if got, outcome, _, _ := call(t, kit(false, c.body), nil, args...); outcome != c.want || len(got) > 0 {
			t.Errorf("%s: %v, %v, want %v", name, got, outcome, c.want)
		}
	}
}

func TestWhatIsNotKnownStaysSo(t *testing.T) {
	unknown := Value{Unknown: true}
	for name, c := range map[string]struct {
		body string
		want Value
	}{
		"a sum":         {"\x20\x00\x41\x01\x6a", unknown},
		"a load":        {"\x20\x00\x2d\x00\x00", unknown},
		"a stored byte": {"\x41\x09\x20\x00\x3a\x00\x00\x41\x08\x28\x00\x00", unknown},
		"beside it":     {"\x41\x09\x20\x00\x3a\x00\x00\x41\x0a\x28\x00\x00", Value{}},
		"written over":  {"\x41\x09\x20\x00\x36\x00\x00\x41\x09\x42\x05\x37\x00\x00\x41\x09\x28\x00\x00", Value{Bits: 5}},
		"copied":        {"\x41\x09\x20\x00\x3a\x00\x00\x41\x20\x41\x08\x41\x04\xfc\x0a\x00\x00\x41\x21\x2d\x00\x00", unknown},
		"filled":        {"\x41\x09\x20\x00\x41\x04\xfc\x0b\x00\x41\x0a\x2d\x00\x00", unknown},
		"a global":      {"\x20\x00\x24\x00\x23\x00", unknown},
		"selected":      {"\x41\x01\x41\x02\x20\x00\x1b", unknown},
		"either way":    {"\x41\x02\x41\x02\x20\x00\x1b", Value{Bits: 2}},
	} {
		if got, outcome, s, _ := call(t, kit(false, c.body), nil, unknown, Value{}); outcome != Done || len(got) != 1 || got[0] != c.want || s.Choices > 0 {
			t.Errorf("%s: %v, %v, want %v", name, got, outcome, c.want)
		}
	}
}

func TestBothWaysAreGoneInTurn(t *testing.T) {
	m, _ := Read([]byte(kit(false, "\x20\x00\x04\x7f\x41\x01\x05\x41\x02\x0b")))
	s := &Store{Steps: 1 << 16}
	i, _ := s.Instantiate(m, nil)
	said := ""
	for range 4 {
		got, _ := s.Call(i.functions[0], []Value{{Unknown: true}, {}})
		said += fmt.Sprint(got[0].Bits)
	}
	if said != "1212" || s.Choices != 4 {
		t.Errorf("it gives %s in %d choices", said, s.Choices)
	}
}

func TestImportsAreCalledBack(t *testing.T) {
	body := "\x20\x00\x41\x01\x10\x00\x20\x01\x41\x02\x10\x00\x6a"
	said := ""
	host := func(args []Value) ([]Value, bool) {
		said += fmt.Sprint(args[0].Bits, " ", args[1].Bits, ";")
		return []Value{{Bits: args[0].Bits * 10}}, true
	}
	got, outcome, _, _ := call(t, kit(true, body), host, Value{Bits: 4}, Value{Bits: 5})
	if outcome != Done || got[0].Bits != 90 || said != "4 1;5 2;" {
		t.Errorf("%v, %v, called with %s", got, outcome, said)
	}
	if got, outcome, _, _ := call(t, kit(true, body), func([]Value) ([]Value, bool) { return nil, false }); outcome != Lost {
		t.Errorf("after a call that does not return: %v, %v", got, outcome)
	}
	if got, outcome, _, _ := call(t, kit(true, body), func([]Value) ([]Value, bool) { return nil, true }); outcome != Done || !got[0].Unknown {
		t.Errorf("after calls that give nothing known: %v, %v", got, outcome)
	}
	// Who is called back may call the module in turn.
	m, _ := Read([]byte(kit(true, "\x20\x00\x45\x04\x7f\x41\x01\x05\x20\x00\x41\x01\x6b\x41\x00\x10\x00\x41\x02\x6c\x0b")))
	s := &Store{Steps: 1 << 16}
	var i *Instance
	i, _ = s.Instantiate(m, func(from Import) any {
		return &Function{Signature: from.Signature, Host: func(args []Value) ([]Value, bool) {
			got, outcome := s.Call(i.functions[1], args)
			return got, outcome == Done
		}}
	})
	if got, outcome := s.Call(i.functions[1], []Value{{Bits: 5}, {}}); outcome != Done || got[0].Bits != 32 {
		t.Errorf("calls in turn give %v, %v", got, outcome)
	}
	if got, outcome := s.Call(i.functions[1], []Value{{Bits: 5000}, {}}); outcome != Lost {
		t.Errorf("too many of them give %v, %v", got, outcome)
	}
}

func TestMemoryIsSeenFromOutside(t *testing.T) {
	_, _, _, i := call(t, kit(false, "\x41\x09\x20\x00\x3a\x00\x00\x41\x00"), nil, Value{Unknown: true}, Value{})
	m := i.memories[0]
	contents := m.Contents()
	if len(contents) != pageSize || contents[16:21] != "child" || m.Known(8, 4) || !m.Known(10, 1<<10) {
		t.Errorf("%d bytes, %q, known %v", len(contents), contents[16:21], m.Known(8, 4))
	}
	m.Set("x" + contents[1:])
	if got, known := m.load(0, 4); got != 'x' || !known || m.Known(8, 4) {
		t.Errorf("the memory holds %x, known %v, byte 9 known %v", got, known, m.Known(8, 4))
	}
	if m.Set(contents[:9] + "y" + contents[10:]); !m.Known(8, 4) {
		t.Error("what was written is not known")
	}
}

func TestModulesThatAreNone(t *testing.T) {
	whole := kit(true, "\x20\x00")
	for n := range len(whole) {
		if m, ok := Read([]byte(whole[:n])); ok && len(m.bodies) > 0 && len(m.data) > 1 {
			t.Errorf("the first %d of %d bytes are a module", n, len(whole))
		}
	}
	for name, data := range map[string]string{
		"a component":            "\x00asm\x0d\x00\x01\x00",
		"too many types":         head + section(1, "\xff\xff\xff\xff\x0f"),
		"of a type that is none": head + section(1, list("\x60\x00\x00")) + section(3, list("\x05")),
		"functions of no body":   head + section(1, list("\x60\x00\x00")) + section(3, list("\x00")),
		"bytes behind a list":    head + section(3, "\x00\x00"),
		"an unknown section":     head + section(13, "\x00"),
		"an unknown type":        head + section(1, list("\x5f\x00")),
		"a memory of 64 bits":    head + section(5, list("\x04\x01")),
		"a number that is long":  head + "\x01\x80\x80\x80\x80\x80\x80\x00",
	} {
		if _, ok := Read([]byte(data)); ok {
			t.Errorf("%s is read", name)
		}
	}
	for name, data := range map[string]string{
		"a large table":          head + section(4, list("\x70\x00\xff\xff\xff\xff\x0f")),
		"a large memory":         head + section(5, list("\x00\xff\xff\xff\xff\x0f")),
		"data behind the memory": head + section(5, list("\x00\x01")) + section(11, list("\x00\x41\xff\xff\x03\x0b"+counted("ab"))),
		"data without a memory":  head + section(11, list("\x00\x41\x00\x0b"+counted("ab"))),
		"elements of no table":   head + section(9, list("\x00\x41\x00\x0b\x00")),
		"no function to start":   head + section(8, "\x07"),
		"an export of nothing":   head + section(7, list(counted("x")+"\x00\x00")),
	} {
		m, ok := Read([]byte(data))
		if !ok {
			t.Errorf("%s is not read", name)
			continue
		}
		s := &Store{Steps: 1 << 16}
		if i, outcome := s.Instantiate(m, nil); outcome == Done {
			t.Errorf("%s: %v", name, i)
		}
	}
}

// Each of these took minutes or hundreds of megabytes where what it costs was not counted.
func TestHostileModulesAreBounded(t *testing.T) {
	repeated := func(s string, n int) string { return leb(n) + strings.Repeat(s, n) }
	types := section(1, list("\x60\x00\x00", "\x60\x00"+repeated("\x7f", 60000)))
	start := section(3, list("\x00")) + section(4, list("\x70\x00\x04"))
	for name, c := range map[string]struct {
		module string
		read   bool
	}{
		"many sections of functions": {head + section(1, list("\x60\x00\x00")) + section(3, repeated("\x00", 60000)) + strings.Repeat(section(3, "\x00"), 300000), false},
		"many entries in sections":   {head + strings.Repeat(section(11, repeated("\x01\x00", 1<<15)), 3), false},
		"an expression, over and over": {head + types + start + section(8, "\x00") + section(9, list("\x05\x70"+list(strings.Repeat("\x6a", 900000)+"\x0b"))) +
			section(10, list(counted("\x00\x03\x40\x41\x00\x41\x00\x41\x01\xfc\x0c\x00\x00\x0c\x00\x0b\x0b"))), true},
		"many results": {head + types + section(2, list(counted("")+counted("")+"\x00\x01")) + start + section(8, "\x01") +
			section(10, list(counted("\x00\x03\x40\x10\x00\x0c\x00\x0b\x0b"))), true},
	} {
		began := cputime.Used()
		m, ok := Read([]byte(c.module))
		if ok != c.read {
			t.Errorf("%s: read %v", name, ok)
		}
		if ok {
			s := &Store{Steps: 1 << 20}
			_, outcome := s.Instantiate(m, func(i Import) any {
				return &Function{Signature: i.Signature, Host: func([]Value) ([]Value, bool) { return nil, true }}
			})
			if outcome != Lost {
				t.Errorf("%s: %v", name, outcome)
			}
		}
		if took := cputime.Used() - began; took > 4*time.Second {
			t.Errorf("%s: it takes %v", name, took)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, took)
		}
	}
}

// FuzzModule follows any bytes as a module, and any as a function of one.
func FuzzModule(f *testing.F) {
	f.Add([]byte(kit(true, "\x20\x00\x41\x01\x10\x00\x1a\x03\x40\x0c\x00\x0b")), false)
	f.Add([]byte(kit(false, "\x41\x02\xd2\x00\x26\x00\x41\x01\x41\x02\x41\x01\xfc\x0e\x00\x00\x41\x00\x41\x00\x41\x01\xfc\x0c\x00\x00\xfc\x0d\x00")), false)
	f.Add([]byte("\x20\x00\x41\x7f\x40\x00\x1a\x41\x80\x80\xfc\x07\x41\x01\x36\x00\x00"), true)
	f.Add([]byte("\x41\x7f\x41\x7f\x41\x7f\xfc\x0b\x00\x41\x01\x41\x02\x41\x7f\xfc\x11\x00\x02\x02\x0e\x03\x00\x01\x00\x01\x0b"), true)
	f.Fuzz(func(t *testing.T, data []byte, body bool) {
		if body {
			data = []byte(kit(true, string(data)))
		}
		m, ok := Read(data)
		if !ok {
			return
		}
		const steps = 1 << 14
		s := &Store{Steps: steps}
		calls := 0
		i, _ := s.Instantiate(m, func(i Import) any {
			switch i.Kind {
			case FunctionKind:
				return &Function{Signature: i.Signature, Host: func(args []Value) ([]Value, bool) { calls++; return args, calls%7 != 0 }}
			case MemoryKind:
				memory, _ := NewMemory(1, 2)
				return memory
			case TableKind:
				table, _ := NewTable(4, 8)
				return table
			}
			return &Global{Type: i.Type, Value: Value{Unknown: true}}
		})
		if i == nil {
			return
		}
		for _, e := range m.Exports {
			if f, ok := i.Exported(e).(*Function); ok {
				s.Call(f, []Value{{Bits: 7}, {Unknown: true}})
			}
		}
		if len(s.stack) > 0 || s.base > 0 || s.depth > 0 {
			t.Errorf("%d values are left on the stack, %d below, %d calls", len(s.stack), s.base, s.depth)
		}
		kept := 0
		for _, memory := range i.memories {
			kept += len(memory.bytes)
		}
		if kept > len(i.memories)*pageSize+steps*copiedStep*2 || calls > steps {
			t.Errorf("%d bytes are kept and %d calls made in %d steps", kept, calls, steps)
		}
	})
}
