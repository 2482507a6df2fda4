package schedule

import (
	"fmt"
	"time"

	"howett.net/plist"
)

// label is how launchd knows the job.
func (j *Job) label() string { return "local." + j.Name }

// A daemon is a launchd.plist(5).
type daemon struct {
	Label                 string
	ProgramArguments      []string
	UserName              string             `plist:",omitempty"`
	StartCalendarInterval []calendarInterval `plist:",omitempty"`
	StartInterval         int                `plist:",omitempty"` // seconds
	ProcessType           string
	LowPriorityIO         bool
	Nice                  int
	Umask                 int
	WorkingDirectory      string
	StandardOutPath       string
	StandardErrorPath     string
	EnvironmentVariables  map[string]string
}

type calendarInterval struct {
	Minute  int
	Hour    int
	Weekday int `plist:",omitempty"`
}

// Launchd returns a property list, for /Library/LaunchDaemons; without a user
// root runs it. What it says goes to a log beside the first directory. What launchd starts late, because the
// machine slept, it starts once. It has no sandbox of its own to ask for:
// which user runs the job is all that bounds it.
func Launchd(j Job) (string, error) {
	if err := j.check(); err != nil {
		return "", err
	}
	d := daemon{
		Label: j.label(), ProgramArguments: j.Command, UserName: j.User,
		ProcessType: "Background", LowPriorityIO: true, Nice: 19, Umask: 0o022,
		WorkingDirectory: "/", StandardOutPath: j.Writes[0] + ".log", StandardErrorPath: j.Writes[0] + ".log",
		EnvironmentVariables: map[string]string{"PATH": "/usr/bin:/bin"},
	}
	switch day := 24 * time.Hour; {
	case j.Every == day:
		d.StartCalendarInterval = []calendarInterval{{Minute: minute, Hour: hour}}
	case j.Every == 7*day:
		d.StartCalendarInterval = []calendarInterval{{Minute: minute, Hour: hour, Weekday: 1}}
	default:
		d.StartInterval = int(j.Every / time.Second)
	}
	data, err := plist.MarshalIndent(d, plist.XMLFormat, "\t")
	if err != nil {
		return "", fmt.Errorf("property list: %w", err)
	}
	return string(data) + "\n", nil
}
