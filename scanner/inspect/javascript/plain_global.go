package javascript

import (
	"bytes"
	"slices"
)

// What the global object is asked for by another name that a script gives it, which
// asksFor cannot see. That name is a common one in honest scripts, most of which set or
// read properties of their own by it: what counts is that it is asked for what reaches
// beyond the script, or called by a name that is computed. Of 82 MB of plain scripts in
// an npm tree 1 is read for it (2026-11).

// reachesOn tells whether the global object at [start, end) stands as a value by which the
// script reaches further.
func (g *glance) reachesOn(start, end int) bool {
	if !g.isValue(start, end) {
		return false
	}
	if g.src[start] == 'g' && !g.tested(end) && (g.takes() || g.reaches()) { // Node.js has none that is called window or self
		return true
	}
	if name, alone := g.assigned(start); g.aliased(name, alone) {
		return true
	}
	switch before := g.before(start); g.at(before) {
	case 'n':
		if g.lastWord(start) == "in" { // for (const name in globalThis)
			name := g.lastWord(before - 1)
			switch g.lastWord(bytes.LastIndex(g.src[:before], []byte(name))) {
			case "const", "let", "var":
				return true
			}
		}
	case '(':
		return g.reflects(before) || g.handedOn(end) || g.callsComputed()
	case ':':
		return g.aliased(g.lastWord(before), false) || g.callsComputed()
	}
	return g.callsComputed()
}

// returned tells whether this is all that a function returns which is called where it
// stands, alone: that is the global object.
func (g *glance) returned(start, end int) bool {
	const head, shortest = "return ", len("function(){")
	if start < len(head)+shortest || string(g.src[start-len(head):start]) != head {
		return false
	}
	open := g.before(start - len(head))
	if g.at(open) != '{' || g.at(g.before(open)) != ')' || g.at(g.before(g.before(open))) != '(' {
		return false
	}
	close := g.after(end)
	if g.at(close) == ';' {
		close = g.after(close + 1)
	}
	if g.at(close) == '}' && g.at(g.after(close+1)) == ')' {
		close = g.after(close + 1)
	}
	return g.at(close) == ')' || g.at(close) == '}' && g.called(close+1)
}

// handedOn tells whether a function gets the value that ends before an offset together with
// a text that is put together.
func (g *glance) handedOn(end int) bool {
	const longest = 80 // bytes of the other arguments
	if next := g.after(end); g.at(next) == ',' {
		rest := g.src[next:min(len(g.src), next+longest)]
		if n := bytes.IndexByte(rest, ')'); n >= 0 {
			return bytes.ContainsAny(rest[:n], "+`") && !bytes.Contains(rest[:n], []byte("function"))
		}
	}
	return false
}

// assigned returns the name that gets the value at an offset, and whether it gets that
// alone, or by what the environment is: name = typeof window === 'object' ? window : this.
func (g *glance) assigned(at int) (name string, alone bool) {
	const longest = 200 // bytes between the name and the value
	from := max(0, at-longest)
	from += bytes.LastIndexAny(g.src[from:at], ";{}(") + 1
	n := bytes.IndexByte(g.src[from:at], '=')
	if n < 0 || g.at(from+n+1) == '=' || g.at(from+n+1) == '>' {
		return "", false
	}
	between := g.src[from+n+1 : at]
	return g.lastWord(from + n), len(bytes.TrimSpace(between)) == 0 || bytes.Contains(between, []byte("typeof"))
}

// aliased is asksAlias, once for each name. A script with many of them is read.
func (g *glance) aliased(name string, alone bool) bool {
	const most = 16
	if name == "" {
		return false
	}
	key := name
	if alone {
		key += " alone"
	}
	asks, known := g.aliases[key]
	switch {
	case known:
		return asks
	case len(g.aliases) == most:
		return true
	case g.aliases == nil:
		g.aliases = map[string]bool{}
	}
	g.aliases[key] = g.asksAlias(name, alone)
	return g.aliases[key]
}

// asksAlias tells whether a name of the global object is asked for something that reaches
// further, called by what is computed, or, where it is the global object alone, read by it.
func (g *glance) asksAlias(name string, alone bool) bool {
	for at := 0; ; {
		n := bytes.Index(g.src[at:], []byte(name))
		if n < 0 {
			return false
		}
		start := at + n
		at = start + len(name)
		if wordBytes[g.at(start-1)] || wordBytes[g.at(at)] {
			continue
		}
		if g.pattern(start) {
			return true
		}
		next := g.chained(at)
		switch g.at(next) {
		case '.':
			if slices.Contains(globalReach, g.word(next+1)) {
				return true
			}
		case '[':
			property, close, fixed := g.index(next)
			if fixed && slices.Contains(globalReach, property) || !fixed && (g.called(close) || alone && g.isRead(next, close)) {
				return true
			}
		}
	}
}

// globalReach is what the global object has that reaches beyond a script or evaluates text.
var globalReach = []string{"fetch", "WebSocket", "EventSource", "XMLHttpRequest", "eval", "Function"}

// reaches tells whether the script asks whatever it is for one of these by its name.
func (g *glance) reaches() bool {
	return g.reaching.is(func() bool {
		for _, name := range globalReach {
			for at := 0; ; {
				n := bytes.Index(g.src[at:], []byte(name))
				if n < 0 {
					break
				}
				at += n + len(name)
				start := at - len(name)
				if wordBytes[g.at(at)] {
					continue
				}
				switch g.at(g.before(start)) {
				case '.':
					return true
				case '{', ',':
					if g.takenApart(at) || g.parameterApart(at) {
						return true
					}
				}
			}
		}
		return false
	})
}

// called tells whether what ends before an offset is called.
func (g *glance) called(end int) bool {
	next := g.chained(g.after(end))
	switch g.at(next) {
	case '(':
		return true
	case '.':
		return callers[g.word(next+1)]
	}
	return false
}

// isRead tells whether a property whose bracket ends before an offset is neither set nor a
// part of more, nor one of two names that show and reach no further.
func (g *glance) isRead(open, end int) bool {
	if bytes.IndexByte(g.src[open:end], '?') >= 0 {
		return slices.ContainsFunc(globalReach, func(name string) bool { return bytes.Contains(g.src[open:end], []byte(name)) })
	}
	next := g.after(end)
	switch g.at(next) {
	case ';', ',', ')', '}', '|', '?', ':', 0:
		return true
	}
	return bytes.IndexByte(g.src[end:next], '\n') >= 0
}

// reflects tells whether a call is one of Reflect or Object, by which all that an object has
// can be had.
func (g *glance) reflects(open int) bool {
	method := g.lastWord(open)
	switch dot := open - len(method) - 1; g.at(dot) {
	case '.':
		object := g.lastWord(dot)
		return object == "Reflect" || object == "Object"
	}
	return false
}

// callsComputed tells whether the script calls something by a name that it puts together,
// x[a + b](…), or, where it is small, by one that it does not say.
func (g *glance) callsComputed() bool {
	return g.computed.is(func() bool {
		for at := 0; ; {
			n := bytes.Index(g.src[at:], []byte("]("))
			if n < 0 {
				return false
			}
			close := at + n
			at = close + 2
			from := max(0, close-longestIndex)
			open := from + bytes.LastIndexByte(g.src[from:close], '[')
			before, first := g.at(open-1), g.at(open+1)
			if open < from || !wordBytes[before] && before != ')' && before != ']' {
				continue
			}
			if bytes.IndexByte(g.src[open:close], '+') >= 0 || len(g.src) <= smallScript && wordBytes[first] && first > '9' {
				return true
			}
		}
	})
}
