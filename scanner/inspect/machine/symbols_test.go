package machine

import (
	"slices"
	"strings"
	"testing"
)

func (m *machine) symbolsAre(all ...Symbol) {
	m.symbols, m.image.Symbols = &symbols{}, func() []Symbol { return all }
}

func TestCodeIsToldItsSymbols(t *testing.T) {
	m := testMachine()
	m.symbolsAre(Symbol{Span{0x2000, 0x2100}, "kit_status"}, Symbol{Span{0x1000, 0x1010}, "kit_origin"})
	info := m.result("")
	for at, want := range map[uint64]string{0x1000: "kit_origin", 0x100f: "kit_origin", 0x1010: "", 0x2001: "kit_status", 0xfff: "", m.importAt("opendir", true): "opendir", resultBase: ""} {
		m.does("dladdr", at, info)
		if got := m.text(m.peek(info+infoName, 8)); got != want {
			t.Errorf("%#x: %q, not %q", at, got, want)
		}
	}
	if m.does("dladdr1", 0x2001, info, m.result(""), 1); m.peek(info+infoAddr, 8) != 0x2000 {
		t.Error("where a symbol lies")
	}
	if m.peek(info+infoFile, 8) == 0 {
		t.Error("no file has it")
	}
	m.symbolsAre(append(slices.Repeat([]Symbol{{Span{0x1000, 0x1004}, "kit_short"}}, 99), Symbol{Span{0xf00, 0x2000}, "kit_long"})...)
	if s, ok := m.symbolAt(0x1800); !ok || s.Name != "kit_long" {
		t.Errorf("behind shorter ones lies %v", s)
	}
	m.symbolsAre(Symbol{Span{0x1000, 0x1010}, "kit_origin"})
	list := m.result("")
	m.write(list, 0x1004, 8)
	for apple, want := range map[bool]string{false: "(kit_origin+0x4)", true: " kit_origin + 4"} {
		m.image.Apple = apple
		if got := m.text(m.peek(m.does("backtrace_symbols", list, 1), 8)); !strings.Contains(got, want) {
			t.Errorf("%q has no %q", got, want)
		}
	}
}

// A processor of which a stack is known.
type stacked struct {
	listed
	top, from uint64
}

func (s stacked) stack() uint64  { return s.top }
func (s stacked) caller() uint64 { return s.from }

func TestAStackIsReadForWhereFunctionsReturn(t *testing.T) {
	m := testMachine()
	m.codes = []Span{{0, 0x3000}}
	top, list := uint64(stackTop-0x100), m.result("")
	for i, word := range []uint64{7, 0x1001, 0x2002, 0, home} {
		m.write(top+8*uint64(i), word, 8)
	}
	if n, _ := m.symbolic("backtrace", [6]uint64{list, 8}, stacked{top: top, from: 0x1001}); n != 2 || m.peek(list, 8) != 0x1001 || m.peek(list+8, 8) != 0x2002 {
		t.Errorf("%d: %x", n, m.several(list, n))
	}
}

func TestAStackIsReadInSteps(t *testing.T) {
	m := testMachine()
	before := m.steps
	m.symbolic("backtrace", [6]uint64{m.result(""), 8}, stacked{top: stackTop - 8<<20, from: 0x1001})
	if spent := before - m.steps; spent > maxStack {
		t.Errorf("%d words are looked at", spent)
	}
}

// substituted is a name of which each argument of a template has the one before twice.
func substituted(times int) string {
	const digits = "0123456789A"
	mangled := "_Z1f3osa1bIS_S_E"
	for i := range times - 1 {
		mangled += "S0_IS" + digits[i+1:i+2] + "_S" + digits[i+1:i+2] + "_E"
	}
	return mangled
}

func TestSubstitutionsTakeSteps(t *testing.T) {
	m := testMachine()
	before := m.steps
	if got := m.text(m.does("__cxa_demangle", m.give(substituted(3)))); !strings.HasPrefix(got, "f(osa, b<osa, osa>, b<b<osa, osa>,") || before-m.steps < len(got) {
		t.Errorf("%q takes %d steps", got, before-m.steps)
	}
	long := substituted(9)
	for range 100 { // in what is written at last
		long += "S9_"
	}
	before = m.steps
	if got := m.does("__cxa_demangle", m.give(long)); got != 0 || before-m.steps < maxSource {
		t.Errorf("what is too long takes %d steps and is told as %q", before-m.steps, m.text(got))
	}
}

// What is no name for the parser may be one for the library.
func TestANameThatIsNotUnderstoodMayBeAny(t *testing.T) {
	m := testMachine()
	m.generous = true
	status := m.result("")
	m.write(status, 7, 4)
	if got := m.does("__cxa_demangle", m.give("_Z3osaQ"), 0, 0, status); got == 0 || m.peek(status, 4) != 7 {
		t.Errorf("%#x with status %d", got, m.peek(status, 4))
	}
}

// Of a cast within a name it is not known at first whether what follows belongs to its type:
// the parser would not come to an end with so many.
func TestCastsWithinCastsAreLeft(t *testing.T) {
	if text, ok := demangled("_Z"+strings.Repeat("NcvT_I", 80), false); ok {
		t.Errorf("it is %q", text)
	}
}

// As c++filt has them.
func TestNamesOfCPlusPlusAreDemangled(t *testing.T) {
	for mangled, want := range map[string]string{
		"3osa": "osa", "N3kit6scriptE": "kit::script", "N3kit3boxINS_3osaEiEE": "kit::box<kit::osa, int>", "PKc": "char const*",
		"_ZN3osa6scriptEiPKc": "osa::script(int, char const*)", "_ZN3osa6scriptEv": "osa::script()", "_Z4run1N3kit3osaERKS0_": "run1(kit::osa, kit::osa const&)",
		"_ZN3kit3osaC1Ev": "kit::osa::osa()", "_ZN3kit3osaD1Ev": "kit::osa::~osa()", "_ZNK3kit3osa4sizeEv": "kit::osa::size() const", "St6vectorI3osaE": "std::vector<osa>",
		"": "", "socket": "", "_Z": "", "9osa": "", "S_": "", "N3osa": "", "_Z3osaQ": "",
		"_ZN1AIiEC1Ev": "A<int>::A()", "_ZN1AIN1B1CEEC1Ev": "A<B::C>::A()", "_ZN12_GLOBAL__N_16systemEv": "(anonymous namespace)::system()",
		"_ZL6systemv": "system()", "_ZN3fooL6systemE": "foo::system", "_ZTI6system": "typeinfo for system", "_ZTS6system": "typeinfo name for system",
		"RKSs": "std::string const&", "PFvvE": "void (*)()", "_Z3fooB5cxx11v": "foo[abi:cxx11]()", "_Z3fooILi5EEvv": "void foo<5>()",
	} {
		if got, ok := demangled(mangled, false); got != want && ok || ok != (want != "") {
			t.Errorf("%s: %q, %t", mangled, got, ok)
		}
	}
}
