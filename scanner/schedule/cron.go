package schedule

import (
	"fmt"
	"strings"
	"time"
)

// Cron returns a crontab (crontab(5)). Cron counts by the calendar, so that of
// whole days it knows one and seven.
func Cron(j Job) (string, error) {
	if err := j.check(); err != nil {
		return "", err
	}
	var when string
	switch day := 24 * time.Hour; {
	case j.Every < day:
		when = fmt.Sprintf("%d */%d * * *", minute, j.Every/time.Hour)
	case j.Every == day:
		when = fmt.Sprintf("%d %d * * *", minute, hour)
	case j.Every == 7*day:
		when = fmt.Sprintf("%d %d * * 1", minute, hour)
	default:
		return "", fmt.Errorf("every %d days: cron knows 1 day and 7 days, and hours; systemd and launchd know others", j.Every/day)
	}
	// In a crontab % ends the command unless a backslash stands before it.
	command := strings.ReplaceAll(shellWords(j.Command), "%", `\%`)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: install with crontab FILE as the user that runs it.\n", j.Name)
	b.WriteString("# It needs to read what it scans, and to write to " + strings.Join(j.Writes, " and ") + " alone.\n")
	b.WriteString("SHELL=/bin/sh\nPATH=/usr/bin:/bin\n")
	fmt.Fprintf(&b, "%s umask 022; exec nice -n 19 %s\n", when, command)
	return b.String(), nil
}
