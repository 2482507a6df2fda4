package locate

import "strings"

// A httpdLine is one directive, or the begin or end of a section, whose name
// then starts with "<" or "</".
type httpdLine struct {
	name string   // in lower case: httpd takes any
	args []string // variables not expanded
	line int
}

// maxHTTPDLine bounds one logical line, in bytes; httpd's own limit is 16 MB
// (VARBUF_MAX_LEN), and lines of people have some hundred.
const maxHTTPDLine = 1 << 20

// parseHTTPD calls visit for every directive, as ap_cfg_getline and
// ap_getword_conf take a file apart: a backslash at the end takes in the next
// line, also of a comment; "#" begins a comment only at the begin of a line.
// Nothing is an error, since what a directive means is for its module to say.
// It reports how many lines were too long to read.
func parseHTTPD(data []byte, visit func(httpdLine)) (tooLong int) {
	for number, text := range continuedLines(data) {
		text = strings.TrimSpace(text)
		if len(text) > maxHTTPDLine {
			tooLong++
			continue
		}
		if text == "" || text[0] == '#' {
			continue
		}
		if text[0] == '<' {
			text = strings.TrimSuffix(text, ">")
		}
		name, rest := httpdWord(text)
		if name == "" {
			continue
		}
		line := httpdLine{name: strings.ToLower(name), line: number}
		for rest != "" {
			var arg string
			arg, rest = httpdWord(rest)
			line.args = append(line.args, arg)
		}
		visit(line)
	}
	return tooLong
}

// httpdWord splits the first word off text (ap_getword_conf): a quote at its
// begin groups up to the next of its kind, and inside a backslash takes a quote
// or a backslash as it is.
func httpdWord(text string) (word, rest string) {
	text = strings.TrimLeft(text, httpdBlanks)
	if text == "" || text[0] != '"' && text[0] != '\'' {
		end := strings.IndexAny(text, httpdBlanks)
		if end < 0 {
			return text, ""
		}
		return text[:end], strings.TrimLeft(text[end:], httpdBlanks)
	}
	quote := text[0]
	var b strings.Builder
	i := 1
	for ; i < len(text) && text[i] != quote; i++ {
		if text[i] == '\\' && i+1 < len(text) && (text[i+1] == quote || text[i+1] == '\\') {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), strings.TrimLeft(text[min(i+1, len(text)):], httpdBlanks)
}

const httpdBlanks = " \t\r\n\v\f"
