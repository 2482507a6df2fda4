package shell

import "strings"

// How env takes a text apart into words: its option -S, of GNU and of the BSDs.

// splitEscapes are what follows a backslash and stands for another character.
var splitEscapes = map[byte]byte{'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '_': ' '}

// split gives the words of a text, in which ${NAME} is a variable but within single quotes.
// What a variable has is not taken apart.
func (s *state) split(text string) (all []string) {
	var word strings.Builder
	written, begun, quote := 0, false, byte(0)
	end := func() {
		if begun {
			all = append(all, word.String())
			word.Reset()
			begun = false
		}
	}
	for i := 0; i < len(text) && written < MaxLine && len(all) < maxWords; i++ {
		c, next := text[i], byte(0)
		if i+1 < len(text) {
			next = text[i+1]
		}
		piece := string(c)
		switch {
		case c == '\\' && next != 0 && (quote != '\'' || next == '\\' || next == '\''):
			i++
			piece = string(next)
			if to, ok := splitEscapes[next]; ok && quote == 0 && next == '_' {
				end()
				continue
			} else if ok {
				piece = string(to)
			} else if next == 'c' { // the rest is no part of it
				i, piece = len(text), ""
			}
		case quote != 0 && c == quote:
			quote, piece = 0, ""
		case quote == 0 && (c == '"' || c == '\''):
			quote, piece = c, ""
		case quote == 0 && strings.IndexByte(" \t\n\v\f\r", c) >= 0:
			end()
			continue
		case quote == 0 && !begun && c == '#':
			i = len(text)
			continue
		case quote != '\'' && c == '$' && next == '{':
			name, _, closed := strings.Cut(text[i+2:], "}")
			if !closed {
				return nil // env refuses it
			}
			piece = environ{s}.Get(name).String()
			i += len(name) + 2
		}
		begun = true
		written += len(piece)
		word.WriteString(piece)
	}
	end()
	return all
}
