// Package judge sends judgments safely: it checks them before, records what is about to be sent,
// sends it once, and finds out what became of it. If an answer is lost it looks, and repeats
// nothing: a judgment has an id of its own from the moment it is decided. It is sent again only if
// the server asked to slow down and does not have it.
//
// It knows a service that takes judgments and what a judgment is. It must not know screens, command
// lines or the journal, which it only reports to.
package judge
