package cli

import (
	"os/exec"
	"strings"

	"github.com/charmbracelet/x/term"
)

// The smallest terminal in which the screens are of use.
const (
	leastWidth  = 60
	leastHeight = 16
)

// terminal checks the terminal and the settings that belong to it.
func (d *doctor) terminal() {
	if !d.stdin || !d.stdout {
		d.ok("terminal", "none here: errata prints, and shows no screen")
	} else {
		d.screen()
		d.colors()
		d.multiplexer()
	}
	d.locale()
	d.editorFound()
}

func (d *doctor) screen() {
	name := d.getenv("TERM")
	width, height := 0, 0
	if f, ok := d.env.Stdout.(interface{ Fd() uintptr }); ok {
		width, height, _ = term.GetSize(f.Fd())
	}
	switch {
	case name == "":
		d.odd("terminal", "TERM is not set: set it to what the terminal is, xterm-256color say")
	case name == "dumb":
		d.odd("terminal", "TERM is dumb, so there is no screen; errata list, get and set work")
	case width == 0 || height == 0:
		d.odd("terminal", "%s does not tell its size: stty rows 24 cols 80 sets it", name)
	case width < leastWidth || height < leastHeight:
		d.odd("terminal", "%s, %d×%d: that is narrow; %d×%d and more shows more", name, width, height, leastWidth, leastHeight)
	default:
		d.ok("terminal", "%s, %d×%d", name, width, height)
	}
}

func (d *doctor) colors() {
	name, depth := d.getenv("TERM"), d.getenv("COLORTERM")
	switch {
	case d.cfg != nil && d.cfg.NoColor():
		d.ok("colours", "none, as NO_COLOR or the settings want")
	case depth == "truecolor" || depth == "24bit":
		d.ok("colours", "16 million")
	case strings.Contains(name, "256"):
		d.ok("colours", "256")
	default:
		d.ok("colours", "16; a terminal with more says so in TERM or COLORTERM")
	}
}

// multiplexer reports tmux, screen or what else runs between errata and the terminal.
func (d *doctor) multiplexer() {
	switch {
	case d.getenv("TMUX") != "":
		d.ok("tmux", "yes; copying needs set -s set-clipboard on in its configuration, and esc is quick with set -sg escape-time 10")
	case d.getenv("STY") != "":
		d.odd("screen", "GNU screen passes short copies only; tmux passes long ones, too")
	}
	if d.getenv("SSH_CONNECTION") != "" {
		d.ok("ssh", "yes; copying goes through the terminal (OSC 52), which has to allow it")
	}
}

func (d *doctor) locale() {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := d.getenv(name)
		if value == "" {
			continue
		}
		if upper := strings.ToUpper(value); strings.Contains(upper, "UTF-8") || strings.Contains(upper, "UTF8") {
			d.ok("locale", "%s", value)
			return
		}
		d.odd("locale", "%s is %s: a terminal that is not UTF-8 shows wrong characters; C.UTF-8 is one that is", name, value)
		return
	}
	d.odd("locale", "LANG is not set; when characters look wrong, C.UTF-8 helps")
}

func (d *doctor) editorFound() {
	command := d.editor()
	switch command[0] {
	case "sh":
		d.ok("editor", "%s", command[len(command)-1])
	default:
		if _, err := exec.LookPath(command[0]); err != nil {
			d.odd("editor", "%s is not found: set VISUAL or EDITOR to an editor that is there", command[0])
			return
		}
		d.ok("editor", "%s", strings.Join(command, " "))
	}
}
