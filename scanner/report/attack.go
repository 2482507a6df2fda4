package report

// attackVersion is that of ATT&CK which has the detection strategy DET0547.
const attackVersion = "18.0"

// techniques are the MITRE ATT&CK techniques that our rules name and those
// that they are part of, by their ID, with their names there (attack.mitre.org).
var techniques = map[string]string{
	"T1016":     "System Network Configuration Discovery",
	"T1027":     "Obfuscated Files or Information",
	"T1027.007": "Dynamic API Resolution",
	"T1027.009": "Embedded Payloads",
	"T1027.010": "Command Obfuscation",
	"T1027.011": "Fileless Storage",
	"T1027.013": "Encrypted/Encoded File",
	"T1036":     "Masquerading",
	"T1036.008": "Masquerade File Type",
	"T1040":     "Network Sniffing",
	"T1055":     "Process Injection",
	"T1056":     "Input Capture",
	"T1056.002": "GUI Input Capture",
	"T1059":     "Command and Scripting Interpreter",
	"T1059.002": "AppleScript",
	"T1059.004": "Unix Shell",
	"T1059.007": "JavaScript",
	"T1071":     "Application Layer Protocol",
	"T1071.001": "Web Protocols",
	"T1095":     "Non-Application Layer Protocol",
	"T1105":     "Ingress Tool Transfer",
	"T1106":     "Native API",
	"T1129":     "Shared Modules",
	"T1195":     "Supply Chain Compromise",
	"T1195.001": "Compromise Software Dependencies and Development Tools",
	"T1505":     "Server Software Component",
	"T1505.003": "Web Shell",
	"T1569":     "System Services",
	"T1569.001": "Launchctl",
	"T1574":     "Hijack Execution Flow",
	"T1574.006": "Dynamic Linker Hijacking",
	"T1620":     "Reflective Code Loading",
}
