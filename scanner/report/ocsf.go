package report

import (
	"encoding/json"
	"io"
	"path"
	"strings"

	"plugvet/scanner"
)

// ocsfVersion is that of the Open Cybersecurity Schema Framework
// (schema.ocsf.io) that the events keep to.
const ocsfVersion = "1.3.0"

// Classes of the category Findings (2).
const (
	complianceFinding = 2003
	detectionFinding  = 2004
)

// The parts of an event that plugvet knows. Times are milliseconds since 1970.
type (
	ocsfEvent struct {
		ActivityID   int             `json:"activity_id"`
		ActivityName string          `json:"activity_name"`
		CategoryUID  int             `json:"category_uid"`
		CategoryName string          `json:"category_name"`
		ClassUID     int             `json:"class_uid"`
		ClassName    string          `json:"class_name"`
		TypeUID      int             `json:"type_uid"`
		TypeName     string          `json:"type_name"`
		Time         int64           `json:"time"`
		SeverityID   int             `json:"severity_id"`
		Severity     string          `json:"severity"`
		StatusID     int             `json:"status_id"`
		Status       string          `json:"status"`
		Message      string          `json:"message"`
		Comment      string          `json:"comment,omitempty"`
		Confidence   string          `json:"confidence,omitempty"`
		ConfidenceID int             `json:"confidence_id,omitempty"`
		Metadata     ocsfMetadata    `json:"metadata"`
		Device       ocsfDevice      `json:"device"`
		FindingInfo  ocsfFindingInfo `json:"finding_info"`
		Compliance   *ocsfCompliance `json:"compliance,omitempty"`
		Evidences    []ocsfEvidence  `json:"evidences,omitempty"`
		Resources    []ocsfResource  `json:"resources"`
	}
	ocsfMetadata struct {
		Version  string      `json:"version"`
		Profiles []string    `json:"profiles"`
		Product  ocsfProduct `json:"product"`
	}
	ocsfProduct struct {
		Name       string `json:"name"`
		VendorName string `json:"vendor_name"`
		Version    string `json:"version"`
	}
	ocsfDevice struct {
		Hostname string `json:"hostname"`
		TypeID   int    `json:"type_id"`
		Type     string `json:"type"`
		OS       ocsfOS `json:"os"`
	}
	ocsfOS struct {
		Name   string `json:"name"`
		TypeID int    `json:"type_id"`
		Type   string `json:"type"`
	}
	ocsfFindingInfo struct {
		UID         string        `json:"uid"`
		Title       string        `json:"title"`
		Desc        string        `json:"desc"`
		CreatedTime int64         `json:"created_time"`
		Types       []string      `json:"types,omitempty"`
		Analytic    *ocsfAnalytic `json:"analytic,omitempty"`
		Attacks     []ocsfAttack  `json:"attacks,omitempty"`
	}
	ocsfAnalytic struct {
		Name   string `json:"name"`
		TypeID int    `json:"type_id"`
		Type   string `json:"type"`
	}
	ocsfAttack struct {
		Technique    *ocsfTechnique `json:"technique,omitempty"`
		SubTechnique *ocsfTechnique `json:"sub_technique,omitempty"`
		Version      string         `json:"version"`
	}
	ocsfTechnique struct {
		UID  string `json:"uid"`
		Name string `json:"name"`
	}
	ocsfCompliance struct {
		Standards    []string `json:"standards"`
		Requirements []string `json:"requirements"`
		Control      string   `json:"control"`
		StatusID     int      `json:"status_id"`
		Status       string   `json:"status"`
		StatusDetail string   `json:"status_detail,omitempty"`
	}
	ocsfEvidence struct {
		File ocsfFile       `json:"file"`
		Data map[string]any `json:"data,omitempty"`
	}
	ocsfFile struct {
		Name   string     `json:"name"`
		Path   string     `json:"path"`
		TypeID int        `json:"type_id"`
		Type   string     `json:"type"`
		Hashes []ocsfHash `json:"hashes,omitempty"`
	}
	ocsfHash struct {
		AlgorithmID int    `json:"algorithm_id"`
		Algorithm   string `json:"algorithm"`
		Value       string `json:"value"`
	}
	ocsfResource struct {
		UID     string         `json:"uid,omitempty"`
		Name    string         `json:"name"`
		Type    string         `json:"type"`
		Version string         `json:"version,omitempty"`
		Labels  []string       `json:"labels,omitempty"`
		Data    map[string]any `json:"data,omitempty"`
	}
)

// writeOCSF writes an event a line: a Compliance Finding for each plugin that
// was held against a manifest, and a Detection Finding for each finding.
func writeOCSF(w io.Writer, r *scanner.Report, _ Options) error {
	r = cleaned(r)
	o := &ocsf{report: r, enc: json.NewEncoder(w)}
	o.enc.SetEscapeHTML(false)
	prints := fingerprints{}
	for n := range r.Plugins {
		if p := &r.Plugins[n]; r.Manifest != nil {
			if err := o.enc.Encode(o.compliance(p, prints.of(p, "plugin-approval", nil))); err != nil {
				return err
			}
		}
	}
	for _, i := range issuesOf(r) {
		if i.finding != nil {
			if err := o.enc.Encode(o.detection(&i)); err != nil {
				return err
			}
		}
	}
	return nil
}

type ocsf struct {
	report *scanner.Report
	enc    *json.Encoder
}

// event is what all events have.
func (o *ocsf) event(class int, name string, p *scanner.Plugin, severity scanner.Severity) *ocsfEvent {
	r := o.report
	e := &ocsfEvent{
		ActivityID: 1, ActivityName: "Create", CategoryUID: 2, CategoryName: "Findings",
		ClassUID: class, ClassName: name, TypeUID: 100*class + 1, TypeName: name + ": Create",
		Time: r.Run.Finished.UnixMilli(), SeverityID: 1, Severity: "Informational", StatusID: 1, Status: "New",
		Metadata: ocsfMetadata{
			Version: ocsfVersion, Profiles: []string{"host"},
			Product: ocsfProduct{Name: r.Tool.Name, VendorName: r.Tool.Name, Version: r.Tool.Version},
		},
		Device: ocsfDevice{Hostname: r.Run.Machine.Name, TypeID: 0, Type: "Unknown", OS: ocsfOS{r.Run.Machine.OS, 0, "Unknown"}},
		Resources: []ocsfResource{{
			UID: p.Tree, Name: p.Host + "/" + p.Name, Type: "web server plugin", Version: p.Version, Labels: p.Capabilities,
			Data: map[string]any{"root": p.Root, "path": p.Path, "loaded": p.Loaded, "verdict": p.Verdict},
		}},
	}
	switch severity {
	case scanner.Low:
		e.SeverityID, e.Severity = 2, "Low"
	case scanner.Medium:
		e.SeverityID, e.Severity = 3, "Medium"
	case scanner.High:
		e.SeverityID, e.Severity = 4, "High"
	case scanner.Critical:
		e.SeverityID, e.Severity = 5, "Critical"
	}
	switch r.Run.Machine.OS {
	case "linux":
		e.Device.OS.TypeID, e.Device.OS.Type = 200, "Linux"
	case "darwin":
		e.Device.OS.TypeID, e.Device.OS.Type = 300, "macOS"
	}
	e.FindingInfo.CreatedTime = e.Time
	return e
}

// compliance says whether a plugin is the one that was approved.
func (o *ocsf) compliance(p *scanner.Plugin, uid string) *ocsfEvent {
	e := o.event(complianceFinding, "Compliance Finding", p, p.VerdictSeverity)
	e.Compliance = &ocsfCompliance{
		Standards: []string{"NIST SP 800-53 Rev. 5"}, Requirements: []string{"CM-3", "CM-14", "SI-7"}, Control: "SI-7",
		StatusID: 3, Status: "Fail",
	}
	switch p.Verdict {
	case scanner.Approved:
		e.Compliance.StatusID, e.Compliance.Status = 1, "Pass"
		e.StatusID, e.Status = 4, "Resolved"
		e.Message = p.Host + "/" + p.Name + " is the one that was approved"
		if p.Approval != nil {
			e.Compliance.StatusDetail = "approved " + approval(p.Approval)
		}
	case "":
		e.Compliance.StatusID, e.Compliance.Status = 2, "Warning"
		e.Message = p.Host + "/" + p.Name + " could not be read as a whole, so it was not judged"
	default:
		e.Message = verdictIssue(o.report, p).message
	}
	e.FindingInfo.UID, e.FindingInfo.Title, e.FindingInfo.Desc = uid, "Plugins are the ones that were approved", e.Message
	return e
}

func (o *ocsf) detection(i *issue) *ocsfEvent {
	f := i.finding
	e := o.event(detectionFinding, "Detection Finding", i.plugin, i.severity)
	e.Message = i.message
	if why := justification(i); why != "" {
		e.StatusID, e.Status, e.Comment = 3, "Suppressed", why
	}
	switch f.Confidence {
	case "low":
		e.ConfidenceID, e.Confidence = 1, "Low"
	case "medium":
		e.ConfidenceID, e.Confidence = 2, "Medium"
	case "high":
		e.ConfidenceID, e.Confidence = 3, "High"
	}
	e.FindingInfo.UID, e.FindingInfo.Title, e.FindingInfo.Desc = i.fingerprint, i.title, f.Description
	e.FindingInfo.Types = nonEmpty(f.Capability)
	e.FindingInfo.Analytic = &ocsfAnalytic{Name: f.Rule, TypeID: 1, Type: "Rule"}
	if attackID.MatchString(f.Attack) {
		e.FindingInfo.Attacks = []ocsfAttack{attackOf(f.Attack)}
	}
	file := ocsfFile{Name: path.Base(f.Path), Path: path.Join(i.plugin.Root, f.Path), TypeID: 1, Type: "Regular File"}
	if digest, ok := strings.CutPrefix(f.SHA256, "sha256:"); ok {
		file.Hashes = []ocsfHash{{3, "SHA-256", digest}}
	}
	e.Evidences = []ocsfEvidence{{file, map[string]any{"offset": f.Offset, "line": f.Line, "view": f.View, "excerpt": f.Excerpt, "why": f.Why}}}
	return e
}

// attackOf states a sub-technique beside its technique.
func attackOf(id string) ocsfAttack {
	parent, _, sub := strings.Cut(id, ".")
	a := ocsfAttack{Technique: &ocsfTechnique{parent, techniques[parent]}, Version: attackVersion}
	if sub {
		a.SubTechnique = &ocsfTechnique{id, techniques[id]}
	}
	return a
}
