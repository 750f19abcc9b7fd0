// Package judge sends judgments safely: it checks them before, records what is about to be sent,
// sends it once, and finds out what became of it. If an answer is lost it looks, and repeats
// nothing: a judgment has an id of its own from the moment it is decided. It is sent again only
// where the server asked to slow down, and a look says that it did nothing.
//
// It knows a service that takes judgments and what a judgment is. It must not know screens, command
// lines or the journal, which it only tells.
package judge
