package cli

// terminalName is the console that the process reads from, wherever its streams go.
const terminalName = "CONIN$"
