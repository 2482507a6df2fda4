package machine

import (
	"slices"
	"strings"
	"testing"
)

// formulas is a machine of macOS that notes the classes and messages of its formulas.
func formulas() (m *machine, told *[]string) {
	m, told = testMachine(), new([]string)
	m.image.Apple = true
	m.watch.Call = func(_ uint64, name string, a [6]Argument, _ bool) {
		if name == "NSClassFromString" {
			*told = append(*told, "class "+a[0].Text())
		} else {
			*told = append(*told, a[1].Text())
		}
	}
	return m, told
}

func TestFormulasAreComputed(t *testing.T) {
	for format, want := range map[string]string{
		"'osa'":    "osa",
		`"osa"`:    "osa",
		"%@":       "NS",
		"%ld + %@": "NS",
		"FUNCTION(%@, 'stringByAppendingString:', %@)":                                                    "NSApple",
		"function( %K , \"stringByAppendingString:\" , 'x' )":                                             "NSx",
		"FUNCTION(FUNCTION('a-b', 'componentsSeparatedByString:', '-'), 'componentsJoinedByString:', '')": "ab",
		"FUNCTION({'o', 's', 'a'}, 'componentsJoinedByString:', '.')":                                     "o.s.a",
		"FUNCTION('osascript', 'substringFromIndex:', 3)":                                                 "script",
		"FUNCTION('x', 'stringByAppendingString:', 'y') == nil":                                           "xy",
		"'OSA'.lowercaseString": "osa",
		"uppercase('osa')":      "OSA",
		"CAST(FUNCTION('a', 'stringByAppendingString:', 'b'), 'Class')": "ab",
		"": "", "%": "NS", "FUNCTION(": "", "FUNCTION('a')": "", "'osa": "osa", "{,}.": "", "((%%": "",
		strings.Repeat("FUNCTION(", 50) + "'x'": "",
	} {
		m, _ := formulas()
		of := func(text string) uint64 { return m.sends(0, "stringWithUTF8String:", m.give(text)) }
		made := m.sends(0, "expressionWithFormat:", of(format), of("NS"), of("Apple"))
		if got := m.text(m.sends(made, "expressionValueWithObject:context:", 0, 0)); got != want {
			t.Errorf("%s: %q, not %q", format, got, want)
		}
	}
}

func TestFormulasTellOfTheirMessages(t *testing.T) {
	m, told := formulas()
	of := func(text string) uint64 { return m.sends(0, "stringWithUTF8String:", m.give(text)) }
	list := func(texts ...uint64) uint64 {
		all := m.sends(0, "array")
		for _, text := range texts {
			m.sends(all, "addObject:", text)
		}
		return all
	}
	script := of("tell")
	for _, c := range []struct {
		want []string
		make func()
	}{
		{[]string{"class Kit", "alloc", "initWithSource:"}, func() {
			m.sends(0, "expressionWithFormat:", of("FUNCTION(FUNCTION(CAST('Kit', 'Class'), 'alloc'), 'initWithSource:', %@)"), script)
		}},
		{[]string{"class Kit", "alloc", "class Other", "new"}, func() {
			m.sends(0, "predicateWithFormat:argumentArray:", of("FUNCTION(CAST(%@, 'Class'), 'alloc') != nil AND FUNCTION(CAST(%@, \"Class\"), 'new') == 0"), list(of("Kit"), of("Other")))
		}},
		{[]string{"stringByAppendingString:"}, func() {
			m.sends(0, "expressionForFunction:selectorName:arguments:", m.sends(0, "expressionForConstantValue:", of("o")), of("stringByAppendingString:"), list(of("sa")))
		}},
	} {
		*told = nil
		if c.make(); !slices.Equal(*told, c.want) {
			t.Errorf("%q, not %q", *told, c.want)
		}
	}
	if got := m.text(m.sends(of("o"), "performSelector:withObject:", m.apple("NSSelectorFromString", of("stringByAppendingString:")), of("sa"))); got != "osa" {
		t.Errorf("performSelector: %q", got)
	}
	if self := m.give("performSelector:"); m.sends(of("o"), "performSelector:withObject:", self, self) != 0 {
		t.Error("a message that sends itself")
	}
}

func TestFormulasThatMakeThemselvesEnd(t *testing.T) {
	m, _ := formulas()
	told, deepest := 0, 0
	m.watch.Call = func(uint64, string, [6]Argument, bool) { told, deepest = told+1, max(deepest, m.nested) }
	again := m.sends(0, "stringWithUTF8String:", m.give(strings.Repeat("FUNCTION('', 'expressionWithFormat:argumentArray:', %@, %@) + ", 3)))
	all := m.sends(0, "array")
	for range 3 {
		m.sends(all, "addObject:", again)
		m.sends(all, "addObject:", all)
	}
	m.sends(0, "expressionWithFormat:argumentArray:", again, all)
	if told < 100 || told > allSteps/callSteps || deepest > maxFormula {
		t.Errorf("%d messages, %d expressions in one another", told, deepest)
	}
	if m.nested != 0 {
		t.Errorf("%d formulas have not ended", m.nested)
	}
}

func FuzzFormulas(f *testing.F) {
	f.Add("FUNCTION(CAST(%@, 'Class'), 'alloc').x == {1, \"a\"}")
	f.Fuzz(func(t *testing.T, format string) {
		m, _ := formulas()
		m.formula(format[:min(len(format), maxText)], func() uint64 { return 0 }, 0)
	})
}

func TestListsThatHoldThemselvesEnd(t *testing.T) {
	m, _ := formulas()
	m.watch.Call = nil
	of := func(s string) uint64 { return m.sends(0, "stringWithUTF8String:", m.give(s)) }
	const function = "expressionForFunction:selectorName:arguments:"
	all := m.sends(0, "array")
	for _, x := range []uint64{of("x"), of(function), all} {
		m.sends(all, "addObject:", x)
	}
	m.sends(0, function, of("x"), of(function), all)
	if m.nested != 0 {
		t.Errorf("%d messages have not ended", m.nested)
	}
}
