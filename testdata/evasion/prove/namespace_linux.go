package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

const inside = "EVASION_NAMESPACE" // names the directory for the overlay

// enterNamespace runs this command again in namespaces of its own, where a layer
// over /usr/bin takes the stub and where there is no network but a loopback, and
// reports that the work is done. In there it sets both up and lets the work
// begin.
func enterNamespace() (done bool, err error) {
	if layer := os.Getenv(inside); layer != "" {
		return false, errors.Join(overlay(layer), loopback())
	}
	if _, err := os.Stat("/usr/bin/osascript"); err == nil {
		return false, errors.New("there is an osascript on this machine, which the disguises would run")
	}
	layer, err := os.MkdirTemp("", "evasion-layer-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(layer)
	self, err := os.Executable()
	if err != nil {
		return false, err
	}
	cmd := exec.Command(self, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), inside+"="+layer)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWNET}
	if err := cmd.Run(); err != nil {
		return false, fmt.Errorf("in namespaces of its own (needs root): %w", err)
	}
	return true, nil
}

func overlay(layer string) error {
	if err := syscall.Mount("none", layer, "tmpfs", 0, ""); err != nil {
		return fmt.Errorf("mount tmpfs: %w", err)
	}
	upper, work := filepath.Join(layer, "upper"), filepath.Join(layer, "work")
	for _, dir := range []string{upper, work} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
	}
	options := "lowerdir=/usr/bin,upperdir=" + upper + ",workdir=" + work
	if err := syscall.Mount("overlay", "/usr/bin", "overlay", 0, options); err != nil {
		return fmt.Errorf("mount a layer over /usr/bin: %w", err)
	}
	return nil
}

// loopback brings the only interface of a new network namespace up.
func loopback() error {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(socket)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, lo)
}
