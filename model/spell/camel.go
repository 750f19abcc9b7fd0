package spell

import "strings"

// Camel turns a name in snake_case into camelCase. A name that begins with "_" stays as it is.
func Camel(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		if word != "" {
			words[i+1] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	if words[0] == "" {
		return name
	}
	return strings.Join(words, "")
}
