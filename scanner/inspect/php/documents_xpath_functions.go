package php

import (
	"math"
	"strings"
	"unicode/utf8"
)

// The functions of XPath, those that style sheets add, and the calls of PHP's.

// call reads a call of a function.
func (x *xpathReader) call() xpathValue {
	name := x.name()
	x.sign("(")
	var args []xpathValue
	const most = 16
	for !x.bad && x.sign(")") == "" {
		if args = append(args, x.either()); len(args) > most || x.at >= len(x.text) {
			x.bad = true
		}
		x.sign(",")
	}
	if x.bad {
		return xpathValue{}
	}
	text := func(i int) (s string) {
		switch {
		case i < len(args):
			s = x.textOfValue(args[i])
		case i == 0:
			s = x.node.text(x.budget)
		}
		if !x.budget.Take(len(s)) {
			return ""
		}
		return s
	}
	switch name {
	case "position":
		return xpathNumber(float64(x.place))
	case "last":
		return xpathNumber(float64(x.all))
	case "count":
		if len(args) > 0 {
			return xpathNumber(float64(len(args[0].nodes)))
		}
	case "string":
		return xpathText(text(0))
	case "number":
		return xpathNumber(x.numberOfValue(xpathText(text(0))))
	case "name", "local-name":
		n := x.node
		if len(args) > 0 {
			if len(args[0].nodes) == 0 {
				return xpathText("")
			}
			n = args[0].nodes[0]
		}
		return xpathText(n.name)
	case "concat":
		all := ""
		for i := range args {
			if all += text(i); !x.budget.Take(len(all)) {
				break
			}
		}
		return xpathText(all)
	case "string-length":
		return xpathNumber(float64(utf8.RuneCountInString(text(0))))
	case "normalize-space":
		return xpathText(strings.Join(strings.Fields(text(0)), " "))
	case "not":
		return xpathTruth(len(args) > 0 && !args[0].truth())
	case "boolean":
		return xpathTruth(len(args) > 0 && args[0].truth())
	case "true", "false":
		return xpathTruth(name == "true")
	case "contains":
		return xpathTruth(strings.Contains(text(0), text(1)))
	case "starts-with":
		return xpathTruth(strings.HasPrefix(text(0), text(1)))
	case "substring-before":
		before, _, ok := strings.Cut(text(0), text(1))
		if !ok {
			before = ""
		}
		return xpathText(before)
	case "substring-after":
		_, after, _ := strings.Cut(text(0), text(1))
		return xpathText(after)
	case "substring":
		s, length := text(0), math.Inf(1)
		if len(args) < 2 {
			break
		}
		from := math.Round(x.numberOfValue(args[1]))
		if len(args) > 2 {
			length = math.Round(x.numberOfValue(args[2]))
		}
		var out []rune
		for i, c := range []rune(s) {
			if p := float64(i + 1); p >= from && p < from+length {
				out = append(out, c)
			}
		}
		return xpathText(string(out))
	case "translate":
		to := []rune(text(2))
		becomes := map[rune]rune{}
		for i, c := range []rune(text(1)) {
			if _, had := becomes[c]; had {
				continue
			}
			if becomes[c] = -1; i < len(to) {
				becomes[c] = to[i]
			}
		}
		return xpathText(strings.Map(func(c rune) rune {
			if other, ok := becomes[c]; ok {
				return other
			}
			return c
		}, text(0)))
	case "document": // of style sheets
		x.sawAddress(includesXML, stringValue(text(0)), x.open)
	}
	if callsPHP(name) {
		var given []argument
		for i := 1; i < len(args); i++ {
			given = append(given, argument{value: stringValue(text(i)), from: x.open + 1})
		}
		if len(args) > 0 {
			f := stringValue(text(0))
			x.saw(x.open, f)
			s, _ := x.invokeValue(f, given, x.open).text()
			return xpathText(s)
		}
	}
	x.bad = true
	return xpathValue{}
}

// callsPHP tells the functions that call one of PHP, whatever prefix the namespace has
// that they are in.
func callsPHP(name string) bool {
	_, name, ok := strings.Cut(name, ":")
	return ok && (name == "function" || name == "functionString")
}
