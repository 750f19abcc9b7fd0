// Package cli is the command line of errata and its composition root: it reads arguments and
// settings, connects a server or the embedded store, and runs a command on it.
//
// It knows every other package; none knows it. stdout is for data, stderr for words, the exit code
// for programs. All state is handed in with Env, so that the whole program runs inside a test.
package cli
