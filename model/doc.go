// Package model is the domain of errata: a log as the bytes that a server sent, the table of its 21
// updatable fields, and the change set that decides what a PATCH says.
//
// It knows values, rules and differences. It must not know HTTP, SQL, the terminal or the file
// system: everything here is a pure function of bytes. Numbers never pass through a float, and a
// member that nobody edited is never encoded again.
package model
