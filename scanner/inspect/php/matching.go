package php

// matching reads match (subject) { a, b => x, default => y }. It is one of its
// arms where the subject and what stands before the arms are constant, and
// otherwise any of them. A trace takes only the one that it is, as far as that is known.
func (r *reader) matching() value {
	r.take()
	subject := r.group(false)
	open := r.at
	shown, keep, loose, dir := r.shown, r.keep, r.loose, r.dir
	r.shown, r.keep, r.loose, r.dir = false, false, false, false
	defer func() { r.shown, r.keep, r.loose, r.dir = shown, keep, loose, dir }()
	r.take()
	end := int(r.match[open])
	var chosen, otherwise, all value
	certain, done, first := true, false, true
	fallback := 0 // what a trace takes where no other arm is
	for r.at < end && !r.failed {
		at := r.at
		holds, byDefault := false, false
		for r.at < end && r.tokens[r.at].kind != doubleArrowToken && !r.failed {
			at := r.at
			if r.tokens[at].word == wordDefault {
				r.take()
				byDefault = true
			} else if same, known := identical(subject, r.expression(precLowest)); known {
				holds = holds || same
			} else {
				certain = certain && (done || holds)
			}
			if r.tokens[r.at].kind == ',' {
				r.take()
			}
			if r.at == at {
				break
			}
		}
		if r.tokens[r.at].kind != doubleArrowToken || r.at >= end {
			certain = false
			break
		}
		r.take()
		if r.trace != nil && certain && !holds { // another arm is taken, and does what it does
			if byDefault {
				fallback = r.at
			}
			r.at = r.armEnd(end)
			continue
		}
		v := r.expression(precLowest)
		if r.trace != nil && certain {
			r.at = end
			r.closing(open)
			return v
		}
		if first {
			all, first = v, false
		} else {
			all = r.bothOf(all, v)
		}
		switch {
		case holds && !done:
			chosen, done = v, true
		case byDefault:
			otherwise = v
		}
		if r.tokens[r.at].kind == ',' && r.at < end {
			r.take()
		}
		if r.at == at {
			break
		}
	}
	if fallback > 0 {
		after := r.at
		r.at = fallback
		otherwise = r.expression(precLowest)
		if r.at = after; first {
			all = otherwise
		} else {
			all = r.bothOf(all, otherwise)
		}
	}
	if r.at < end {
		certain = false
		r.until(end)
	}
	r.closing(open)
	switch {
	case certain && done:
		return chosen
	case certain:
		return otherwise
	case all.scalar(): // the only arm there is
		return either(all, value{})
	}
	return all
}

// armEnd is where the arm ends in which the reader stands, with its comma.
func (r *reader) armEnd(end int) int {
	for k := r.at; k < end; k++ {
		if r.tokens[k].kind == ',' {
			return k + 1
		}
		if m := int(r.match[k]); m > k {
			k = m
		}
	}
	return end
}

// identical is === of constants and of cases of enumerations.
func identical(a, b value) (same, known bool) {
	if same, known := sameCase(a, b); known {
		return same, true
	}
	if !a.scalar() || !b.scalar() {
		return false, false
	}
	return a.kind == b.kind && a.s == b.s && a.n == b.n, true
}
