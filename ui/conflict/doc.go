// Package conflict is the screen for fields that were changed here and on the server, to different
// values: base, mine and theirs of each, and a choice for each before anything is sent.
//
// It knows two change sets of one log. It must not know how a log is fetched or sent: it says in
// messages what was decided.
package conflict
