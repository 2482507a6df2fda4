package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/evidence"
)

// plugvet is the program in a process of its own.
func plugvet(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{"plugvet"}, args...) // see testscript.Main
	cmd.Dir = t.TempDir()
	return cmd
}

// A sweep is killed at random moments: at any, while it writes, and between the
// two files that it puts in place.
func TestASweepThatIsKilledLeavesALedgerThatVerifies(t *testing.T) {
	site, err := filepath.Abs("../../testdata/sites/debian")
	if err != nil {
		t.Fatal(err)
	}
	ledger := filepath.Join(t.TempDir(), "ledger")
	sweep := func() *exec.Cmd { return plugvet(t, "sweep", "--quiet", "--fail-on=none", "--ledger", ledger, site) }
	began := time.Now()
	if out, err := sweep().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	verify := func() *evidence.LedgerVerification {
		t.Helper()
		v, err := evidence.VerifyLedger(ledger, evidence.LedgerTrust{})
		if err != nil {
			t.Fatal(err)
		}
		if !v.OK() {
			t.Fatalf("%q", v.Faults)
		}
		return v
	}
	killed := 0
	for i := range 18 {
		before := verify().Entries
		cmd := sweep()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		switch i % 3 {
		case 0:
			time.Sleep(rand.N(took))
		case 1:
			waitForFiles(t, ledger, ended, 1)
			time.Sleep(rand.N(4 * time.Millisecond))
		case 2:
			waitForFiles(t, ledger, ended, 2, 1)
		}
		if cmd.Process.Kill() == nil {
			killed++
		}
		<-ended
		if after := verify().Entries; after != before && after != before+1 {
			t.Fatalf("%d entries became %d", before, after)
		}
	}
	if killed == 0 {
		t.Error("every sweep was faster than its end")
	}
	before := verify().Entries
	if out, err := sweep().CombinedOutput(); err != nil {
		t.Fatalf("the sweep after that: %v: %s", err, out)
	}
	v := verify()
	if v.Entries != before+1 || strings.Contains(strings.Join(v.Notes, "\n"), "was ended") {
		t.Errorf("%d entries after %d; notes %q", v.Entries, before, v.Notes)
	}
}

// waitForFiles returns when so many files are being written, one number after
// the other, or the sweep is over. Counting begins with the entry: what was
// there before is the probe of a sweep that begins.
func waitForFiles(t *testing.T, ledger string, ended chan error, counts ...int) {
	t.Helper()
	for entry := false; len(counts) > 0; {
		found, err := filepath.Glob(filepath.Join(ledger, "*.tmp"))
		if err != nil {
			t.Fatal(err)
		}
		entry = entry || slices.ContainsFunc(found, func(name string) bool { return strings.Contains(name, ".tar.") })
		if entry && len(found) == counts[0] {
			counts = counts[1:]
			continue
		}
		select {
		case err := <-ended:
			ended <- err
			return
		default:
		}
	}
}

// Of two sweeps at once one is told to come again.
func TestTwoSweepsAtOnceLeaveALedgerThatVerifies(t *testing.T) {
	site, err := filepath.Abs("../../testdata/sites/debian")
	if err != nil {
		t.Fatal(err)
	}
	ledger := filepath.Join(t.TempDir(), "ledger")
	codes := make(chan int)
	const sweeps = 4
	for range sweeps {
		cmd := plugvet(t, "sweep", "--quiet", "--fail-on=none", "--ledger", ledger, site)
		go func() {
			cmd.Run()
			codes <- cmd.ProcessState.ExitCode()
		}()
	}
	count := map[int]int{}
	for range sweeps {
		count[<-codes]++
	}
	if count[0] == 0 || count[0]+count[3] != sweeps {
		t.Errorf("exit codes %v", count)
	}
	v, err := evidence.VerifyLedger(ledger, evidence.LedgerTrust{})
	if err != nil {
		t.Fatal(err)
	}
	if !v.OK() || v.Entries != count[0] {
		t.Errorf("%d sweeps passed: %+v", count[0], v)
	}
}
