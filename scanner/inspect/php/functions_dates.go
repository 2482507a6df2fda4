package php

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"plugvet/scanner/inspect/script"
)

// A date may spell a name: its format has the letters, or the names of days and months do.

// foldDate is date where the format says all letters by itself, or stands for
// itself.
//
// Of a time that is given it knows what the letters stand for, in UTC.
func foldDate(_ *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	format, ok := a[0].text()
	if !ok {
		return value{}
	}
	var at time.Time
	if len(a) > 1 && a[1].kind == intKind {
		at = time.Unix(a[1].n, 0).UTC()
	}
	b := make([]byte, 0, len(format))
	for i := 0; i < len(format); i++ {
		c := format[i]
		if layout := dateLayouts[c]; layout != "" && !at.IsZero() && at.Year() < 10_000 {
			text := at.Format(layout)
			if c == 'A' || c == 'a' {
				text = map[byte]string{'A': text, 'a': lower(text)}[c]
			}
			b = append(b, text...)
			continue
		}
		if text := dateText(c, at); text != "" && !at.IsZero() && at.Year() < 10_000 {
			b = append(b, text...)
			continue
		}
		if c == '\\' && i+1 < len(format) {
			i++
			c = format[i]
		} else if strings.IndexByte("dDjlNSwzWFmMntLoYyXxaABgGhHisuveIOPpTZcrU", c) >= 0 {
			return value{}
		}
		b = append(b, c)
	}
	return stringValue(string(b))
}

// moment is when a text says that it is, for date; nothing where that is not known.
func moment(text value) []value {
	s, ok := strings.CutPrefix(text.s, "@")
	if n, err := strconv.ParseInt(s, 10, 64); ok && err == nil {
		return []value{integerValue(n)}
	}
	for _, layout := range []string{time.DateOnly, time.DateTime, "2006-01-02 15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.Parse(layout, text.s); err == nil {
			return []value{integerValue(at.Unix())}
		}
	}
	return nil
}

// dateLayouts are what letters of date stand for, as Go writes it.
var dateLayouts = map[byte]string{
	'd': "02", 'D': "Mon", 'j': "2", 'l': "Monday", 'F': "January", 'm': "01", 'M': "Jan", 'n': "1", 'Y': "2006", 'y': "06",
	'a': "PM", 'A': "PM", 'g': "3", 'h': "03", 'H': "15", 'i': "04", 's': "05",
}

// dateText is what a letter of date stands for that Go has no layout for, in UTC.
func dateText(c byte, at time.Time) string {
	year, week := at.ISOWeek()
	number := strconv.Itoa
	switch c {
	case 'S':
		switch day := at.Day(); {
		case day%10 == 1 && day != 11:
			return "st"
		case day%10 == 2 && day != 12:
			return "nd"
		case day%10 == 3 && day != 13:
			return "rd"
		}
		return "th"
	case 'N':
		return number(int(at.Weekday()+6)%7 + 1)
	case 'w':
		return number(int(at.Weekday()))
	case 'z':
		return number(at.YearDay() - 1)
	case 'W':
		return fmt.Sprintf("%02d", week)
	case 'o':
		return number(year)
	case 't':
		return number(time.Date(at.Year(), at.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day())
	case 'L':
		if time.Date(at.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366 {
			return "1"
		}
		return "0"
	case 'G':
		return number(at.Hour())
	case 'u':
		return "000000"
	case 'v':
		return "000"
	case 'e', 'T':
		return "UTC"
	case 'I', 'Z':
		return "0"
	case 'O':
		return "+0000"
	case 'P':
		return "+00:00"
	case 'p':
		return "Z"
	case 'c':
		return at.Format("2006-01-02T15:04:05+00:00")
	case 'r':
		return at.Format("Mon, 02 Jan 2006 15:04:05 +0000")
	case 'U':
		return strconv.FormatInt(at.Unix(), 10)
	}
	return ""
}
