package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
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

// A sweep is killed at random moments, half of them while it writes.
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
	for i := range 16 {
		before := verify().Entries
		cmd := sweep()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if i%2 == 0 {
			time.Sleep(rand.N(took))
		} else {
			waitForWriting(t, ledger, ended)
			time.Sleep(rand.N(4 * time.Millisecond))
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

// waitForWriting returns when an entry is being written, or the sweep is over.
func waitForWriting(t *testing.T, ledger string, ended chan error) {
	t.Helper()
	for {
		if found, err := filepath.Glob(filepath.Join(ledger, "*.tar.*.tmp")); err != nil {
			t.Fatal(err)
		} else if found != nil {
			return
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
