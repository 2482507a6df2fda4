package script

// Siblings are other files of a script's plugin that it loads, or that those load:
// what they export may be what the script's own text does not show. They are read for
// what they give to the script, and for nothing else.
type Siblings struct {
	// Name is that of the script itself, relative to the plugin as those of Files are.
	Name  string
	Files []Sibling
	// Loads says, of the script itself and then of each of Files, to which file the
	// names lead that it loads: 0 is the script, n is Files[n-1].
	Loads []map[string]int
	// Names are those of the plugin's files as the script may name them, each with
	// "./" or "../" before it; they are told to a script that asks for them.
	Names []string
	// Imports are the names that its package.json gives to what the script loads.
	Imports Subpaths
}

// A Sibling is a script or a file of data.
type Sibling struct {
	Name string // of which the suffix counts
	Data []byte // not changed, and no reference is kept to it
	// IsData says that it is read and not loaded, and is no script.
	IsData bool
}

// Openness says that a script loads or evaluates what its text alone does not show,
// and who may.
type Openness uint8

const (
	// OpenToFiles is said of a script where a value of a file that it loads is in it.
	OpenToFiles Openness = 1 << iota
	// OpenToCallers is said where an argument is in it of a function that other files
	// may call.
	OpenToCallers
	// Assembles is said of a script that puts a name together or decodes one, for
	// itself or for others. Where none does of those that are read together, nothing is
	// hidden. Only PHP says so.
	Assembles
	// OpenToAny is said where something is called, or opened, of which nothing is known
	// at all, as is usual for what hands on what its callers want. Only PHP says so.
	OpenToAny
	// OpenToPackages is said where it is not known what a script loads or evaluates: a
	// package that it loads may say it, which counts where that is its own. Only
	// JavaScript says so.
	OpenToPackages
)
