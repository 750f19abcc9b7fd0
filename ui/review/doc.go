// Package review is the screen before a PATCH: old and new of every changed field, the warnings,
// and the body exactly as it will be sent.
//
// It knows the change set. It must not know how a request is sent, nor the key: it says in messages
// what was decided.
package review
