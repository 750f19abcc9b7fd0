package cli

import (
	"encoding/json"

	"errata/model/figure"
	"errata/model/redact"
	"errata/ui/redaction"
)

// tell prints what one log holds: kinds, places and counts, and none of the words.
func (r *redacting) tell(id string, report *redact.Report) {
	if masked, left := report.Hits(); masked+left == 0 || masked == 0 && !r.cfg.JSON() {
		return
	}
	if !r.cfg.JSON() {
		for _, where := range redaction.Places(report) {
			if where.Locked == "" {
				r.bar.clear()
				r.text(id + "  " + where.Kind + "  " + figure.Int(report.Counts[where]) + "  " + where.Path + "\n")
			}
		}
		return
	}
	told := toldOf{ID: id, Hits: []toldHit{}}
	for _, where := range redaction.Places(report) {
		told.Hits = append(told.Hits, toldHit{where.Kind, where.Path, report.Counts[where], where.Locked})
	}
	line, err := json.Marshal(told)
	if err == nil {
		r.value(line)
	}
}

// toldOf is a line of errata redact --check --json.
type toldOf struct {
	ID   string    `json:"id"`
	Hits []toldHit `json:"hits"`
}

type toldHit struct {
	Kind  string `json:"kind"`
	Path  string `json:"path"`
	Count int    `json:"count"`
	Left  string `json:"left,omitempty"` // why it would be left
}
