//go:build unix

package cli

// terminalName is the terminal of the process, wherever its streams go.
const terminalName = "/dev/tty"
