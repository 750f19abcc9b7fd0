package cli

// terminalName is the console that the process reads from, whatever its streams are.
const terminalName = "CONIN$"
