package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
)

// A chart is drawn by the template as SVG, chartWidth wide, so that it fits the
// narrowest screen at its own size. Its text says the same as its drawing, and
// its table has every number.
type chart struct {
	ID     string
	Title  string
	Text   string
	Note   string // how to read it, where that does not go without saying
	Height int
	Labels []label
	Bars   []bar
	Lines  []line
	Ticks  []tick
	Head   []string
	Table  [][]string
}

// Coordinates are in CSS pixels, y from the top.
type (
	label struct {
		X, Y   int
		Class  string // s: starts at X, e: ends there, m: in the middle; n: a number
		Anchor string
		Text   string
	}
	bar struct {
		X, Y, W, H int
		Class      string // ok, bad or plain
	}
	line struct{ X1, Y1, X2, Y2 int }
	// A tick is the outcome of one sweep: a circle where it passed, else a triangle.
	tick struct {
		X, Y int
		Pass bool
	}
)

const chartWidth = 340

// Width is the same for every chart.
func (chart) Width() int { return chartWidth }

func chartsOf(r *scanner.Report) []chart {
	var charts []chart
	if len(r.Plugins) > 0 {
		charts = append(charts, verdictChart(r), capabilityChart(r))
	}
	if r.Sweep != nil && len(r.Sweep.History) > 0 {
		charts = append(charts, driftChart(r.Sweep.History))
	}
	return charts
}

func verdictChart(r *scanner.Report) chart {
	c := chart{ID: "verdicts", Title: "Plugins by verdict", Head: []string{"Verdict", "Plugins"}}
	verdicts := []scanner.Verdict{scanner.Approved, scanner.Modified, scanner.Unapproved, scanner.Missing, scanner.Expired, scanner.Revoked}
	tally := map[scanner.Verdict]int{}
	for _, p := range r.Plugins {
		tally[p.Verdict]++
	}
	switch {
	case !compared(r):
		verdicts = []scanner.Verdict{""}
	case tally[""] > 0:
		verdicts = append(verdicts, "")
	}
	most := 1
	for _, v := range verdicts {
		most = max(most, tally[v])
	}
	const left, room, step = 92, 200, 25
	var words []string
	for i, v := range verdicts {
		n, y := tally[v], i*step
		name := cmp.Or(string(v), notJudged)
		class := "bad"
		switch v {
		case scanner.Approved:
			class = "ok"
		case "":
			class = "plain"
		}
		c.Labels = append(c.Labels, label{X: left - 8, Y: y + 16, Anchor: "end", Text: name},
			label{X: left + width(n, most, room) + 6, Y: y + 16, Class: "n", Anchor: "start", Text: fmt.Sprint(n)})
		if n > 0 {
			c.Bars = append(c.Bars, bar{left, y + 4, width(n, most, room), 16, class})
			words = append(words, fmt.Sprintf("%d %s", n, name))
		}
		c.Table = append(c.Table, []string{name, fmt.Sprint(n)})
	}
	c.Height = len(verdicts) * step
	c.Lines = []line{{left, 0, left, c.Height}}
	c.Text = strings.Join(words, ", ") + "."
	return c
}

// capabilityChart has a column a host and a row a capability. What is missing
// from disk can do nothing and does not count.
func capabilityChart(r *scanner.Report) chart {
	c := chart{ID: "capabilities", Title: "Plugins with a capability, by host", Head: []string{"Capability"}}
	tally := map[[2]string]int{}
	var hosts []string
	for _, p := range r.Plugins {
		if !slices.Contains(hosts, p.Host) {
			hosts = append(hosts, p.Host)
		}
		if p.Verdict == scanner.Missing {
			continue
		}
		for _, capability := range p.Capabilities {
			tally[[2]string{p.Host, capability}]++
		}
	}
	slices.Sort(hosts)
	most := 1
	for _, n := range tally {
		most = max(most, n)
	}
	const left, top, step = 92, 22, 20
	column := (chartWidth - left) / max(len(hosts), 1)
	for i, host := range hosts {
		c.Labels = append(c.Labels, label{X: left + i*column + 1, Y: 13, Anchor: "start", Text: host})
		c.Head = append(c.Head, host)
	}
	var words []string
	for i, capability := range manifests.Capabilities {
		y := top + i*step
		c.Labels = append(c.Labels, label{X: left - 8, Y: y + 13, Anchor: "end", Text: capability})
		cells := []string{capability}
		for j, host := range hosts {
			n, x := tally[[2]string{host, capability}], left+j*column
			cells = append(cells, fmt.Sprint(n))
			if n == 0 {
				continue
			}
			w := width(n, most, min(column, 160)-42)
			c.Bars = append(c.Bars, bar{x, y + 3, w, 12, "plain"})
			c.Labels = append(c.Labels, label{X: x + w + 4, Y: y + 13, Class: "n", Anchor: "start", Text: fmt.Sprint(n)})
			words = append(words, fmt.Sprintf("%s: %d with %s", host, n, capability))
		}
		c.Table = append(c.Table, cells)
	}
	c.Height = top + len(manifests.Capabilities)*step
	for j := range hosts {
		c.Lines = append(c.Lines, line{left + j*column, top - 2, left + j*column, c.Height})
	}
	c.Text = strings.Join(words, "; ") + "."
	if len(words) == 0 {
		c.Text = "No plugin has any of the capabilities."
	}
	return c
}

// driftChart has two panels over the same sweeps, and below them how each ended.
func driftChart(history []scanner.SweepPoint) chart {
	c := chart{ID: "drift", Title: "Drift over the sweeps",
		Note:   "Below the bars a circle for each sweep that passed, and a triangle for each that did not.",
		Height: 196, Head: []string{"Sweep", "At", "Verdict", "Plugins", "Drifted", "Violations"}}
	const left, right, panel, gap = 34, chartWidth - 4, 58, 26
	step := float64(right-left) / float64(len(history))
	at := func(i int) int { return left + int(float64(i)*step) }
	draw := func(top int, title, class string, value func(scanner.SweepPoint) int) {
		most := 0
		for _, p := range history {
			most = max(most, value(p))
		}
		base := top + panel
		c.Labels = append(c.Labels, label{X: left, Y: top - 6, Anchor: "start", Text: title},
			label{X: left - 6, Y: top + 9, Class: "n", Anchor: "end", Text: fmt.Sprint(most)})
		if most > 0 {
			c.Labels = append(c.Labels, label{X: left - 6, Y: base, Class: "n", Anchor: "end", Text: "0"})
		}
		c.Lines = append(c.Lines, line{left, base, right, base}, line{left, top, right, top})
		for i, p := range history {
			if n := value(p); n > 0 {
				h := width(n, most, panel)
				c.Bars = append(c.Bars, bar{at(i), base - h, max(min(at(i+1)-at(i)-1, 24), 1), h, class})
			}
		}
	}
	draw(18, "new, gone or changed", "plain", func(p scanner.SweepPoint) int { return p.Drifted })
	draw(18+panel+gap, "violations", "bad", func(p scanner.SweepPoint) int { return p.Violations })
	failed := 0
	for i, p := range history {
		pass := p.Verdict == "pass"
		if !pass {
			failed++
		}
		c.Ticks = append(c.Ticks, tick{at(i) + max(min(at(i+1)-at(i)-1, 24), 1)/2, 170, pass})
		c.Table = append(c.Table, []string{fmt.Sprint(p.Sequence), when(p.At), p.Verdict, fmt.Sprint(p.Plugins), fmt.Sprint(p.Drifted), fmt.Sprint(p.Violations)})
	}
	first, last := history[0], history[len(history)-1]
	day := "2006-01-02"
	c.Labels = append(c.Labels, label{X: left, Y: 191, Anchor: "start", Text: first.At.UTC().Format(day)})
	if len(history) > 1 {
		c.Labels = append(c.Labels, label{X: right, Y: 191, Anchor: "end", Text: last.At.UTC().Format(day)})
	}
	c.Text = fmt.Sprintf("%s from %s to %s; %d of them did not pass. The last: %d new, gone or changed, %s.",
		manifests.Count(len(history), "sweep"), first.At.UTC().Format(day), last.At.UTC().Format(day), failed, last.Drifted, manifests.Count(last.Violations, "violation"))
	return c
}

// width is the length of a bar for n of most, in room pixels; what there is can
// be seen.
func width(n, most, room int) int {
	if n == 0 {
		return 0
	}
	return max(int(float64(n)/float64(most)*float64(room)), 2)
}
