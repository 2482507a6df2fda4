package locate

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readLaunchd reads ProgramArguments, Program, EnvironmentVariables and WorkingDirectory of a
// property list in XML (launchd.plist(5)). The binary form is not read.
func (s *survey) readLaunchd(u *unit, file string, data []byte) {
	if bytes.HasPrefix(data, []byte("bplist")) {
		s.sink.Skip(file, "binary property list")
		return
	}
	var words []string
	var line int
	err := eachPlistString(data, func(keys []string, value string, at int) {
		switch {
		case slices.Equal(keys, []string{"ProgramArguments"}), slices.Equal(keys, []string{"Program"}) && words == nil:
			if words == nil {
				line = at
			}
			words = append(words, value)
		case slices.Equal(keys, []string{"WorkingDirectory"}):
			u.dir = value
		case len(keys) == 2 && keys[0] == "EnvironmentVariables":
			u.env = append(u.env, variable{keys[1], value, Reference{file, at}})
		}
	})
	if err != nil {
		s.sink.Fail(file, fmt.Errorf("property list: %w", err))
	}
	u.commands = append(u.commands, command{"ProgramArguments", words, Reference{file, line}})
}

// eachPlistString calls yield with every string of a property list: the keys
// that lead to it, from the outermost dict, and its line.
func eachPlistString(data []byte, yield func(keys []string, value string, line int)) error {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Entity = map[string]string{}
	// Property lists are ASCII or UTF-8 in practice; bytes are taken as they stand.
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var keys []string // one for each open dict
	var text strings.Builder
	line := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			text.Reset()
			line, _ = decoder.InputPos()
			if t.Name.Local == "dict" {
				keys = append(keys, "")
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			switch {
			case t.Name.Local == "dict" && len(keys) > 0:
				keys = keys[:len(keys)-1]
			case t.Name.Local == "key" && len(keys) > 0:
				keys[len(keys)-1] = strings.TrimSpace(text.String())
			case t.Name.Local == "string":
				yield(keys, text.String(), line)
			}
			text.Reset()
		}
	}
}
