// Package rules decides what a request may say: it turns the body of a PATCH or POST into checked
// edits, and the filters of a list into instants. What it refuses it explains the way FastAPI with
// pydantic 1 does, entry by entry.
//
// Every implementation of api.Service that holds logs itself uses it, so that all of them refuse
// the same things. It knows the table of fields and the members around them. It must not know HTTP,
// SQL or any one implementation.
package rules
