package machine

import (
	"slices"
	"strings"
	"testing"
)

func TestStreamsKeepWhatIsWrittenToThem(t *testing.T) {
	m := testMachine()
	m.generous = true
	var fed []string
	m.watch.Fed = func(_ uint64, command, text string) { fed = append(fed, command+": "+text) }
	shell := m.does("popen", m.give("sh"), m.give("w"))
	m.does("fputs", m.give("osa"), shell)
	m.does("fflush", shell)
	m.does("fprintf", shell, m.give("%sript %c %d"), m.give("sc"), '-', 7)
	m.does("__fprintf_chk", shell, 1, m.give("%s"), m.give("!"))
	m.does("fputc", 'e', shell)
	m.does("fwrite", m.give("beeps"), 2, 2, shell)
	m.does("pclose", shell)
	if want := []string{"sh: osa", "sh: osascript - 7!ebeep"}; !slices.Equal(fed, want) {
		t.Errorf("%q", fed)
	}

	text, size, room := m.result(""), m.result(""), m.result("")
	memory := m.does("open_memstream", text, size)
	m.does("fputs", m.give("osa"), memory)
	m.does("putc", 's', memory)
	fixed := m.does("fmemopen", room, 64, m.give("w"))
	m.does("fputs", m.give("osas"), fixed)
	m.does("fclose", fixed)
	if got := m.text(m.peek(text, 8)); got != "osas" || m.peek(size, 8) != 4 || m.text(room) != "osas" {
		t.Errorf("in memory: %q, %d, %q", got, m.peek(size, 8), m.text(room))
	}
	if len(fed) != 2 {
		t.Error("memory is no program")
	}
}

func TestStreamsAreBounded(t *testing.T) {
	m := testMachine()
	if m.generous = true; m.does("popen", m.give("ls"), m.give("r")) == 0 || len(m.streams) != 0 {
		t.Error("a stream to read from")
	}
	m.generous = false
	if m.does("popen", m.give("sh"), m.give("w")) != 0 {
		t.Error("where all calls return nothing, nothing is opened")
	}
	m.generous = true
	to := m.does("fopen", m.give("a"), m.give("w"))
	long := m.give(strings.Repeat("a", maxText))
	for range 2 * maxSource / maxText {
		m.does("fputs", long, to)
	}
	for range 2 * maxStreams {
		m.does("tmpfile")
	}
	if m.streams[to].size != maxSource || len(m.streams) != maxStreams {
		t.Errorf("%d bytes in one of %d", m.streams[to].size, len(m.streams))
	}
}

func TestClosedStreamsMakeRoom(t *testing.T) {
	m := testMachine()
	m.generous = true
	fed := ""
	m.watch.Fed = func(_ uint64, command, text string) { fed = command + ": " + text }
	open := m.does("popen", m.give("sh"), m.give("w"))
	first := m.does("popen", m.give("bash"), m.give("w"))
	for _, name := range []string{"pclose", "fclose"} {
		m.does(name, first)
		for range 2 * maxStreams {
			m.does(name, m.does("tmpfile"))
		}
	}
	for _, to := range []uint64{open, m.does("popen", m.give("sh"), m.give("w"))} {
		fed = ""
		m.does("fputs", m.give("osa"), to)
		m.news = 0
		m.does("fputs", m.give(""), to)
		m.does("pclose", to)
		if fed != "sh: osa" || m.news != 0 {
			t.Errorf("%q behind those that were closed, %d", fed, m.news)
		}
	}
	if len(m.streams) != maxStreams || m.streams[first] != nil || len(m.closed) > maxStreams {
		t.Errorf("%d streams, of which %d are closed", len(m.streams), len(m.closed))
	}
}

func TestClosedStreamsAreKeptForOtherBranches(t *testing.T) {
	m := testMachine()
	m.generous = true
	fed := ""
	m.watch.Fed = func(_ uint64, command, text string) { fed = text }
	to := m.does("popen", m.give("sh"), m.give("w"))
	m.does("pclose", to)
	m.does("fputs", m.give("osa"), to)
	if m.does("pclose", to); fed != "osa" || len(m.closed) != 1 {
		t.Errorf("%q, %d closed", fed, len(m.closed))
	}
}
