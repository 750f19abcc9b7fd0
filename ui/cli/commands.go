package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// command is a command by its name, and how it is made.
type command struct {
	name string
	of   func() *cobra.Command
}

// commands are all of them. Each costs time when it is made, and a run of the program needs one.
func (a *app) commands() []command {
	return []command{
		{"open", a.openCommand}, {"demo", a.demoCommand}, {"list", a.listCommand}, {"follow", a.followCommand}, {"get", a.getCommand},
		{"set", a.setCommand}, {"diff", a.diffCommand}, {"fill", a.fillCommand}, {"replace", a.replaceCommand},
		{"apply", a.applyCommand}, {"redact", a.redactCommand}, {"delete", a.deleteCommand},
		{"annotate", a.annotateCommand}, {"judge", a.judgeCommand}, {"evaluators", a.evaluatorsCommand}, {"agreement", a.agreementCommand},
		{"batch", a.batchCommand}, {"history", a.historyCommand}, {"undo", a.undoCommand}, {"drafts", a.draftsCommand}, {"prices", a.pricesCommand},
		{"import", a.importCommand}, {"export", a.exportCommand}, {"prompts", a.promptsCommand}, {"backup", a.backupCommand},
		{"check", a.checkCommand}, {"migrate-store", a.migrateCommand}, {"serve", a.serveCommand}, {"keys", a.keysCommand},
		{"config", a.configCommand}, {"doctor", a.doctorCommand}, {"completion", a.completionCommand}, {"man", a.manCommand}, {"version", a.versionCommand},
	}
}

// needs reports whether a command has to be made for these arguments: where they begin with the
// name of a command no other is, where they begin with what can only be the id of a log none is,
// and else all are, for the help and for the word that was meant.
func (a *app) needs(name string, all []command) bool {
	if len(a.env.Args) == 0 {
		return false
	}
	first := a.env.Args[0]
	if !likeCommand(first) {
		return first == "" || strings.HasPrefix(first, "-") || strings.HasPrefix(first, cobra.ShellCompRequestCmd)
	}
	return name == first || !isCommand(first, all)
}

// isCommand reports whether a word is the name of one of these commands.
func isCommand(word string, all []command) bool {
	return slices.ContainsFunc(all, func(c command) bool { return c.name == word })
}

// completing reports whether a shell asks for completions.
func (a *app) completing() bool {
	return len(a.env.Args) > 0 && strings.HasPrefix(a.env.Args[0], cobra.ShellCompRequestCmd)
}
