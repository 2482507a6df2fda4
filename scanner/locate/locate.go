// Package locate finds plugins: where each host keeps them, which of them its
// configuration loads, and which files belong to each. It reads directories,
// configs, lockfiles and the strings of server binaries; what a plugin's bytes
// can do is the business of the packages to its right.
//
// Each host is one file here (nginx.go, php.go, node.go, httpd.go) that
// implements [host], with its table of patterns beside it (nginx.toml).
package locate

import "io/fs"

// A Plugin is the unit of approval: one nginx or Apache module, one PHP
// extension, one npm, Composer or WordPress package.
type Plugin struct {
	Host    string // nginx, php, node or httpd
	Name    string // as the host's own tools print it, scope included
	Version string // empty where the host keeps none
	Path    string // its file or directory, without symbolic links, relative to the root

	// Dir tells a package directory from a single file.
	Dir bool
	// Server marks the program that loads plugins (nginx, php-fpm, node), which
	// is listed and hashed as they are.
	Server bool
	// OnDemand marks a plugin that running code loads by name, so that being
	// present is enough: npm, Composer and WordPress packages.
	OnDemand bool
	// Served marks a plugin whose files a web server runs by their URLs, whether
	// or not code names them: WordPress's.
	Served bool

	// LoadedBy holds the config lines that name the plugin; none means that it
	// is merely present.
	LoadedBy []Reference
	// Observations are facts about the place that a reader must know.
	Observations []Observation
	// Notes are sentences about what could not be learnt from the plugin.
	Notes []string

	installs bool // npm runs a script of it at install
}

// A Reference is a line of a config, lockfile or service unit.
type Reference struct {
	File string // relative to the root
	Line int    // from 1; 0 where the file has no lines that matter
}

// An Observation is something about where a plugin lies or who names it that
// its bytes cannot show.
type Observation struct {
	Kind ObservationKind
	Path string // the file or directory that shows it
	Line int    // from 1; 0 where there is none
	Text string // one sentence for a person
	// Leads is the file of the plugin that is run or loaded; empty where that is
	// not known or not what it is about.
	Leads string
}

// ObservationKind is the name that an observation has in reports and ignores.
type ObservationKind string

const (
	// UnknownLocation: a config loads it from outside every known location.
	UnknownLocation ObservationKind = "unknown-location"
	// WritablePath: the file or a directory above it may be written by others (mode o+w).
	WritablePath ObservationKind = "writable-path"
	// LockfileMismatch: lockfile and disk disagree on the version.
	LockfileMismatch ObservationKind = "lockfile-mismatch"
	// BrokenMetadata: its package.json or the like cannot be read.
	BrokenMetadata ObservationKind = "broken-metadata"
	// Preload: a service unit has it loaded before anything else, from a
	// directory of plugins.
	Preload ObservationKind = "preload"
	// InstallHook: the host runs a script of it at install or at every request.
	InstallHook ObservationKind = "install-hook"
)

// A Location is a file or directory from which a host loads plugins.
type Location struct {
	Host string
	Path string // relative to the root
	How  How
	By   Reference // set where How is Config or Lockfile
	// Detail is the pattern that matched or the directive that names it.
	Detail string
}

// How tells how a location is known.
type How string

const (
	Pattern  How = "pattern"  // a built-in pattern or one from the settings
	Config   How = "config"   // a directive
	Lockfile How = "lockfile" // a lockfile, or what a package manager wrote beside
	Argument How = "argument" // the PATH on the command line is it
	Compiled How = "compiled" // read from the strings of a server binary
)

// Options say what to look for.
type Options struct {
	Hosts     []string        // only these; empty means all
	Exclude   []string        // doublestar patterns on names
	Locations []ExtraLocation // from the settings
	// Machine says that the root is this running machine, whose kernel file
	// systems are not looked at.
	Machine bool
}

// An ExtraLocation is a doublestar pattern for modules of a host, from the settings.
type ExtraLocation struct{ Host, Glob string }

// A Sink takes what is found, as it is found. Calls come from one goroutine.
// For each plugin come Plugin, then File and Link for what belongs to it, then
// Done; those of a nested plugin may come in between.
type Sink interface {
	Location(Location)
	Plugin(*Plugin)
	// File announces a regular file by its name relative to the root.
	File(p *Plugin, name string, entry fs.DirEntry)
	// Link announces a symbolic link inside a package and its target as it stands.
	Link(p *Plugin, name, target string)
	Done(*Plugin)
	// Skip says that something was left out, and why: "excluded by **/test/**", "named pipe".
	Skip(name, reason string)
	// Fail says that something could not be looked at; the run is incomplete.
	Fail(name string, err error)
}
