// Command prove runs every disguise that can run on this machine, and fails
// where one does not do what its entry says:
//
//	prove DIRECTORY
//
// A disguise that runs no program proves nothing about the scanner that finds
// it. Each runs on a copy, with a time limit, and with a stub as osascript, both
// first on PATH and at /usr/bin/osascript. The latter is seen by this command
// alone, which moves into a mount namespace of its own for that (Linux, root).
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"plugvet/testdata/evasion/cases"
)

const (
	timeLimit = 20 * time.Second
	settle    = 3 * time.Second // for what the disguise left running
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: prove DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "prove:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	list, err := cases.Read(dir)
	if err != nil {
		return err
	}
	if done, err := enterNamespace(); done || err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "evasion-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	stubs, err := installStubs(work)
	if err != nil {
		return err
	}

	bin, err := filepath.Abs(filepath.Join(dir, "bin")) // of the program that loads native plugins
	if err != nil {
		return err
	}
	if err := os.Setenv("PATH", stubs+":"+bin+":"+os.Getenv("PATH")); err != nil {
		return err
	}

	failures := make([]string, len(list))
	ran := 0
	limit := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for i, c := range list {
		if len(c.Run) == 0 {
			continue
		}
		ran++
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			if err := prove(c, dir, filepath.Join(work, c.ID)); err != nil {
				failures[i] = fmt.Sprintf("%s does not do its thing (%s): %v", c.ID, c.Does, err)
			}
		})
	}
	all.Wait()

	failed := 0
	for _, f := range failures {
		if f != "" {
			failed++
			fmt.Fprintln(os.Stderr, f)
		}
	}
	fmt.Printf("%d of %d disguises ran here, %d of them did what they say\n", ran, len(list), ran-failed)
	if failed > 0 {
		return fmt.Errorf("%d disguises do nothing", failed)
	}
	return nil
}

// prove runs one disguise on a copy of its site in work.
func prove(c cases.Case, dir, work string) error {
	site := filepath.Join(work, "site")
	if err := os.CopyFS(site, os.DirFS(filepath.Join(dir, c.ID))); err != nil {
		return err
	}
	record := filepath.Join(work, "record")
	port, connected, err := listen()
	if err != nil {
		return err
	}
	defer port.Close()

	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Run[0], c.Run[1:]...)
	cmd.Dir = filepath.Join(site, c.Dir)
	cmd.WaitDelay = settle // for those who hold its output open
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + work, "TMPDIR=" + work,
		"EVASION_RECORD=" + record, fmt.Sprint("EVASION_PORT=", port.number),
	}
	output, runErr := cmd.CombinedOutput()

	for end := time.Now().Add(settle); ; time.Sleep(50 * time.Millisecond) {
		if did(c.Does, record, connected) {
			return nil // even where the rest of it failed: the thing is done
		}
		if time.Now().After(end) {
			break
		}
	}
	if len(output) > 500 {
		output = output[:500]
	}
	return fmt.Errorf("%v: %s", runErr, strings.TrimSpace(string(output)))
}

// did tells whether the thing was done. The stubs leave a line with their name
// in record.
func did(capability, record string, connected func() bool) bool {
	marks, _ := os.ReadFile(record) // absent until a stub ran
	switch capability {
	case "applescript":
		return strings.Contains(string(marks), "osascript\n")
	case "exec", "dynload": // what is loaded starts the program
		return strings.Contains(string(marks), "marker\n")
	case "socket", "network":
		return connected()
	}
	return false
}

// installStubs writes the programs that the disguises start into a directory of
// work, and osascript into /usr/bin as well.
func installStubs(work string) (dir string, err error) {
	dir = filepath.Join(work, "stubs")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	for name, at := range map[string]string{"marker": dir, "osascript": dir, "osascript ": "/usr/bin"} {
		name = strings.TrimSpace(name)
		script := "#!/bin/sh\necho " + name + " >>\"${EVASION_RECORD:?}\"\n"
		if err := os.WriteFile(filepath.Join(at, name), []byte(script), 0o755); err != nil {
			return "", err
		}
	}
	// What a host does before it runs a plugin.
	prelude := "<?php\nfunction add_action($hook, $do) { register_shutdown_function($do); }\nfunction add_filter($hook, $do) { register_shutdown_function($do); }\nfunction wp_remote_get() {}\n"
	if err := os.WriteFile(filepath.Join(dir, "wordpress.php"), []byte(prelude), 0o644); err != nil {
		return "", err
	}
	return dir, nil
}
