package php

import "strings"

// Files that a script has opened, or made, while it is traced: their text is known where
// the script wrote it, or is read together with them. What is left to read is "text", all
// of it "whole".

// fileMethod is a method of SplFileObject, or what a function of PHP does to a file.
func (r *reader) fileMethod(o *object, name string, args []argument, arg func(int) value) value {
	switch name {
	case "fwrite":
		r.writeTo(o, arg(0))
	case "fputcsv":
		line := ""
		for i, v := range valuesWithin(arg(0)) {
			field, ok := v.text()
			if !ok || !r.budget.Take(len(line)) {
				return value{}
			}
			if strings.ContainsAny(field, ", \t\r\n\"") {
				field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
			}
			if i > 0 {
				line += ","
			}
			line += field
		}
		r.writeTo(o, stringValue(line+"\n"))
	case "fgetcsv":
		v := nextLine(o, true)
		switch {
		case !v.known():
			return v
		case v.s == "":
			return boolValue(false)
		}
		return r.row(o, strings.TrimRight(v.s, "\r\n"), valuesOf(args[min(1, len(args)):])...)
	case "setflags":
		o.properties["flags"] = arg(0)
	case "setcsvcontrol":
		o.properties["separator"] = arg(0)
	case "fgetc", "contents":
		text, whole := o.properties["text"], o.properties["whole"]
		n := int64(1)
		if name == "contents" {
			if from, ok := arguments(args).number(1); ok && from >= 0 && from <= int64(len(whole.s)) {
				text = stringValue(whole.s[from:])
			}
			if n = int64(len(text.s)); len(args) > 0 {
				if most, ok := arg(0).number(); ok && most >= 0 {
					n = min(n, most)
				}
			}
		}
		switch {
		case !text.known():
			return marked(text.marks)
		case name == "fgetc" && text.s == "":
			return boolValue(false)
		case !r.budget.Take(elementCost):
			return value{}
		}
		o.properties["text"] = stringValue(text.s[n:])
		return stringValue(text.s[:n])
	case "rewind":
		if whole := o.properties["whole"]; whole.known() {
			o.properties["text"] = whole
		}
	case "fseek":
		const fromHere, fromEnd = 1, 2 // SEEK_CUR, SEEK_END
		whole := o.properties["whole"]
		n, ok := arg(0).number()
		switch whence, _ := arg(1).number(); whence {
		case fromHere:
			n += int64(len(whole.s) - len(o.properties["text"].s))
		case fromEnd:
			n += int64(len(whole.s))
		}
		if ok && n >= 0 && n <= int64(len(whole.s)) && whole.known() {
			o.properties["text"] = stringValue(whole.s[n:])
		}
	case "fgets", "current":
		return nextLine(o, name == "fgets")
	case "fread":
		text := o.properties["text"]
		if n, ok := arg(0).number(); ok && text.known() && n >= 0 {
			n = min(n, int64(len(text.s)))
			o.properties["text"] = stringValue(text.s[n:])
			return stringValue(text.s[:n])
		}
		return text
	case "__tostring", "fpassthru":
		return o.properties["text"]
	case "seek":
		rest := o.properties["whole"].s
		n, _ := arg(0).number()
		if !r.budget.Take(len(rest)) {
			return value{}
		}
		for ; n > 0 && rest != ""; n-- {
			_, rest, _ = strings.Cut(rest, "\n")
		}
		o.properties["text"] = stringValue(rest)
	case "next":
		_, rest, _ := strings.Cut(o.properties["text"].s, "\n")
		o.properties["text"] = stringValue(rest)
	case "eof":
		return boolValue(o.properties["text"].s == "")
	case "valid":
		return boolValue(o.properties["text"].s != "")
	}
	return fileInfo(r.budget, name, pathOf(o), arg(0))
}

// pathOf is the name of a file that is open.
func pathOf(o *object) value {
	if len(o.args) == 0 {
		return value{}
	}
	return o.args[0]
}

// writeTo puts a text behind the others in a file.
func (r *reader) writeTo(o *object, v value) {
	r.putFile(pathOf(o), v, true)
	text, _ := o.properties["text"].text()
	more, ok := v.text()
	if _, pipe := o.properties["pipe"]; pipe { // which a program reads, that goes on behind what is not known
		more, ok = v.withHole(), true
	}
	if filter := o.properties["filter"]; ok && filter.known() { // of what is written
		before, _ := o.properties["written"].text()
		if ok = r.budget.Take(len(before) + len(more)); ok {
			o.properties["written"] = stringValue(before + more)
			text = ""
			more, ok = foldCall(r.budget, filter.s, []value{o.properties["written"]}).text()
		}
	}
	if ok && r.budget.Take(len(text)+len(more)) {
		o.properties["text"] = stringValue(text + more)
		o.properties["whole"] = o.properties["text"]
	}
}

// nextLine is the line of a file that is read next; it may be taken off.
func nextLine(o *object, takes bool) value {
	text := o.properties["text"]
	switch {
	case !text.known():
		return marked(text.marks)
	case takes && text.s == "":
		return boolValue(false)
	}
	line, rest, more := strings.Cut(text.s, "\n")
	if more {
		line += "\n"
	}
	if takes {
		o.properties["text"] = stringValue(rest)
	}
	return stringValue(line)
}

// The flags of SplFileObject.
const (
	dropNewLine = 1
	skipEmpty   = 4
	readCSV     = 8
)

// linesOf are the lines of a file as its flags say that they are read.
func (r *reader) linesOf(o *object) *array {
	text := o.properties["whole"].s
	flags, _ := o.properties["flags"].number()
	out := newArray(0)
	for _, line := range strings.SplitAfter(text, "\n") {
		if !r.budget.Take(elementCost + len(line)) {
			break
		}
		bare := strings.TrimRight(line, "\r\n")
		switch {
		case bare == "" && flags&skipEmpty != 0:
		case flags&readCSV != 0:
			out.append(r.row(o, bare))
		case flags&dropNewLine != 0:
			out.append(stringValue(bare))
		default:
			out.append(stringValue(line))
		}
	}
	return out
}

// row are the fields of a line of a file, with what lies between them as the file has
// it or as they are asked for.
func (r *reader) row(o *object, line string, given ...value) value {
	if separator, ok := o.properties["separator"]; ok && len(given) == 0 {
		given = []value{separator}
	}
	return foldCSV(r.budget, append([]value{stringValue(line)}, given...))
}
