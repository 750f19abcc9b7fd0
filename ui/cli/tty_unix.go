//go:build unix

package cli

// terminalName is the terminal of the process, whatever its streams are.
const terminalName = "/dev/tty"
