package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"plugvet": main})
}

// TestScript runs the command line as it is specified in testdata/script. In a
// script $FIXTURES and $SITES are the directories below testdata/ at the top.
func TestScript(t *testing.T) {
	top, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("FIXTURES", filepath.Join(top, "fixtures"))
			env.Setenv("SITES", filepath.Join(top, "sites"))
			env.Setenv("TOP", filepath.Dir(top))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"nobody": nobody,
		},
	})
}

// exits CODE COMMAND… runs a command and demands its exit code. Its output is
// that of the script's last command.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got := fmt.Sprint(code); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// nobody CODE COMMAND… is exits for a user whom permissions bind: as root it
// becomes somebody else. Standard output and error go to the files out and err.
func nobody(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: nobody CODE COMMAND…")
	}
	path := ""
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(dir, args[1])); err == nil {
			path = filepath.Join(dir, args[1])
			break
		}
	}
	var out, complaints strings.Builder
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if os.Geteuid() == 0 {
		for dir := range above(cmd.Dir, path) {
			ts.Check(os.Chmod(dir, 0o755))
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		ts.Fatalf("%v", err)
	}
	ts.Check(os.WriteFile(ts.MkAbs("out"), []byte(out.String()), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("err"), []byte(complaints.String()), 0o644))
	if got := fmt.Sprint(cmd.ProcessState.ExitCode()); got != args[0] {
		ts.Fatalf("exit code %s, want %s\n%s", got, args[0], complaints.String())
	}
}

// above yields the directories of the temporary tree that the paths lie in.
func above(paths ...string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, path := range paths {
			for ; strings.HasPrefix(path, os.TempDir()+"/"); path = filepath.Dir(path) {
				if !yield(path) {
					return
				}
			}
		}
	}
}
