package php

import (
	"cmp"
	"strings"

	"plugvet/scanner/inspect/script"
)

// stringLiteral reads a string without variables.
func (r *reader) stringLiteral() value {
	i := r.at
	t := r.tokens[i]
	from, to := int(t.start), int(t.end)
	if lowerASCII(r.src[from]) == 'b' {
		from++
	}
	q := quoting{quote: r.src[from]}
	text, start, same := q.value(r.src, from+1, to-1)
	v := value{kind: stringKind, s: text, computed: !same}
	if same {
		v.literal = uint32(start) + 1
	}
	if r.home != nil && r.home.within+r.home.sibling > 0 { // it stands elsewhere
		v.computed, v.literal = true, 0
	}
	if r.out == nil {
		r.take()
		return v
	}
	r.gap()
	r.at++
	r.copied = to
	if r.shown {
		r.out.Computed(`""`, from, to)
		return v
	}
	r.out.CopiedText(`"`, from)
	r.literal(q, from+1, to-1)
	r.out.CopiedText(`"`, to-1)
	return v
}

// interpolated reads a string or a command with variables in it, or a heredoc, as
// the sum of its parts.
func (r *reader) interpolated() value {
	open := r.at
	t := r.tokens[open]
	end := int(r.match[open])
	if end < 0 {
		end = r.length
	}
	q := quoting{quote: '"'}
	switch t.kind {
	case tickToken:
		q.quote = '`'
	case heredocToken:
		q = r.heredocQuoting(open, end)
	}
	if r.out != nil {
		r.gap()
		if t.kind == tickToken {
			r.out.Computed("shell_exec(", int(t.start), int(t.end))
		}
	}
	shown, keep, mark := r.shown, r.keep, r.viewSize()
	r.shown, r.keep = shown && t.kind != tickToken, false
	v := r.parts(open, end, q)
	if t.kind == tickToken {
		args := []argument{{value: v, from: open}}
		if r.trace != nil {
			r.sawCommand("shell_exec", args)
		} else if line := r.startedByShell("shell_exec", args); line != "" && r.out != nil {
			r.out.Truncate(mark)
			r.constant(stringValue(line), int(t.start), int(r.tokens[r.at-1].end))
		}
	}
	if seen := besides(v, r.traces[open]); t.kind == tickToken && r.out != nil && len(seen) > 0 {
		r.out.Truncate(mark)
		r.constant(severally(seen, "; "), int(t.start), int(r.tokens[r.at-1].end))
	}
	r.shown, r.keep = shown, keep
	if r.at == end && end < r.length {
		r.skip()
	}
	if t.kind != tickToken {
		return v
	}
	if r.out != nil {
		r.out.Computed(")", int(r.tokens[r.at-1].start), int(r.tokens[r.at-1].end))
		r.use(script.Call, "shell_exec", open, false)
	}
	return value{}
}

// skip goes over a token that does not stand in the view.
func (r *reader) skip() {
	if r.out == nil {
		r.take()
		return
	}
	r.gap()
	r.copied = int(r.tokens[r.at].end)
	r.at++
}

// heredocQuoting tells how the text of a heredoc is to be read.
func (r *reader) heredocQuoting(open, end int) quoting {
	q := quoting{}
	if strings.IndexByte(r.text(open), '\'') >= 0 {
		q.quote = 'n'
	}
	if end < r.length {
		label := r.text(end)
		q.indent = len(label) - len(strings.TrimLeft(label, " \t"))
	}
	return q
}

// parts reads the parts of a string between two tokens. Constants that stand next
// to one another are one, and so is the string if all of it is constant.
func (r *reader) parts(open, end int, q quoting) value {
	first, mark := true, r.viewSize()
	r.skip()
	known, prefix, suffix := true, "", ""
	var choices []value
	other := ""
	m, ofFile := marks(0), fromFile // that nothing but a file gives
	heredoc := r.tokens[open].kind == heredocToken
	var run constantRun
	wrapped := false
	for r.at < end && !r.failed {
		at := r.at
		t := r.tokens[at]
		before := r.viewSize()
		plus := func() {
			if !first && r.out != nil {
				r.out.Computed(" . ", int(t.start), int(t.start)+1)
			}
			first = false
		}
		piece := 0 // where it begins in the view
		var v value
		switch t.kind {
		case textToken:
			p := q
			p.first = heredoc && at == open+1
			p.last = heredoc && at == end-1
			text, start, same := p.value(r.src, int(t.start), int(t.end))
			if text == "" && end != open+2 {
				r.skip()
				continue
			}
			v = value{kind: stringKind, s: text, computed: !same}
			if same {
				v.literal = uint32(start) + 1
			}
			if plus(); r.out != nil {
				piece = r.viewSize()
				if r.shown {
					r.out.Computed(`""`, int(t.start), int(t.end))
				} else {
					r.out.Computed(`"`, int(t.start), int(t.start)+1)
					r.literal(p, int(t.start), int(t.end))
					r.out.Computed(`"`, int(t.end)-1, int(t.end))
				}
			}
			r.skip()
		case variableToken:
			plus()
			piece = r.viewSize()
			v = r.variableInText()
		case curlyToken, dollarCurlyToken:
			plus()
			piece = r.viewSize()
			v = r.curly()
		default:
			r.take()
		}
		if r.at == at {
			r.take()
		}
		if r.trace != nil {
			v = r.textOf(v)
		}
		m |= v.marks.partOf()
		ofFile &= v.marks
		other = cmp.Or(other, v.from())
		text, ok := v.text()
		if ok && len(suffix) <= longestEnd {
			suffix += text
		} else {
			suffix = v.suffix()
		}
		if known && !ok {
			prefix = string(run.sum) + v.prefix()
			choices = []value{wholeOr(run.count, run.value, run.sum)}
		}
		if !known || !ok {
			choices, prefix = r.crossedWith(choices, v, prefix)
		}
		if ok && r.goesOn(run, text) {
			wrapped = run.count == 1 && r.wraps(run.value, v, false)
			if run.add(v, text); r.out != nil {
				r.out.Truncate(before)
			}
			continue
		}
		known = known && ok && run.count == 0
		size := r.viewSize()
		r.write(run, before, at)
		run = constantRun{from: at, mark: piece + r.viewSize() - size}
		if run.start(v) {
			run.count = 1
		}
	}
	if !known {
		r.write(run, r.viewSize(), r.at)
		return between(prefix, suffix, m|ofFile).among(choices).alsoFrom(other)
	}
	v := value{kind: stringKind, s: string(run.sum), computed: run.count > 1 || run.value.computed, decoded: run.value.decoded, wrapped: wrapped}
	if run.count == 1 && run.value.kind == stringKind {
		v.literal = run.value.literal
	}
	if r.out != nil && run.count != 1 {
		r.out.Truncate(mark)
		r.constant(v, int(r.tokens[open].start), int(r.tokens[r.at-1].end))
	}
	return v
}

// variableInText reads "$x", "$x[0]" or "$x->y".
func (r *reader) variableInText() value {
	at, mark := r.at, r.mark()
	v := r.variable(r.text(at))
	r.take()
	switch r.tokens[r.at].kind {
	case '[':
		open := r.at
		if r.match[open] < 0 {
			return value{}
		}
		r.take()
		key := value{}
		switch i := r.at; r.tokens[i].kind {
		case offsetToken:
			key = numberOf(r.text(i))
		case varNameToken:
			key = stringValue(r.text(i))
		case variableToken:
			key = r.variable(r.text(i))
		}
		for r.at <= int(r.match[open]) && !r.failed {
			r.take()
		}
		v = v.element(key)
	case arrowToken, nullArrowToken:
		of := v.object()
		v = value{}
		r.take()
		member := r.at
		r.take()
		if of != nil {
			return r.property(of, r.text(member))
		}
		if r.text(at) == "$this" {
			v = r.fact(r.survey.members["$"+r.text(member)])
		}
	}
	if v.kind == stringKind {
		r.fold(mark, at, v)
	}
	return v
}

// curly reads "{$x}" or "${x}".
func (r *reader) curly() value {
	open := r.at
	end := int(r.match[open])
	if end < 0 {
		r.take()
		return value{}
	}
	var v value
	mark := r.mark()
	if name := r.tokens[open+1]; name.kind == varNameToken && open+2 == end {
		r.skip()
		v = r.variable("$" + r.text(open+1))
		if r.out != nil {
			r.out.Computed("$", int(r.tokens[open].start), int(r.tokens[open].end))
		}
		r.take()
		r.skip()
		if v.kind == stringKind {
			r.fold(mark, open, v)
		}
		return v
	}
	dollar := r.tokens[open].kind == dollarCurlyToken
	if dollar {
		r.take()
	} else {
		r.skip()
	}
	v = r.expression(precLowest)
	r.until(end)
	if r.at == end {
		if dollar {
			r.take()
		} else {
			r.skip()
		}
	}
	if dollar {
		return r.variableNamed(v)
	}
	return v
}
