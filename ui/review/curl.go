package review

import (
	"net/url"
	"strings"

	"errata/model"
)

// defaultBaseURL is in the curl command where the log is in the embedded store: it is where errata
// serve listens.
const defaultBaseURL = "http://127.0.0.1:8787/v5"

// curlCommand writes the request as a command for a shell. The key is read from the environment: it
// is never part of the text.
func curlCommand(baseURL string, head model.Head, body []byte) string {
	return request("PATCH", baseURL, "/"+head.Owner()+"s/"+url.PathEscape(head.PromptID)+"/log/"+url.PathEscape(head.ID), body)
}

func request(method, baseURL, path string, body []byte) string {
	if baseURL == "" {
		baseURL = defaultBaseURL
	}
	return "curl -X " + method + " " + quote(strings.TrimSuffix(baseURL, "/")+path) + ` -H "X-API-KEY: $ERRATA_API_KEY"` +
		" -H 'Content-Type: application/json' --data-raw " + quote(string(body))
}

// quote makes one word of text for a POSIX shell.
func quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
