// Package ui is the terminal program: it routes messages between the screens, owns what is open and
// what is being loaded or saved, and turns api errors into sentences.
//
// It knows the screens and a Service. It must not know SQL, the configuration files or the command
// line.
package ui
