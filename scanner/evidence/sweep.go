package evidence

import (
	"time"

	"plugvet/scanner"
)

// maxHistory is how many points of a ledger a report shows: two years, weekly.
const maxHistory = 104

// SinceLast says how a report differs from that of the last sweep, which is nil
// for the first one. every is the interval that was promised, if any.
func SinceLast(last *Bundle, now *scanner.Report, every Interval) *scanner.Sweep {
	var old *scanner.Report
	var history []scanner.SweepPoint
	if last != nil {
		old = last.Report
		if old.Sweep != nil {
			history = old.Sweep.History
		} else { // a bundle that no sweep made
			history = []scanner.SweepPoint{point(last.Index.Sequence, old, 0)}
		}
	}
	s := compare(old, now)
	s.Sequence, s.Every = 1, every.text
	if last != nil {
		s.Sequence = last.Index.Sequence + 1
		s.Previous = last.Digest()
		at := last.Index.At
		s.PreviousAt = &at
	}
	s.History = append(append([]scanner.SweepPoint{}, history...), point(s.Sequence, now, len(s.New)+len(s.Gone)+len(s.Changed)))
	s.History = s.History[max(0, len(s.History)-maxHistory):]
	return s
}

// Irregular says what is odd about the times of a report against the last
// sweep: a clock that went backwards, an interval that was missed.
func Irregular(last *Bundle, now *scanner.Report, every Interval) []string {
	if last == nil {
		return nil
	}
	var odd []string
	if text := backwards(now.Run.Finished, last.Index.At); text != "" {
		odd = append(odd, text)
	}
	if started := last.Report.Run.Started; every.missed(started, now.Run.Started) {
		odd = append(odd, lateText(every, started, now.Run.Started))
	}
	return odd
}

func lateText(every Interval, from, to time.Time) string {
	return "a sweep every " + every.text + " was promised, and none began between " +
		from.Format(time.RFC3339) + " and " + to.Format(time.RFC3339)
}

func point(sequence int64, r *scanner.Report, drifted int) scanner.SweepPoint {
	return scanner.SweepPoint{
		Sequence: sequence, At: r.Run.Finished, Verdict: r.Summary.Verdict, Plugins: len(r.Plugins),
		Violations: r.Summary.Violations, ByVerdict: r.Summary.ByVerdict, BySeverity: r.Summary.BySeverity, Drifted: drifted,
	}
}
