package cli

import "strings"

// renaming is a program for jq that makes names in snake_case of those in camelCase, but for those
// within values that have names of anybody's own.
const renaming = `def api: if type == "array" then map(api) elif type == "object" then
    with_entries(.key |= gsub("(?<c>[A-Z])"; "_\(.c | ascii_downcase)") | if .key | IN("inputs", "metadata", "attributes",
    "other", "parameters", "json_schema", "provider_request", "provider_response") then . else .value |= api end)
    else . end; api`

// camelNames is what is said of members that are named as fields in camelCase: "createdAt,
// promptTokens, finishReason, …".
func camelNames(names []string) string {
	const most = 3
	if len(names) > most {
		names = append(names[:most:most], "…")
	}
	return strings.Join(names, ", ")
}
