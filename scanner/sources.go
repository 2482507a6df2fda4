package scanner

import (
	"context"
	"slices"

	"plugvet/scanner/provenance"

	"golang.org/x/sync/errgroup"
)

// findSources asks package managers' records where plugins come from. A gate
// need not: what is approved has its source in the approval, if it was found
// then. Where approvals are written, all are asked about.
func findSources(ctx context.Context, report *Report, roots []root, opts *Options) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(opts.Jobs)
	for _, r := range roots {
		var paths []string
		var asked []*Plugin
		for i := range report.Plugins {
			p := &report.Plugins[i]
			if p.Observed == nil || p.Observed.Root != r.path {
				continue
			}
			paths = append(paths, p.Observed.Path)
			if p.Tree != "" && (p.Verdict != Approved || opts.KeepFiles) {
				asked = append(asked, p)
			}
		}
		records := provenance.Open(r.tree, paths)
		for _, p := range asked {
			group.Go(func() error {
				o := p.Observed
				about := provenance.Plugin{
					Host: o.Host, Name: o.Name, Version: o.Version, Path: o.Path, Dir: o.Dir, Tree: o.Tree,
				}
				about.Team, about.Identifier = signedAs(p.Binaries)
				source, err := records.Of(ctx, about)
				p.Source, o.Source = source, source
				return err
			})
		}
	}
	return group.Wait()
}

// signedAs is the team that the signatures of all Mach-O files state, and the
// identifier of the first; empty where one states none or another.
func signedAs(binaries []Binary) (team, identifier string) {
	signatures := slices.Collect(func(yield func(*Signature) bool) {
		for _, b := range binaries {
			if !yield(b.Signature) {
				return
			}
		}
	})
	if len(signatures) == 0 || slices.ContainsFunc(signatures, func(s *Signature) bool {
		return s == nil || s.Team != signatures[0].Team
	}) {
		return "", ""
	}
	return signatures[0].Team, signatures[0].Identifier
}
