package javascript

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Dates are computed as they are in UTC: where the script runs is not known, and
// what hides a name in one must come to it everywhere.

// dateFormat is what an Intl.DateTimeFormat keeps itself under.
const dateFormat = "DateFormat"

func dateValue(milliseconds float64) value {
	v := newDictionary()
	v.more, v.num = "Date", milliseconds
	return v
}

// newDate evaluates "new Date(...)" with a time.
func newDate(args []argument) value {
	if len(args) > 1 {
		return dateValue(utc(args))
	}
	switch first := argumentOr(args, 0); {
	case len(args) == 0:
		return dateValue(math.NaN()) // now, whenever that is
	case first.kind == number, first.kind == dictionary && first.more == "Date":
		return dateValue(first.num)
	case first.kind == text:
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999", "2006-01-02T15:04", "2006-01-02", "2006-01", "2006", time.RFC1123,
			"Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "1/2/2006", "2006/1/2", "Jan 2 2006", "Mon Jan 2 2006"} {
			if t, err := time.Parse(layout, first.str); err == nil {
				return dateValue(float64(t.UnixMilli()))
			}
		}
	}
	return value{}
}

// utc is Date.UTC.
func utc(args []argument) float64 {
	parts := [7]int{1970, 0, 1, 0, 0, 0, 0}
	for i := range min(len(args), len(parts)) {
		n, ok := args[i].number()
		if !ok || math.Abs(n) > 1<<31 || math.IsNaN(n) {
			return math.NaN()
		}
		parts[i] = int(n)
	}
	if parts[0] >= 0 && parts[0] < 100 {
		parts[0] += 1900
	}
	t := time.Date(parts[0], time.Month(parts[1]+1), parts[2], parts[3], parts[4], parts[5], parts[6]*1e6, time.UTC)
	return float64(t.UnixMilli())
}

// setDate evaluates the methods that change a date.
func setDate(v value, name string, args []argument) (float64, bool) {
	parts := []string{"FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"}
	name, ok := strings.CutPrefix(strings.Replace(name, "setUTC", "set", 1), "set")
	if name == "Time" {
		return argumentOr(args, 0).num, ok
	}
	at := slices.Index(parts, name)
	if !ok || at < 0 || !(math.Abs(v.num) < 8.64e15) {
		return 0, false
	}
	var now []argument
	for _, part := range parts {
		now = append(now, argument{value: dateMethod(v.num, "get"+part, nil)})
	}
	for i, a := range args {
		if at+i < len(now) {
			now[at+i] = a
		}
	}
	if now[0].num >= 0 && now[0].num < 100 {
		return 0, false // utc has a rule of its own for these
	}
	return utc(now), true
}

// dateMethod evaluates the methods of a date in milliseconds.
func dateMethod(milliseconds float64, name string, args []argument) value {
	if !(math.Abs(milliseconds) < 8.64e15) {
		return value{}
	}
	t := time.UnixMilli(int64(milliseconds)).UTC()
	number := func(n int) value { return numberValue(float64(n)) }
	switch strings.Replace(name, "getUTC", "get", 1) {
	case "toISOString", "toJSON":
		return textValue(t.Format("2006-01-02T15:04:05.000Z"))
	case "toUTCString", "toGMTString":
		return textValue(t.Format("Mon, 02 Jan 2006 15:04:05 GMT"))
	case "toString":
		return textValue(t.Format("Mon Jan 02 2006 15:04:05 GMT+0000 (Coordinated Universal Time)"))
	case "toDateString":
		return textValue(t.Format("Mon Jan 02 2006"))
	case "toTimeString":
		return textValue(t.Format("15:04:05 GMT+0000 (Coordinated Universal Time)"))
	case "toLocaleDateString", "toLocaleString", "toLocaleTimeString":
		return formattedDate(t, strings.TrimSuffix(strings.TrimPrefix(name, "toLocale"), "String"), argumentOr(args, 0), argumentOr(args, 1))
	case "getTime", "valueOf":
		return numberValue(milliseconds)
	case "getFullYear":
		return number(t.Year())
	case "getYear":
		return number(t.Year() - 1900)
	case "getMonth":
		return number(int(t.Month()) - 1)
	case "getDate":
		return number(t.Day())
	case "getDay":
		return number(int(t.Weekday()))
	case "getHours":
		return number(t.Hour())
	case "getMinutes":
		return number(t.Minute())
	case "getSeconds":
		return number(t.Second())
	case "getMilliseconds":
		return number(t.Nanosecond() / 1e6)
	case "getTimezoneOffset":
		return number(0)
	}
	return value{}
}

// formattedDate writes a date as American English does, of which the options say
// what there is to be. Other languages are not known.
func formattedDate(t time.Time, part string, locale, options value) value {
	if locale.kind == text && !strings.HasPrefix(locale.str, "en") || locale.kind == unknown {
		return value{}
	}
	option := func(name string) string { return itemText(options, name) }
	choose := func(name string, layouts map[string]string) string {
		if layout := layouts[option(name)]; layout != "" {
			return t.Format(layout)
		}
		return ""
	}
	weekday := choose("weekday", map[string]string{"long": "Monday", "short": "Mon"})
	month := choose("month", map[string]string{"long": "January", "short": "Jan", "numeric": "1", "2-digit": "01"})
	day := choose("day", map[string]string{"numeric": "2", "2-digit": "02"})
	year := choose("year", map[string]string{"numeric": "2006", "2-digit": "06"})
	if option("month") == "narrow" {
		month = t.Format("Jan")[:1]
	}
	if option("weekday") == "narrow" {
		weekday = t.Format("Mon")[:1]
	}
	if weekday+month+day+year == "" {
		switch part {
		case "Date":
			return textValue(t.Format("1/2/2006"))
		case "Time":
			return textValue(t.Format("3:04:05 PM"))
		}
		return textValue(t.Format("1/2/2006, 3:04:05 PM"))
	}
	if option("month") == "numeric" || option("month") == "2-digit" {
		return textValue(joinParts("/", month, day, year))
	}
	return textValue(joinParts(", ", weekday, joinParts(" ", month, day), year))
}

func joinParts(separator string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}
