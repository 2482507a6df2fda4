package php

// matching reads match (subject) { a, b => x, default => y }. It is one of its
// arms where the subject and what stands before the arms are constant, and
// otherwise any of them.
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
		v := r.expression(precLowest)
		if first {
			all, first = v, false
		} else {
			all = either(all, v)
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
	case all.known(): // the only arm there is
		return either(all, value{})
	}
	return all
}

// identical is === of constants.
func identical(a, b value) (same, known bool) {
	if !a.scalar() || !b.scalar() {
		return false, false
	}
	return a.kind == b.kind && a.s == b.s && a.n == b.n, true
}
