package shell

import (
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
)

// output is what a command writes, of those by which a name is put together.
func output(name string, args []string, in string) string {
	switch name {
	case "echo":
		end, escapes := "\n", false
		for len(args) > 0 && (args[0] == "-n" || args[0] == "-e" || args[0] == "-ne" || args[0] == "-en") {
			if strings.Contains(args[0], "n") {
				end = ""
			}
			escapes = escapes || strings.Contains(args[0], "e")
			args = args[1:]
		}
		text := strings.Join(args, " ")
		if escapes {
			if plain, _, err := expand.Format(nil, strings.ReplaceAll(text, "%", "%%"), nil); err == nil {
				text = plain
			}
		}
		return text + end
	case "printf":
		if len(args) > 0 && args[0] == "--" {
			args = args[1:]
		}
		return printed(args)
	case "ls": // of patterns as they stand
		if files := operands(args); len(files) > 0 {
			return strings.Join(files, "\n") + "\n"
		}
		return unknown
	case "cat", "head", "tail", "tee":
		if len(args) == 0 || strings.HasPrefix(args[0], "-") {
			return in
		}
		return unknown
	}
	switch {
	case name == "basename" && len(args) > 0:
		base := path.Base(args[0])
		if len(args) > 1 && base != args[1] {
			base = strings.TrimSuffix(base, args[1])
		}
		return base
	case name == "dirname" && len(args) > 0:
		return path.Dir(args[0])
	case in == unknown:
		return unknown
	}
	has := func(options ...string) bool {
		for _, a := range args {
			for _, o := range options {
				if a == o {
					return true
				}
			}
		}
		return false
	}
	switch name {
	case "sort", "tac":
		lines := strings.Split(strings.TrimSuffix(in, "\n"), "\n")
		if name == "sort" {
			slices.Sort(lines)
		}
		if name == "tac" || has("-r") {
			slices.Reverse(lines)
		}
		return strings.Join(lines, "\n") + "\n"
	case "paste":
		return strings.ReplaceAll(strings.TrimSuffix(in, "\n"), "\n", "")
	case "rev":
		lines := strings.Split(in, "\n")
		for i, line := range lines {
			lines[i] = reversed(line)
		}
		return strings.Join(lines, "\n")
	case "base64", "openssl":
		if has("-d", "-D", "--decode") {
			clean := strings.NewReplacer("\n", "", " ", "", "=", "").Replace(in)
			if b, err := base64.RawStdEncoding.DecodeString(clean); err == nil {
				return string(b)
			}
		}
	case "xxd":
		if has("-r", "-rp", "-r -p", "-pr") {
			if b, err := hex.DecodeString(strings.NewReplacer("\n", "", " ", "").Replace(in)); err == nil {
				return string(b)
			}
		}
	case "dc":
		return calculated(in)
	case "tr":
		return translated(args, in)
	case "cut":
		return cutOut(args, in)
	case "sed":
		if len(args) > 0 {
			return edited(args[len(args)-1], in)
		}
	}
	return unknown
}

// wide is what in a format makes of one argument more than a line.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*[0-9]{4}`)

// printed is what printf writes, which goes through its format until no arguments
// are left.
func printed(args []string) string {
	if len(args) == 0 {
		return ""
	}
	format, rest := args[0], args[1:]
	if wide.MatchString(format) {
		return unknown
	}
	var out strings.Builder
	for n := 0; n < 64; n++ {
		text, used, err := expand.Format(nil, format, rest)
		if err != nil || out.Len()+len(text) > MaxLine {
			return unknown
		}
		out.WriteString(text)
		if used == 0 || used >= len(rest) {
			break
		}
		rest = rest[used:]
	}
	return out.String()
}

// translated is what tr makes of a text.
func translated(args []string, in string) string {
	switch {
	case len(args) == 2 && args[0] == "-d":
		gone := set(args[1])
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(gone, r) {
				return -1
			}
			return r
		}, in)
	case len(args) == 2 && !strings.HasPrefix(args[0], "-"):
		from, to := []rune(set(args[0])), []rune(set(args[1]))
		if len(to) == 0 {
			return in
		}
		return strings.Map(func(r rune) rune {
			for i, c := range from {
				if c == r {
					return to[min(i, len(to)-1)]
				}
			}
			return r
		}, in)
	}
	return unknown
}

// set writes out the ranges of a set of tr.
func set(s string) string {
	s = strings.NewReplacer("[:upper:]", "A-Z", "[:lower:]", "a-z", "[:digit:]", "0-9", "[", "", "]", "").Replace(s)
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if i+2 < len(s) && s[i+1] == '-' && s[i] <= s[i+2] {
			for c := int(s[i]); c <= int(s[i+2]); c++ {
				out.WriteByte(byte(c))
			}
			i += 2
			continue
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// edited is what a command s of sed makes of a text.
func edited(command, in string) string {
	if len(command) < 4 || command[0] != 's' {
		return unknown
	}
	parts := strings.Split(command[2:], command[1:2])
	if len(parts) != 3 {
		return unknown
	}
	r, err := regexp.Compile(parts[0])
	if err != nil {
		return unknown
	}
	if strings.Contains(parts[2], "g") {
		return r.ReplaceAllLiteralString(in, parts[1])
	}
	if at := r.FindStringIndex(in); at != nil {
		return in[:at[0]] + parts[1] + in[at[1]:]
	}
	return in
}

func reversed(s string) string {
	r := []rune(s)
	for a, b := 0, len(r)-1; a < b; a, b = a+1, b-1 {
		r[a], r[b] = r[b], r[a]
	}
	return string(r)
}

// cutOut evaluates cut of one field, or of a range of characters.
func cutOut(args []string, in string) string {
	delimiter, fields, characters := "\t", "", ""
	options := map[string]*string{"-d": &delimiter, "-f": &fields, "-c": &characters, "-b": &characters}
	for i := 0; i < len(args); i++ {
		if len(args[i]) < 2 || options[args[i][:2]] == nil {
			return unknown
		}
		to, v := options[args[i][:2]], args[i][2:]
		if v == "" && i+1 < len(args) {
			i++
			v = args[i]
		}
		*to = v
	}
	lines := strings.Split(in, "\n")
	for i, line := range lines {
		parts := strings.Split(line, delimiter)
		which := fields
		if characters != "" {
			parts, which, delimiter = strings.Split(line, ""), characters, ""
		}
		first, last, isRange := strings.Cut(which, "-")
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if first == "" && isRange {
			from, err1 = 1, nil
		}
		switch {
		case !isRange:
			to, err2 = from, nil
		case last == "":
			to, err2 = len(parts), nil
		}
		if err1 != nil || err2 != nil || from < 1 {
			return unknown
		}
		from, to = min(from, len(parts)+1), min(to, len(parts))
		lines[i] = strings.Join(parts[from-1:max(from-1, to)], delimiter)
	}
	return strings.Join(lines, "\n")
}

// calculated is what dc prints of a program that has numbers, texts and what it prints in
// letters: P, and a, which makes a letter of a number.
func calculated(program string) string {
	var out strings.Builder
	var stack []any // numbers and texts
	radix := 10
	for i := 0; i < len(program); i++ {
		var top any
		if len(stack) > 0 {
			top = stack[len(stack)-1]
		}
		n, isNumber := top.(*big.Int)
		switch c := program[i]; {
		case c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c == '_':
			start := i
			for i+1 < len(program) && (program[i+1] >= '0' && program[i+1] <= '9' || program[i+1] >= 'A' && program[i+1] <= 'F') {
				i++
			}
			n, ok := new(big.Int).SetString(strings.Replace(program[start:i+1], "_", "-", 1), radix)
			if !ok {
				return unknown
			}
			stack = append(stack, n)
		case c == '[':
			end := strings.IndexByte(program[i:], ']')
			if end < 0 {
				return unknown
			}
			stack = append(stack, program[i+1:i+end])
			i += end
		case strings.IndexByte(" \n\t", c) >= 0:
		case top == nil:
			return unknown
		case strings.IndexByte("+-*", c) >= 0 && len(stack) > 1:
			x, ok := stack[len(stack)-2].(*big.Int)
			if !ok || !isNumber || x.BitLen()+n.BitLen() > 8*MaxLine {
				return unknown
			}
			stack = append(stack[:len(stack)-2], map[byte]func(x, y *big.Int) *big.Int{'+': new(big.Int).Add, '-': new(big.Int).Sub, '*': new(big.Int).Mul}[c](x, n))
		case c == 'i' && isNumber && n.IsInt64() && n.Int64() > 1 && n.Int64() <= 16:
			radix, stack = int(n.Int64()), stack[:len(stack)-1]
		case c == 'a' && isNumber:
			stack[len(stack)-1] = string(rune(n.Int64() & 0xff))
		case (c == 'P' || c == 'n' || c == 'p') && out.Len() < MaxLine:
			text, _ := top.(string)
			if isNumber && c == 'P' {
				text = string(n.Bytes())
			} else if isNumber {
				text = n.String()
			}
			if out.WriteString(text); c == 'p' {
				out.WriteByte('\n')
			} else {
				stack = stack[:len(stack)-1]
			}
		default:
			return unknown
		}
	}
	return out.String()
}
