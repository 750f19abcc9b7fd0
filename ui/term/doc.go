// Package term owns the terminal: raw mode, the alternate screen, mouse and paste modes, whole
// input events in, cells out, the window size, signals and hang-up, suspending, and the system
// clipboard over OSC 52.
//
// Bubble Tea runs without renderer, input and signal handling of its own; this package feeds it
// and draws what its model shows. It knows terminals. It must not know logs, or any screen of
// errata.
package term
