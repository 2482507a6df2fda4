package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"plugvet/scanner"
	"plugvet/scanner/evidence"
	"plugvet/scanner/schedule"
	"plugvet/scanner/settings"

	"github.com/spf13/pflag"
)

// scheduleFlags say who runs the sweep.
type scheduleFlags struct {
	user    string
	program string
}

func scheduleVerb() *verb {
	return &verb{
		name: "schedule", args: "launchd|systemd|cron --ledger DIR [FLAGS OF SWEEP] [PATH…]",
		summary: "print a unit that runs the sweep, with no more rights than it needs",
		flags: func(flags *pflag.FlagSet, c *call) {
			flags.StringVar(&c.schedule.user, "user", "", "who runs it (default: on systemd a user of its own where the ledger lies right below /var/lib; else root)")
			flags.StringVar(&c.schedule.program, "program", "", "where plugvet is installed (default: this program)")
			c.evidence.registerLedger(flags)
			c.evidence.registerEvery(flags)
			c.registerKey(flags)
			judgeFlagSet(flags, c)
		},
		run: runSchedule,
	}
}

func runSchedule(_ context.Context, c *call) (int, error) {
	if len(c.args) == 0 || !slices.Contains([]string{"launchd", "systemd", "cron"}, c.args[0]) {
		return 0, usageError("plugvet schedule systemd --ledger /var/lib/plugvet /", "expected launchd, systemd or cron")
	}
	job, err := c.sweepJob()
	if err != nil {
		return 0, err
	}
	var text string
	switch c.args[0] {
	case "launchd":
		text, err = schedule.Launchd(*job)
	case "cron":
		text, err = schedule.Cron(*job)
	default:
		var timer string
		text, timer, err = schedule.Systemd(*job)
		text += "\n" + timer
	}
	if err != nil {
		return 0, usageError("", "%w", err)
	}
	_, err = fmt.Fprint(c.stdout, text)
	return scanner.ExitPass, writing("stdout", err)
}

// sweepJob is the sweep that the flags describe. Paths become absolute, since
// a unit runs elsewhere.
func (c *call) sweepJob() (*schedule.Job, error) {
	e := &c.evidence
	if e.ledger == "" {
		return nil, usageError("such as --ledger /var/lib/plugvet", "--ledger DIR is required")
	}
	if e.every == (evidence.Interval{}) {
		if err := e.every.Set("7d"); err != nil {
			return nil, err
		}
	}
	program := c.schedule.program
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return nil, usageError("name it with --program", "where plugvet lies is not known: %w", err)
		}
	}
	var err error
	absolute := func(path string) string {
		abs, absErr := filepath.Abs(path)
		if absErr != nil {
			err = absErr
		}
		return abs
	}
	job := &schedule.Job{Name: "plugvet-sweep", Every: e.every.Length(), User: c.schedule.user, Writes: []string{absolute(e.ledger)}}
	job.Command = []string{absolute(program), "sweep", "--ledger=" + job.Writes[0], "--every=" + e.every.String()}
	// A unit runs without this directory and environment, which may name the
	// settings; and they may name who signs.
	config, configErr := c.settingsPath()
	if configErr != nil {
		return nil, configErr
	}
	if config != "" {
		if err := c.flags.Set("config", config); err != nil {
			return nil, err
		}
		// Where they are not here yet, flags must say what they will.
		if _, err := c.readSettings(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	// A unit has no home directory to remember the manifests in.
	trust := &c.scan.trust
	if cmp.Or(trust.state, trust.settings.State) == "" && cmp.Or(trust.allowedSigners, trust.settings.AllowedSigners) != "" {
		if err := c.flags.Set("state", job.Writes[0]+"-state"); err != nil {
			return nil, err
		}
	}
	if state := cmp.Or(trust.state, trust.settings.State); state != "" && state != settings.StateOff {
		job.Writes = append(job.Writes, absolute(state))
	}
	paths := []string{"key", "manifest", "config", "rules", "allowed-signers", "state"}
	c.flags.Visit(func(f *pflag.Flag) {
		if slices.Contains([]string{"user", "program", "ledger", "every"}, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			if slices.Contains(paths, f.Name) && value != settings.StateOff {
				value = absolute(value)
			}
			job.Command = append(job.Command, "--"+f.Name+"="+value)
		}
	})
	for _, root := range c.args[1:] {
		job.Reads = append(job.Reads, absolute(root))
	}
	if job.Reads == nil {
		job.Reads = []string{"/"}
	}
	job.Command = append(append(job.Command, "--"), job.Reads...)
	return job, err
}
