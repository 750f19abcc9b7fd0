package provider

import (
	"slices"
	"strings"

	"errata/model/spell"
)

// rank says what a part that is neither text, thinking nor a call of a function is to the message.
type rank int

const (
	unknown rank = iota // it may be anything, a text as well
	beyond              // it belongs to what was said, and the API's messages have no place for it
	aside               // what the provider did on its own side: no part of the message
)

// ranks are those of the types of parts, of all providers.
var ranks = map[string]rank{
	// Calls that the one who asked is to answer, and that are none of functions.
	"custom_tool_call": beyond, "computer_call": beyond, "local_shell_call": beyond, "shell_call": beyond,
	"apply_patch_call": beyond, "mcp_approval_request": beyond,
	// What is said in pictures and sounds.
	"image": beyond, "image_url": beyond, "image_file": beyond, "output_image": beyond, "video": beyond,
	"audio": beyond, "output_audio": beyond, "document": beyond, "document_url": beyond, "file": beyond,

	"server_tool_use": aside, "mcp_tool_use": aside, "mcp_tool_listing": aside, "container_upload": aside,
	"compaction": aside, "fallback": aside,
	"mcp_list_tools": aside, "additional_tools": aside, "program": aside,
	"reference": aside, "user_input": aside,
}

// rankOf is the rank of a type. Providers name their own tools and what came of them alike, and
// there are new ones every other month.
func rankOf(kind string) rank {
	if p, ok := ranks[kind]; ok {
		return p
	}
	for _, end := range []string{"_call", "_output", "_result"} {
		if strings.HasSuffix(kind, end) {
			return aside
		}
	}
	return unknown
}

// The members by which Bedrock and Gemini say what a part without a type is.
var (
	beyondMembers = []string{"inline_data", "file_data", "image", "audio", "video", "document"}
	asideMembers  = []string{
		"type", "tool_result", "cache_point",
		"thought", "thought_signature", "executable_code", "code_execution_result", "tool_call", "tool_response", "part_metadata",
	}
)

func rankOfMember(name string) rank {
	is := func(known string) bool { return name == known || name == spell.Camel(known) }
	switch {
	case slices.ContainsFunc(beyondMembers, is):
		return beyond
	case slices.ContainsFunc(asideMembers, is):
		return aside
	}
	return unknown
}

// other notes a part that is not read.
func (s *speech) other(of rank, what string) {
	switch {
	case s.unsure:
	case of == beyond:
		s.unread = "it holds " + what + ", for which a message has no place"
	case of == unknown:
		s.unread, s.unsure = "it holds "+what+", which is not known", true
	}
}
