package php

import "bytes"

// heredoc reads the beginning of a heredoc or nowdoc whose <<< stands at a
// place. It returns endToken where there is none.
func (l *lexer) heredoc(at int) tokenKind {
	s := l.src
	if !bytes.HasPrefix(s[at:], []byte("<<<")) {
		return endToken
	}
	at += 3
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	quote := byte(0)
	if at < len(s) && (s[at] == '\'' || s[at] == '"') {
		quote = s[at]
		at++
	}
	end := labelEnd(s, at)
	label := label{at, end}
	if end == at {
		return endToken
	}
	if quote != 0 {
		if end >= len(s) || s[end] != quote {
			return endToken
		}
		end++
	}
	n := lineEnd(s[end:])
	if n == 0 {
		return endToken
	}
	l.at = end + n
	l.labels = append(l.labels, label)
	switch {
	case l.closes(l.at) > 0:
		l.state = atHeredocEndState
	case quote == '\'':
		l.state = inNowdocState
	default:
		l.state = inHeredocState
	}
	return heredocToken
}

// closes returns where the label ends that closes the innermost heredoc, if it
// stands at the beginning of the line at a place; otherwise 0.
func (l *lexer) closes(at int) int {
	s := l.src
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	label := l.labels[len(l.labels)-1]
	name := s[label.start:label.end]
	if !bytes.HasPrefix(s[at:], name) {
		return 0
	}
	at += len(name)
	if at == len(s) || isLabelStart(s[at]) || isDigit(s[at]) {
		return 0 // PHP wants something behind it
	}
	return at
}

func (l *lexer) heredocEnd() tokenKind {
	l.at = l.closes(l.at)
	l.labels = l.labels[:len(l.labels)-1]
	l.state = codeState
	return heredocEndToken
}

// nowdoc reads the text up to the line of the label.
func (l *lexer) nowdoc() tokenKind {
	for l.at < len(l.src) {
		n := lineEnd(l.src[l.at:])
		l.at += max(n, 1)
		if n > 0 && l.closes(l.at) > 0 {
			l.state = atHeredocEndState
			break
		}
	}
	return textToken
}

// interpolated reads a token in double quotes, backticks or a heredoc.
func (l *lexer) interpolated() tokenKind {
	s, c := l.src, l.src[l.at]
	switch {
	case c == '"' && l.state == inDoubleQuotesState:
		l.at++
		l.state = codeState
		return quoteEndToken
	case c == '`' && l.state == inTicksState:
		l.at++
		l.state = codeState
		return tickEndToken
	case c == '$' && startsVariable(s, l.at):
		if s[l.at+1] == '{' {
			l.at += 2
			l.push(inNameState)
			return dollarCurlyToken
		}
		l.at = labelEnd(s, l.at+1)
		switch rest := s[l.at:]; {
		case len(rest) > 0 && rest[0] == '[':
			l.push(inOffsetState)
		case len(rest) > 2 && rest[0] == '-' && rest[1] == '>' && isLabelStart(rest[2]),
			len(rest) > 3 && rest[0] == '?' && rest[1] == '-' && rest[2] == '>' && isLabelStart(rest[3]):
			l.push(propertyState)
		}
		return variableToken
	case c == '{' && startsVariable(s, l.at):
		l.at++
		l.push(codeState)
		return curlyToken
	}
	for l.at < len(s) {
		switch c := s[l.at]; {
		case c == '\\' && l.at+1 < len(s):
			// What follows is no quote and no variable, but a line end in a
			// heredoc remains one.
			l.at++
			if l.state == inHeredocState && (s[l.at] == '\n' || s[l.at] == '\r') {
				continue
			}
		case c == '"' && l.state == inDoubleQuotesState, c == '`' && l.state == inTicksState, startsVariable(s, l.at):
			return textToken
		case (c == '\n' || c == '\r') && l.state == inHeredocState:
			l.at += lineEnd(s[l.at:])
			if l.closes(l.at) > 0 {
				l.state = atHeredocEndState
				return textToken
			}
			continue
		}
		l.at++
	}
	return textToken
}

// offset reads a token between the brackets of "$x[0]".
func (l *lexer) offset() tokenKind {
	s, c := l.src, l.src[l.at]
	switch {
	case isDigit(c):
		l.at = offsetEnd(s, l.at)
		return offsetToken
	case c == '$' && l.at+1 < len(s) && isLabelStart(s[l.at+1]):
		l.at = labelEnd(s, l.at+1)
		return variableToken
	case c == ']':
		l.at++
		l.pop()
		return ']'
	case isLabelStart(c):
		l.at = labelEnd(s, l.at)
		return varNameToken
	case isSpace(c) || c == '\\' || c == '\'' || c == '#':
		// No offset of PHP's: the string goes on.
		l.pop()
		return l.interpolated()
	}
	l.at++
	if bytes.IndexByte([]byte(";:,.|^&+-/*=%!~$<>?@[(){}\"`"), c) >= 0 {
		return tokenKind(c)
	}
	return badToken
}

// offsetEnd is numberEnd for what may stand in "$x[0]".
func offsetEnd(s []byte, at int) int {
	if s[at] == '0' && at+2 < len(s) {
		if c := lowerASCII(s[at+1]); c == 'x' || c == 'o' || c == 'b' {
			if end := numberEnd(s, at); end > at+1 {
				return end
			}
		}
	}
	return digitsEnd(s, at, "0123456789")
}
