package model

import (
	"strings"

	"errata/model/spell"
)

// Camel lists the members of the log that are named as fields in camelCase, where the field itself
// is not there: createdAt for created_at. Humanloop's package for JavaScript writes logs so. They
// are no fields.
func (l *Log) Camel() (names []string) {
	for _, m := range l.members {
		if strings.ToLower(m.Name) == m.Name {
			continue
		}
		for _, f := range fields {
			if m.Name == spell.Camel(f.Name) && m.Name != f.Name && l.Value(f).IsAbsent() {
				names = append(names, m.Name)
			}
		}
	}
	return names
}
