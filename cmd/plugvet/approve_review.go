package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"
)

// A review is somebody going through the changes. Nothing is written before its
// end.
type review struct {
	*approving
	*console
	items []reviewItem
	done  [][]int // what was decided, in which order: one list a keystroke
	group string  // that was announced last
}

// A reviewItem is one candidate with the decision on it, empty at first.
type reviewItem struct {
	manifests.Candidate
	plugin   *scanner.Plugin // nil where it is gone
	decision manifests.Decision
	files    int // of its list of files: how many were shown
}

// alarms is how many findings of high severity or above it has.
func (item *reviewItem) alarms() int {
	if item.plugin == nil {
		return 0
	}
	n := 0
	for _, f := range item.plugin.Findings {
		if !f.Noted && f.Severity.AtLeast(scanner.High) {
			n++
		}
	}
	return n
}

// review asks for each change and carries out what was decided.
func (a *approving) review(ctx context.Context) (int, error) {
	for _, u := range a.plan.Updates {
		if word := leftOut[u.Kind]; word != "" {
			fmt.Fprintf(a.stdout, "%-8s  %s/%s: %s\n", word, u.New.Host, u.New.Name, tree.Visible(u.Why))
		}
	}
	r := &review{approving: a}
	for _, c := range a.plan.Candidates() {
		r.items = append(r.items, reviewItem{Candidate: c, plugin: a.pluginOf(&c)})
	}
	// Of two that gain as much, the one that rules weigh as worse comes first.
	slices.SortStableFunc(r.items, func(x, y reviewItem) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(y.alarms(), x.alarms()))
	})
	if len(r.items) == 0 {
		return a.carryOut()
	}
	if err := manifests.CheckWritable(a.path); err != nil && !a.grant.dryRun {
		return 0, &incompleteError{err: err, hint: "nothing was asked yet; --propose FILE saves the changes elsewhere"}
	}
	var err error
	if r.console, err = a.openConsole(ctx); err != nil {
		return 0, err
	}
	defer r.close()
	what, err := r.walk()
	if flushed := r.out.Flush(); err == nil {
		err = writing("stdout", flushed)
	}
	r.close()
	switch {
	case errors.Is(err, io.EOF):
		return 0, usageError("answer to the end, or use --propose and --apply", "approve: the answers ended before the confirmation, so nothing was written")
	case err != nil:
		if ctx.Err() != nil || errors.Is(err, errInterrupted) {
			fmt.Fprintf(a.stderr, "\nnothing was written\n")
		}
		return 0, err
	}
	switch what.key {
	case 'p':
		return a.propose(what.file, r.decisionOn())
	case 'y':
		decide := r.decisionOn()
		a.request.Decide = func(u manifests.Update) manifests.Decision { return decide(u.Subject()) }
		return a.carryOut()
	}
	fmt.Fprintf(a.stderr, "nothing was written\n")
	return scanner.ExitPass, nil
}

// An ending is how a review ends: y writes, p saves as a proposal to file, n
// does neither.
type ending struct {
	key  rune
	file string
}

// decisionOn gives the decision on a subject, Skip where there is none.
func (r *review) decisionOn() func(subject string) manifests.Decision {
	decisions := map[string]manifests.Decision{}
	for _, item := range r.items {
		decisions[item.Subject()] = item.decision
	}
	return func(subject string) manifests.Decision {
		if d := decisions[subject]; d != "" {
			return d
		}
		return manifests.Skip
	}
}

// walk asks until everything is decided or somebody has enough, and then
// whether that is to be written.
func (r *review) walk() (ending, error) {
	r.printf("%s to decide on, the most telling first. Nothing is written before the end.\n", manifests.Count(len(r.items), "change"))
	for {
		i := r.undecided()
		if i < 0 {
			end, err := r.finish()
			if err != nil || end.key != 'b' {
				return end, err
			}
			r.undo()
			continue
		}
		r.show(i)
		quit, err := r.decideOn(i)
		if err != nil {
			return ending{}, err
		}
		if quit {
			if end, err := r.finish(); err != nil || end.key != 'b' {
				return end, err
			}
		}
	}
}

// undecided is the first item without a decision, or -1.
func (r *review) undecided() int {
	return slices.IndexFunc(r.items, func(item reviewItem) bool { return item.decision == "" })
}

var decisionKeys = map[rune]manifests.Decision{
	'a': manifests.Accept, 'r': manifests.Reject, 's': manifests.Skip, ' ': manifests.Skip, keyEnter: manifests.Skip,
}

// decideOn asks about one item until it is decided, or something else comes first.
func (r *review) decideOn(i int) (quit bool, err error) {
	for {
		r.printf("%s ", r.style(bold, "accept, reject, skip? [a/r/S f c b u q ?]"))
		key, err := r.key()
		if errors.Is(err, io.EOF) && r.raw {
			key, err = 'q', nil
		}
		if err != nil {
			return false, err
		}
		if d, ok := decisionKeys[key]; ok {
			r.printf("%s\n", d)
			r.set(d, i)
			return false, nil
		}
		switch key {
		case 'q':
			r.printf("quit\n")
			return true, nil
		case 'u':
			r.printf("undo\n")
			r.undo()
			return false, nil
		case 'f':
			r.printf("files\n")
			r.showFiles(i)
		case 'c':
			r.printf("capabilities\n")
			r.showCapabilities(i)
		case 'b':
			r.printf("batch\n")
			decided, err := r.batch(i)
			if err != nil || decided {
				return false, err
			}
		case '?', 'h':
			r.printf("help\n%s", reviewHelp)
		default:
			r.printf("\n")
		}
	}
}

const reviewHelp = `  a  accept: it is approved
  r  reject: its content is revoked, so that nobody approves it by accident
  s  skip: it stays undecided (Enter and Space, too)
  f  the files that changed; again for more
  c  the capabilities, and what shows them
  b  decide on many at once: a scope, a host, a pattern, all that gain nothing
  u  undo the last decision, batch or not
  q  quit: the summary, and whether to write it; Ctrl-C leaves at once and writes nothing
`

func (r *review) set(d manifests.Decision, items ...int) {
	for _, i := range items {
		r.items[i].decision = d
	}
	r.done = append(r.done, items)
}

// undo takes the last decision back, with all that it decided.
func (r *review) undo() {
	if len(r.done) == 0 {
		r.printf("nothing to undo\n")
		return
	}
	last := r.done[len(r.done)-1]
	r.done = r.done[:len(r.done)-1]
	for _, i := range last {
		r.items[i].decision = ""
	}
	r.group = ""
	r.printf("undone: %s\n", r.named(last))
}

// named is what a list of items is called: its one title, or how many they are.
func (r *review) named(items []int) string {
	if len(items) == 1 {
		return r.items[items[0]].Title()
	}
	return manifests.Count(len(items), "change")
}

// finish shows what was decided and asks what to do with it.
func (r *review) finish() (ending, error) {
	accepted, rejected := r.summarize()
	if accepted+rejected == 0 {
		r.printf("nothing was accepted or rejected\n")
		return ending{key: 'n'}, nil
	}
	if err := r.forget(); err != nil {
		return ending{}, err
	}
	for {
		r.printf("%s ", r.style(bold, "write "+tree.Visible(r.path)+"? [y yes, b back, p save as a proposal, n leave without writing]"))
		key, err := r.key()
		if err != nil {
			return ending{}, err
		}
		switch key {
		case 'y':
			r.printf("yes\n")
			ok, err := r.complete(accepted, rejected)
			if err != nil {
				return ending{}, err
			}
			if !ok {
				continue
			}
			if err := r.checkSame(); err != nil {
				r.printf("%s\nhint: save what you decided as a proposal, and apply that\n", tree.Visible(err.Error()))
				continue
			}
			return ending{key: 'y'}, nil
		case 'b':
			r.printf("back\n")
			return ending{key: 'b'}, nil
		case 'p':
			r.printf("proposal\n")
			file, back, err := r.ask("file, such as proposal.toml: ")
			switch {
			case err != nil:
				return ending{}, err
			case back:
				continue
			case !strings.HasSuffix(file, ".toml") || samePath(file, r.path):
				r.printf("expected a name that ends in .toml and is not the manifest\n")
				continue
			}
			if err := manifests.CheckWritable(file); err != nil {
				r.printf("%s\n", tree.Visible(err.Error()))
				continue
			}
			return ending{key: 'p', file: file}, nil
		case 'n':
			r.printf("no\n")
			return ending{key: 'n'}, nil
		default:
			r.printf("\n")
		}
	}
}

// complete asks for what the settings demand of an approval and the flags do
// not say. It reports false where somebody gave up.
func (r *review) complete(accepted, rejected int) (bool, error) {
	approval, policy := &r.request.Approval, &r.request.Policy
	for accepted > 0 && r.request.Other == nil {
		faults := policy.Faults(approval)
		if len(faults) == 0 {
			break
		}
		f := faults[0]
		r.printf("%s\n", tree.Visible(f.Text))
		want := ""
		if f.Field == "ticket" && policy.Ticket != nil {
			want = ", matching " + tree.Visible(policy.Ticket.String())
		}
		text, back, err := r.ask(f.Field + want + " (Enter: back): ")
		if err != nil || back || text == "" {
			return false, err
		}
		switch f.Field {
		case "ticket":
			approval.Ticket = text
		case "reason":
			approval.Reason = text
		case "impact":
			approval.Impact = text
		case "tested":
			approval.Tested = text
		case "requested_by":
			approval.RequestedBy = text
		case "expires":
			switch expires, err := parseExpires(text, approval.At.Time); {
			case err != nil:
				r.printf("%s\n", tree.Visible(err.Error()))
			case expires.Passed(approval.At.Time):
				r.printf("%s has passed\n", expires)
			default:
				approval.Expires = expires
			}
		}
	}
	if approval.Rollback == "" && slices.Contains(policy.Require, "rollback") {
		approval.Rollback = manifests.RollbackNone
		r.printf("rollback: the content that is replaced; what is new has none, to remove it is the way back\n")
	}
	if rejected > 0 && r.request.Rejection == "" {
		text, back, err := r.ask(fmt.Sprintf("reason to reject %s (Enter: %s): ", manifests.Count(rejected, "change"), manifests.DefaultRejection))
		if err != nil || back {
			return false, err
		}
		r.request.Rejection = text
	}
	return true, nil
}

// ask asks for a line of text. back is Ctrl-D, which gives up this question
// and not the review.
func (r *review) ask(prompt string) (text string, back bool, err error) {
	text, err = r.line(prompt)
	if r.raw && errors.Is(err, io.EOF) {
		r.printf("\n")
		return "", true, nil
	}
	return text, false, err
}
