package machine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Dates that functions take apart, put together, read and write. The fields of a date are
// numbers that a file may keep as another date, and so letters. All places have UTC here.

// broken is a date that is taken apart, as struct tm of time.h has it: seconds, minutes,
// hours, the day of the month, the month from 0, the year from 1900, the day of the week
// and of the year.
type broken [8]int32

const (
	second, minute, hour, monthDay, month, year, weekDay, yearDay = 0, 1, 2, 3, 4, 5, 6, 7

	brokenSize = 36 // with a number for the time of the summer, which is 0
)

func (b broken) time() time.Time {
	return time.Date(1900+int(b[year]), time.Month(1+int(b[month])), int(b[monthDay]), int(b[hour]), int(b[minute]), int(b[second]), 0, time.UTC)
}

func brokenOf(t time.Time) broken {
	return broken{int32(t.Second()), int32(t.Minute()), int32(t.Hour()), int32(t.Day()), int32(t.Month() - 1), int32(t.Year() - 1900), int32(t.Weekday()), int32(t.YearDay() - 1)}
}

func (m *machine) broken(at uint64) (b broken) {
	for i := range b {
		b[i] = int32(m.peek(at+4*uint64(i), 4))
	}
	return b
}

func (m *machine) putBroken(at uint64, b broken) {
	for i, n := range b {
		m.write(at+4*uint64(i), uint64(uint32(n)), 4)
	}
	m.write(at+brokenSize-4, 0, 4)
}

// dated does what a function for dates would, if it is one that is known.
func (m *machine) dated(name string, a [6]uint64) (result uint64, known bool) {
	switch name {
	case "timegm", "mktime", "timelocal", "_mkgmtime":
		at := m.broken(a[0]).time()
		m.putBroken(a[0], brokenOf(at))
		return uint64(at.Unix()), true
	case "gmtime", "localtime", "gmtime_r", "localtime_r":
		to := a[1]
		if !strings.HasSuffix(name, "_r") {
			to = m.result("")
		}
		m.putBroken(to, brokenOf(time.Unix(int64(m.peek(a[0], 8)), 0).UTC()))
		return to, true
	case "strptime":
		text := m.text(a[0])
		date := m.broken(a[2])
		rest, ok := readDate(&date, text, m.text(a[1]))
		if !ok {
			return 0, true
		}
		m.putBroken(a[2], date)
		return a[0] + uint64(len(text)-len(rest)), true
	case "strftime":
		text := m.broken(a[3]).format(m.text(a[2]))
		if uint64(len(text)) >= a[1] {
			return 0, true
		}
		m.put(a[0], append([]byte(text), 0))
		return uint64(len(text)), true
	case "asctime", "asctime_r", "ctime", "ctime_r":
		date, to := broken{}, a[1]
		if name[0] == 'a' {
			date = m.broken(a[0])
		} else {
			date = brokenOf(time.Unix(int64(m.peek(a[0], 8)), 0).UTC())
		}
		if !strings.HasSuffix(name, "_r") {
			to = m.result("")
		}
		m.put(to, append([]byte(date.format("%c\n")), 0))
		return to, true
	}
	return 0, false
}

// What directives of strptime and strftime stand for: other ones, a field with so many digits
// to which something is added when it is read, or a field that has names.
var (
	dateShorts = map[byte]string{'D': "%m/%d/%y", 'x': "%m/%d/%y", 'F': "%Y-%m-%d", 'T': "%H:%M:%S", 'X': "%H:%M:%S", 'R': "%H:%M", 'r': "%I:%M:%S %p", 'c': "%a %b %e %H:%M:%S %Y"}
	dateFields = map[byte]struct {
		field, digits int
		added         int32
	}{'S': {second, 2, 0}, 'M': {minute, 2, 0}, 'H': {hour, 2, 0}, 'k': {hour, 2, 0}, 'd': {monthDay, 2, 0}, 'e': {monthDay, 2, 0},
		'm': {month, 2, -1}, 'Y': {year, 4, -1900}, 'w': {weekDay, 1, 0}, 'j': {yearDay, 3, -1}}
	dateNames = map[byte]struct {
		field int
		names []string
	}{'a': {weekDay, weekDays}, 'A': {weekDay, weekDays}, 'b': {month, months}, 'B': {month, months}, 'h': {month, months}}
	weekDays = strings.Fields("Sunday Monday Tuesday Wednesday Thursday Friday Saturday")
	months   = strings.Fields("January February March April May June July August September October November December")
)

const shortName = 3 // letters

// directives replaces in a format what stands for several directives.
func directives(format string) string {
	var out strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			out.WriteByte(format[i])
			continue
		}
		i++
		if several, ok := dateShorts[format[i]]; ok {
			out.WriteString(several)
		} else {
			out.WriteString(format[i-1 : i+1])
		}
	}
	return out.String()
}

// readDate reads the fields of a date out of a text, as a format says, and those that follow
// from a whole date.
func readDate(date *broken, text, format string) (rest string, ok bool) {
	format = directives(format)
	seen, late := "", int32(-1)
	for i := 0; i < len(format); i++ {
		c, directive := format[i], false
		if directive = c == '%' && i+1 < len(format); directive {
			i++
			c = format[i]
		}
		switch {
		case directive && (c == 'n' || c == 't') || !directive && (c == ' ' || c == '\n' || c == '\t'):
			text = strings.TrimLeft(text, " \n\t")
			continue
		case !directive || c == '%':
			if text == "" || text[0] != c {
				return "", false
			}
			text = text[1:]
			continue
		}
		seen += string(rune(c))
		if set, ok := dateNames[c]; ok {
			n := slices.IndexFunc(set.names, func(name string) bool { return hasPrefixFold(text, name[:shortName]) })
			if n < 0 {
				return "", false
			}
			size := shortName
			if hasPrefixFold(text, set.names[n]) {
				size = len(set.names[n])
			}
			date[set.field], text = int32(n), text[size:]
			continue
		}
		if c == 'p' {
			if late = 0; hasPrefixFold(text, "pm") {
				late = 12
			} else if !hasPrefixFold(text, "am") {
				return "", false
			}
			text = text[2:]
			continue
		}
		field, isField := dateFields[c]
		digits := 2
		if isField {
			digits = field.digits
		} else if c == 's' {
			digits = 18
		}
		text = strings.TrimLeft(text, " ")
		n, used := number(text[:min(digits, len(text))], 10)
		if used == 0 {
			return "", false
		}
		text = text[used:]
		switch {
		case isField:
			date[field.field] = int32(n) + field.added
		case c == 's':
			*date = brokenOf(time.Unix(int64(n), 0).UTC())
		case c == 'y':
			if date[year] = int32(n); n < 69 {
				date[year] += 100
			}
		case c == 'I':
			date[hour] = int32(n % 12)
		default:
			return "", false
		}
	}
	if late >= 0 {
		date[hour] = date[hour]%12 + late
	}
	if strings.ContainsAny(seen, "yY") {
		if strings.Contains(seen, "j") {
			date[month], date[monthDay] = 0, date[yearDay]+1
		}
		at := brokenOf(date.time())
		copy(date[monthDay:], at[monthDay:])
	}
	return text, true
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// format writes a date as strftime does.
func (b broken) format(format string) string {
	var out strings.Builder
	format = directives(format)
	for i := 0; i < len(format) && out.Len() < maxText; i++ {
		if format[i] != '%' || i+1 == len(format) {
			out.WriteByte(format[i])
			continue
		}
		i++
		c := format[i]
		field, isField := dateFields[c]
		set, isName := dateNames[c]
		switch {
		case isField && (c == 'e' || c == 'k'):
			fmt.Fprintf(&out, "%2d", b[field.field])
		case isField:
			fmt.Fprintf(&out, "%0*d", field.digits, b[field.field]-field.added)
		case isName:
			name := set.names[uint32(b[set.field])%uint32(len(set.names))]
			if c != 'A' && c != 'B' {
				name = name[:shortName]
			}
			out.WriteString(name)
		case c == 'y':
			fmt.Fprintf(&out, "%02d", uint32(b[year])%100)
		case c == 'I':
			fmt.Fprintf(&out, "%02d", (uint32(b[hour])+11)%12+1)
		case c == 'p':
			out.WriteString([2]string{"AM", "PM"}[uint32(b[hour])/12%2])
		case c == 's':
			out.WriteString(strconv.FormatInt(b.time().Unix(), 10))
		case c == 'n':
			out.WriteByte('\n')
		case c == 't':
			out.WriteByte('\t')
		case c == '%':
			out.WriteByte('%')
		}
	}
	return out.String()
}
