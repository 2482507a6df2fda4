package php

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// An xpathValue is what an expression of XPath comes to.
type xpathValue struct {
	kind  xpathKind
	nodes []*node
	s     string
	n     float64 // of a number; 1 of true
}

type xpathKind uint8

const (
	ofNodes xpathKind = iota
	ofText
	ofNumeric
	ofTruth
)

// xpathReader evaluates an expression while it reads it. Libraries for XPath know no
// functions but XPath's own, and php:function is what hides a call here.
type xpathReader struct {
	*reader
	text  string
	at    int
	depth int
	bad   bool
	open  int // the parenthesis of the call that asks

	node       *node
	place, all int // of the node among those that are asked
}

// xpath evaluates an expression for a node.
func (r *reader) xpath(text string, of *node, open int) (xpathValue, bool) {
	const longest = 1 << 12
	if len(text) > longest {
		return xpathValue{}, false
	}
	x := &xpathReader{reader: r, text: text, node: of, place: 1, all: 1, open: open}
	v := x.either()
	x.space()
	return v, !x.bad && x.at == len(text)
}

func (v xpathValue) value() value {
	switch v.kind {
	case ofNumeric:
		if v.n == math.Trunc(v.n) && math.Abs(v.n) < 1<<53 {
			return integerValue(int64(v.n))
		}
		return floatValue(v.n)
	case ofTruth:
		return boolValue(v.n != 0)
	}
	return stringValue(v.s)
}

func (x *xpathReader) textOfValue(v xpathValue) string {
	switch {
	case v.kind == ofNodes && len(v.nodes) == 0:
		return ""
	case v.kind == ofNodes:
		return v.nodes[0].text(x.budget)
	case v.kind == ofTruth:
		return strconv.FormatBool(v.n != 0)
	case v.kind == ofNumeric:
		return strconv.FormatFloat(v.n, 'f', -1, 64)
	}
	return v.s
}

func (x *xpathReader) numberOfValue(v xpathValue) float64 {
	if v.kind == ofNumeric || v.kind == ofTruth {
		return v.n
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(x.textOfValue(v)), 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

func (v xpathValue) truth() bool {
	switch v.kind {
	case ofNodes:
		return len(v.nodes) > 0
	case ofText:
		return v.s != ""
	}
	return v.n != 0 && !math.IsNaN(v.n)
}

func xpathText(s string) xpathValue    { return xpathValue{kind: ofText, s: s} }
func xpathNumber(n float64) xpathValue { return xpathValue{kind: ofNumeric, n: n} }
func xpathTruth(is bool) xpathValue {
	v := xpathValue{kind: ofTruth}
	if is {
		v.n = 1
	}
	return v
}

func (x *xpathReader) space() {
	for x.at < len(x.text) && isSpace(x.text[x.at]) {
		x.at++
	}
}

// sign reads one of the signs, if it stands there; a word must end there too.
func (x *xpathReader) sign(signs ...string) string {
	x.space()
	for _, s := range signs {
		rest, ok := strings.CutPrefix(x.text[x.at:], s)
		if ok && !(isLabelStart(s[0]) && rest != "" && (isLabelStart(rest[0]) || isDigit(rest[0]) || rest[0] == '-')) {
			x.at += len(s)
			return s
		}
	}
	return ""
}

func (x *xpathReader) either() xpathValue {
	if x.depth++; x.depth > script.MaxNesting || !x.budget.Take(elementCost) {
		x.bad = true
		return xpathValue{}
	}
	defer func() { x.depth-- }()
	v := x.both()
	for !x.bad && x.sign("or") != "" {
		other := x.both()
		v = xpathTruth(v.truth() || other.truth())
	}
	return v
}

func (x *xpathReader) both() xpathValue {
	v := x.compared()
	for !x.bad && x.sign("and") != "" {
		other := x.compared()
		v = xpathTruth(v.truth() && other.truth())
	}
	return v
}

func (x *xpathReader) compared() xpathValue {
	v := x.sum()
	for !x.bad {
		op := x.sign("!=", "<=", ">=", "=", "<", ">")
		if op == "" {
			break
		}
		v = xpathTruth(x.compare(op, v, x.sum()))
	}
	return v
}

// compare compares each of the nodes that a value is.
func (x *xpathReader) compare(op string, a, b xpathValue) bool {
	if a.kind == ofNodes {
		return slices.ContainsFunc(a.nodes, func(n *node) bool {
			return x.budget.Take(elementCost) && x.compare(op, xpathText(n.text(x.budget)), b)
		})
	}
	if b.kind == ofNodes {
		return slices.ContainsFunc(b.nodes, func(n *node) bool {
			return x.budget.Take(elementCost) && x.compare(op, a, xpathText(n.text(x.budget)))
		})
	}
	if op == "=" || op == "!=" {
		same := x.textOfValue(a) == x.textOfValue(b)
		switch {
		case a.kind == ofTruth || b.kind == ofTruth:
			same = a.truth() == b.truth()
		case a.kind == ofNumeric || b.kind == ofNumeric:
			same = x.numberOfValue(a) == x.numberOfValue(b)
		}
		return same == (op == "=")
	}
	n, m := x.numberOfValue(a), x.numberOfValue(b)
	switch op {
	case "<":
		return n < m
	case ">":
		return n > m
	case "<=":
		return n <= m
	}
	return n >= m
}

func (x *xpathReader) sum() xpathValue {
	v := x.product()
	for !x.bad {
		switch x.sign("+", "-") {
		case "+":
			v = xpathNumber(x.numberOfValue(v) + x.numberOfValue(x.product()))
		case "-":
			v = xpathNumber(x.numberOfValue(v) - x.numberOfValue(x.product()))
		default:
			return v
		}
	}
	return v
}

func (x *xpathReader) product() xpathValue {
	v := x.union()
	for !x.bad {
		switch x.sign("*", "div", "mod") {
		case "*":
			v = xpathNumber(x.numberOfValue(v) * x.numberOfValue(x.union()))
		case "div":
			v = xpathNumber(x.numberOfValue(v) / x.numberOfValue(x.union()))
		case "mod":
			v = xpathNumber(math.Mod(x.numberOfValue(v), x.numberOfValue(x.union())))
		default:
			return v
		}
	}
	return v
}

func (x *xpathReader) union() xpathValue {
	if x.sign("-") != "" {
		return xpathNumber(-x.numberOfValue(x.union()))
	}
	v := x.path()
	for !x.bad && x.sign("|") != "" {
		v.nodes = append(slices.Clone(v.nodes), x.path().nodes...)
	}
	return v
}

// path reads a literal, a call, or steps through the document.
func (x *xpathReader) path() xpathValue {
	x.space()
	if x.at >= len(x.text) {
		x.bad = true
		return xpathValue{}
	}
	var v xpathValue
	switch c := x.text[x.at]; {
	case c == '"' || c == '\'':
		end := strings.IndexByte(x.text[x.at+1:], c)
		if end < 0 {
			x.bad = true
			return v
		}
		v = xpathText(x.text[x.at+1 : x.at+1+end])
		x.at += end + 2
		return v
	case c == '$' && x.trace != nil: // a variable of a style sheet
		x.at++
		text, known := x.trace.sheet[x.name()]
		x.bad = x.bad || !known
		return xpathText(text)
	case isDigit(c):
		from := x.at
		for x.at < len(x.text) && (isDigit(x.text[x.at]) || x.text[x.at] == '.') {
			x.at++
		}
		n, _ := strconv.ParseFloat(x.text[from:x.at], 64)
		return xpathNumber(n)
	case c == '(':
		x.at++
		v = x.either()
		if x.sign(")") == "" {
			x.bad = true
		}
		v.nodes = x.filtered(v.nodes)
	case x.isCall():
		if v = x.call(); v.kind != ofNodes {
			return v
		}
		v.nodes = x.filtered(v.nodes)
	case c == '/':
		root := x.node
		for root.parent != nil {
			root = root.parent
		}
		if root.kind != documentNode { // what SimpleXML has begins with the first element
			root = &node{kind: documentNode, children: []*node{root}}
		}
		v.nodes = []*node{root}
		if strings.HasPrefix(x.text[x.at:], "//") {
			break
		}
		x.at++
		if x.space(); x.at >= len(x.text) {
			return v
		}
		v.nodes = x.step(v.nodes)
	default:
		v.nodes = x.step([]*node{x.node})
	}
	for !x.bad {
		switch x.sign("//", "/") {
		case "//":
			var all []*node
			for _, n := range v.nodes {
				all = append(append(all, n), n.all(x.budget)...)
			}
			v.nodes = x.step(all)
		case "/":
			v.nodes = x.step(v.nodes)
		default:
			return v
		}
	}
	return v
}

// name reads a name, with a prefix.
func (x *xpathReader) name() string {
	from := x.at
	for x.at < len(x.text) {
		c := x.text[x.at]
		if !(isLabelStart(c) || isDigit(c) || x.at > from && (c == '-' || c == '.') ||
			c == ':' && x.at > from && x.at+1 < len(x.text) && x.text[x.at+1] != ':' && x.text[x.at-1] != ':') {
			break
		}
		x.at++
	}
	return x.text[from:x.at]
}

// isCall tells whether a function is called there.
func (x *xpathReader) isCall() bool {
	at := x.at
	name := x.name()
	x.space()
	is := name != "" && name != "text" && name != "node" && name != "comment" && x.at < len(x.text) && x.text[x.at] == '('
	x.at = at
	return is
}

// step goes from nodes to those that the next step of a path says.
func (x *xpathReader) step(from []*node) (found []*node) {
	axis := x.sign("..", ".", "@", "self::", "parent::", "child::", "attribute::", "descendant::", "descendant-or-self::", "following-sibling::", "preceding-sibling::", "ancestor::")
	test := ""
	switch {
	case axis == "." || axis == "..":
		test = "node"
	case x.sign("*") != "":
		test = "*"
	default:
		x.space()
		if test = x.name(); test == "" {
			x.bad = true
			return nil
		}
		if x.sign("(") != "" {
			if x.sign(")") == "" {
				x.bad = true
			}
			test += "()"
		} else {
			test = test[strings.LastIndexByte(test, ':')+1:]
		}
	}
	is := func(n *node) bool {
		switch test {
		case "node()", "node":
			return true
		case "text()":
			return n.kind == textNode
		case "comment()":
			return n.kind == commentNode
		}
		return (n.kind == elementNode || n.kind == attributeNode) && (test == "*" || n.name == test)
	}
	seen := map[*node]bool{}
	at := x.at
	for _, n := range from {
		var next []*node
		switch axis {
		case ".", "self::":
			next = []*node{n}
		case "..", "parent::":
			if n.parent != nil {
				next = []*node{n.parent}
			}
		case "@", "attribute::":
			next = n.attributes
		case "descendant::":
			next = n.all(x.budget)
		case "descendant-or-self::":
			next = append([]*node{n}, n.all(x.budget)...)
		case "following-sibling::", "preceding-sibling::":
			if n.parent != nil {
				i := slices.Index(n.parent.children, n)
				if next = n.parent.children[i+1:]; axis == "preceding-sibling::" {
					next = slices.Clone(n.parent.children[:max(i, 0)])
					slices.Reverse(next)
				}
			}
		case "ancestor::":
			for up := n.parent; up != nil; up = up.parent {
				next = append(next, up)
			}
		default:
			next = n.children
		}
		var fit []*node
		for _, c := range next {
			if !x.budget.Take(8) {
				x.bad = true
				return nil
			}
			if is(c) {
				fit = append(fit, c)
			}
		}
		x.at = at
		for _, c := range x.filtered(fit) {
			if !seen[c] {
				seen[c] = true
				found = append(found, c)
			}
		}
	}
	if len(from) == 0 {
		x.filtered(nil)
	}
	return found
}

// filtered reads conditions in brackets, and returns the nodes that meet them.
func (x *xpathReader) filtered(nodes []*node) []*node {
	for !x.bad && x.sign("[") != "" {
		at, end := x.at, 0
		var kept []*node
		holds := func(n *node, place, all int) bool {
			in := *x
			in.at, in.node, in.place, in.all = at, n, place, all
			v := in.either()
			end, x.bad = in.at, x.bad || in.bad
			if v.kind == ofNumeric {
				return v.n == float64(place)
			}
			return v.truth()
		}
		for i, n := range nodes {
			if holds(n, i+1, len(nodes)) {
				kept = append(kept, n)
			}
		}
		if len(nodes) == 0 {
			holds(&node{}, 1, 1) // to go over it
		}
		if x.at = end; x.sign("]") == "" {
			x.bad = true
		}
		nodes = kept
	}
	return nodes
}
