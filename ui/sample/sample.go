// Package sample holds made-up logs and their prompts, to try errata on.
//
// The logs are of every kind that a real server returns: chats, tool calls, errors, images, other
// scripts, odd numbers and hostile text. The package knows nothing of what is done with them.
package sample

import (
	"bytes"
	_ "embed" // for the two files
)

//go:embed logs.jsonl
var logs []byte

//go:embed prompts.jsonl
var prompts []byte

// Logs lists the samples as documents of a v5 server, oldest first. The caller must not modify
// them.
func Logs() [][]byte { return lines(logs) }

// Prompts lists the default version of each prompt as a document of a v5 server. The caller must
// not modify them.
func Prompts() [][]byte { return lines(prompts) }

func lines(text []byte) [][]byte {
	var list [][]byte
	for line := range bytes.Lines(text) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		list = append(list, line[:len(line):len(line)])
	}
	return list
}
