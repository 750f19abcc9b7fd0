package model

import (
	"strings"

	"errata/model/spell"
)

// Camel lists the members of the log that have the name of a field in camelCase, such as createdAt
// for created_at, if the field itself is missing. Humanloop's package for JavaScript writes such
// logs. The members are kept, but they are not fields.
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
