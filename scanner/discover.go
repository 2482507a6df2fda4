package scanner

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"plugvet/scanner/locate"
	"plugvet/scanner/tree"
)

// InventorySchema names the version of the JSON form of an Inventory.
const InventorySchema = "plugvet.inventory/1"

// An Inventory is what discover finds: where hosts load plugins from and which
// ones lie there, with nothing hashed.
type Inventory struct {
	Schema    string     `json:"schema"`
	Tool      Tool       `json:"tool"`
	Run       Run        `json:"run"`
	Locations []Location `json:"locations"`
	Plugins   []Found    `json:"plugins"`
	Coverage  Coverage   `json:"coverage"`
	Exit      int        `json:"exit"`
}

// A Location is a place that a host loads plugins from, and how that is known.
type Location struct {
	Host   string    `json:"host"`
	Root   string    `json:"root"`
	Path   string    `json:"path"`
	How    string    `json:"how"` // pattern, config, lockfile, argument or compiled
	By     Reference `json:"by"`
	Detail string    `json:"detail,omitempty"`
}

// A Found plugin was seen and not read.
type Found struct {
	Host         string      `json:"host"`
	Name         string      `json:"name"`
	Version      string      `json:"version"`
	Root         string      `json:"root"`
	Path         string      `json:"path"`
	Server       bool        `json:"server,omitempty"`
	Loaded       bool        `json:"loaded"`
	LoadedBy     []Reference `json:"loaded_by"`
	Files        int         `json:"files"`
	Bytes        int64       `json:"bytes"`
	Observations []Finding   `json:"observations"`
}

// Discover finds plugins without reading them. Errors are as with Scan.
func Discover(ctx context.Context, opts Options) (*Inventory, error) {
	opts.setDefaults()
	roots, missing, err := openRoots(&opts)
	if err != nil {
		return nil, err
	}
	defer closeRoots(roots)
	inv := &Inventory{
		Schema: InventorySchema, Tool: Tool{Name: "plugvet", Version: opts.Version},
		Run: describeRun(&opts, roots), Locations: []Location{}, Plugins: []Found{},
	}
	// The collector keeps the gaps; nothing is ever handed to a worker.
	c := newCollector(ctx, &opts)
	for _, r := range roots {
		look := &lookout{sink: sink{collector: c, root: r}, inventory: inv, found: map[*locate.Plugin]*Found{}}
		if err := c.walkInto(ctx, r, look); err != nil {
			return nil, err
		}
	}
	inv.sort()
	inv.Coverage = c.coverage(missing)
	inv.Coverage.Plugins = len(inv.Plugins)
	inv.Run.Finished = finished()
	if len(inv.Coverage.Errors) > 0 || len(missing) > 0 || len(inv.Plugins) == 0 {
		inv.Exit = ExitIncomplete
	}
	return inv, nil
}

func (inv *Inventory) sort() {
	slices.SortFunc(inv.Locations, func(a, b Location) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.How, b.How), cmp.Compare(a.By.File, b.By.File), cmp.Compare(a.By.Line, b.By.Line), cmp.Compare(a.Detail, b.Detail))
	})
	slices.SortFunc(inv.Plugins, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Version, b.Version), cmp.Compare(a.Path, b.Path))
	})
}

// A lookout is a sink that only notes what there is.
type lookout struct {
	sink
	inventory *Inventory
	found     map[*locate.Plugin]*Found
}

func (l *lookout) Location(at locate.Location) {
	l.sink.Location(at)
	l.inventory.Locations = append(l.inventory.Locations, Location{
		Host: at.Host, Root: tree.Printable(l.root.path), Path: tree.Printable(at.Path), How: string(at.How),
		By: Reference{tree.Printable(at.By.File), at.By.Line}, Detail: tree.Printable(at.Detail),
	})
}

func (l *lookout) Plugin(p *locate.Plugin) { l.found[p] = &Found{} }

func (l *lookout) File(p *locate.Plugin, name string, entry fs.DirEntry) {
	info, err := entry.Info()
	if err != nil {
		l.Fail(name, err)
		return
	}
	l.found[p].Files++
	l.found[p].Bytes += info.Size()
}

func (l *lookout) Link(*locate.Plugin, string, string) {}

func (l *lookout) Done(p *locate.Plugin) {
	f := l.found[p]
	delete(l.found, p)
	described, _ := l.describe(&pluginState{plugin: p, root: l.root}, "")
	l.inventory.Plugins = append(l.inventory.Plugins, Found{
		Host: described.Host, Name: described.Name, Version: described.Version, Root: described.Root, Path: described.Path,
		Server: described.Server, Loaded: described.Loaded, LoadedBy: described.LoadedBy,
		Files: f.Files, Bytes: f.Bytes, Observations: described.Findings,
	})
}
