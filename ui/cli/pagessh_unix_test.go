//go:build unix

package cli_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/ui/term/termtest"
)

// forwarded is how the page forwards a port; the port at this side and the one that is served are
// other ones in the test.
const forwarded = "8787:127.0.0.1:8787"

// sshd has to be called by its whole path.
const sshd = "/usr/sbin/sshd"

// typesOverSSH types a line that reaches a host, as a test of its own: where there is no sshd it
// says so.
func (y *typist) typesOverSSH(line string) {
	y.t.Run(line, func(t *testing.T) {
		if y.host == nil {
			y.host = y.reaches(t)
		}
		if strings.Contains(line, forwarded) {
			y.digs(t, line)
			return
		}
		r := y.connects(t, line)
		r.Shows("31 logs")
		if strings.Contains(line, "tmux") { // the line drops; within tmux the program goes on
			r.Send("G")
			r.Lacks("▸     2025-09-12")
			r.HangUp()
			r = y.connects(t, line)
			r.Shows("31 logs")
			r.Lacks("▸     2025-09-12")
		}
		r.Send("q")
		if code, _ := r.Ends(); code != 0 {
			t.Errorf("it ended with %d:\n%s", code, r.Screen())
		}
	})
}

// connects types a line at a terminal.
func (y *typist) connects(t *testing.T, line string) *termtest.Remote {
	cmd := y.shell(line)
	cmd.Env = append(cmd.Env, y.host...)
	return termtest.Start(t, cmd, 80, 24)
}

// digs opens a tunnel that stays until the end of the page, and has what follows go through it.
func (y *typist) digs(t *testing.T, line string) {
	if y.server == "" {
		y.types("errata serve")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	here := free.Addr().String()
	_ = free.Close()
	_, port, _ := net.SplitHostPort(here)
	there := strings.TrimSuffix(strings.TrimPrefix(y.server, "http://"), "/v5")
	cmd := y.shell("exec " + strings.Replace(line, forwarded, port+":"+there, 1))
	cmd.Env = append(cmd.Env, y.host...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	y.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	eventually(t, "the tunnel is open", func() bool {
		c, err := net.Dial("tcp", here)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	y.server = "http://" + here + "/v5"
}

// reaches makes an ssh that reaches a host of that name: an sshd, started for each connection and
// listening on no port, that knows the home and the commands of the test.
func (y *typist) reaches(t *testing.T) (environment []string) {
	for _, wanted := range []string{sshd, "/usr/bin/ssh", "/usr/bin/tmux"} {
		if _, err := os.Stat(wanted); err != nil {
			apitest.Untested(t, "the lines over SSH were not tested: "+err.Error()+" (apt install openssh-server tmux)")
		}
	}
	dir := y.t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"host", "user"} {
		if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", at(name)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	known := map[string]string{}
	for _, setting := range y.shell("").Env {
		name, value, _ := strings.Cut(setting, "=")
		known[name] = value
	}
	there := fmt.Sprintf("HOME=%s PATH=%s GORACE=%s LANG=C.UTF-8 TMUX_TMPDIR=%s", known["HOME"], known["PATH"], known["GORACE"], dir)
	for name, text := range map[string]string{
		"sshd_config": "HostKey " + at("host") + "\nAuthorizedKeysFile " + at("user.pub") + "\nStrictModes no\nUsePAM no\n" +
			"PermitRootLogin yes\nPidFile none\nSetEnv " + there + "\n",
		"ssh_config": "Host host\nProxyCommand " + sshd + " -i -q -f " + at("sshd_config") + "\nIdentityFile " + at("user") +
			"\nUserKnownHostsFile /dev/null\nStrictHostKeyChecking no\nLogLevel ERROR\nIdentitiesOnly yes\n",
		"ssh": "#!/bin/sh\nexec /usr/bin/ssh -F " + at("ssh_config") + " \"$@\"\n",
	} {
		if err := os.WriteFile(at(name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	y.t.Cleanup(func() {
		end := exec.Command("tmux", "kill-server")
		end.Env = append(os.Environ(), "TMUX_TMPDIR="+dir)
		_ = end.Run() // none may be left
	})
	return []string{"PATH=" + dir + ":" + known["PATH"]}
}
