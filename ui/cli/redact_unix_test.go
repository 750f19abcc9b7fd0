//go:build unix

package cli_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"errata/model/jsonraw"
)

// secretsOf are what one of the logs below holds: each in a form of its own.
func secretsOf(i int) map[string]string {
	return map[string]string{
		"mail":  fmt.Sprintf("ada.okonkwo%d@example.org", i),
		"phone": fmt.Sprintf("+49 171 55512%02d", i),
		"key":   "sk" + fmt.Sprintf("-ant-api03-Qm4Zt9Wp%02dKx7Rb2Vn5Ld8", i),
		"word":  "Łukasiewicz \"Ł\"",
	}
}

// talkative is a log that holds them in texts, in arguments, in a text that quotes JSON twice, and
// in the name of a member.
func talkative(i int) string {
	s := secretsOf(i)
	arguments := fmt.Sprintf(`{"to": %s, "n": 1.50}`, jsonraw.Literal(s["mail"]))
	quoted := string(jsonraw.Literal("answer: " + string(jsonraw.Literal(s["mail"]+" or "+s["word"]))))
	return fmt.Sprintf(`{"id":"log_%02d","prompt":{"id":"pr_1","path":"herbs","name":"herbs","version_id":"prv_1"},"created_at":"2025-07-01T10:00:00Z","output":%s,`+
		`"messages":[{"role":"user","content":%s},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"send","arguments":%s}}]}],"inputs":{%s:1},"metadata":{"q":%s}}`,
		i, jsonraw.Literal("call "+s["phone"]+", says "+s["word"]), jsonraw.Literal("my key is "+s["key"]), jsonraw.Literal(arguments), jsonraw.Literal(s["mail"]), quoted)
}

// spellings are how a word may be in a file.
func spellings(word string) map[string][]byte {
	var little, big []byte
	escaped := ""
	for _, u := range utf16.Encode([]rune(word)) {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
		escaped += fmt.Sprintf(`\u%04x`, u)
	}
	once := strings.Trim(string(jsonraw.Literal(word)), `"`)
	twice := strings.Trim(string(jsonraw.Literal(once)), `"`)
	return map[string][]byte{"as it is": []byte(word), "as JSON": []byte(once), "as JSON in JSON": []byte(twice), "in escapes": []byte(escaped), "in UTF-16": little, "in UTF-16, big-endian": big}
}

// After a redaction that was killed again and again no file holds one of the words, however it is
// spelled, and each log got one PATCH.
func TestARedactionThatIsKilledLeavesNoWord(t *testing.T) {
	t.Parallel()
	const logs = 40
	h := newHome(t)
	var docs []string
	for i := range logs {
		docs = append(docs, talkative(i))
	}
	h.load(docs...)
	if err := os.MkdirAll(filepath.Join(h.dir, ".config/errata"), 0o700); err != nil {
		t.Fatal(err)
	}
	config := "[redact]\nwords = ['" + secretsOf(0)["word"] + "']\n"
	if err := os.WriteFile(filepath.Join(h.dir, ".config/errata/config.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("set", "log_03", "output=was: "+secretsOf(3)["mail"], "--yes")
	h.run("list", "--search", "okonkwo")
	h.run("replace", "and "+secretsOf(4)["mail"], "x", "--all") // it is nowhere
	h.run("replace", secretsOf(4)["mail"], secretsOf(5)["mail"], "log_04", "log_06", "--yes")
	h.run("set", "log_07", "log_08", "metadata.who="+secretsOf(0)["word"], "--yes")
	corrections := fmt.Sprintf(`{"id":"log_09","set":{"output":%s}}`+"\n"+`{"id":"log_10","set":{"prompt_tokens":%[1]s}}`, jsonraw.Literal(secretsOf(9)["mail"]))
	cmd := h.command("apply", "-")
	cmd.Stdin = strings.NewReader(corrections)
	if out, _ := cmd.CombinedOutput(); !bytes.Contains(out, []byte("1 log changed")) {
		t.Fatalf("%s", out)
	}
	if len(h.wordsLeft(logs)) == 0 {
		t.Fatal("no word is there before, so nothing is tested")
	}
	random := rand.New(rand.NewPCG(18, uint64(os.Getpid())))
	for range 4 {
		cmd := h.command("redact", "--all", "--yes", "--numbered")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(random.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
	}
	out, err := h.command("redact", "--all", "--yes", "--numbered").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// which nobody promised anything of
	for _, name := range []string{"logs.jsonl", ".config/errata/config.toml"} {
		if err := os.Remove(filepath.Join(h.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, left := range h.wordsLeft(logs) {
		t.Error(left)
	}
	batches, _ := filepath.Glob(filepath.Join(h.dir, ".local/state/errata/batches/*.jsonl"))
	for _, name := range batches {
		if data, err := os.ReadFile(name); err != nil || regexp.MustCompile(`"plan".*"[0-9a-f]*[1-9a-f][0-9a-f]{20,}"`).Match(data) {
			t.Errorf("%s holds hashes of what was there, %v", name, err)
		}
	}
	if got := h.run("batch"); strings.Count(got, ": redacted") != 3 || strings.Contains(got, " 0 changed") {
		t.Errorf("the batches are\n%s", got)
	}
	for i := range logs {
		past := h.run("history", fmt.Sprintf("log_%02d", i), "--json", "--limit", "0")
		// that was killed ahead of its PATCH
		sent := strings.Count(past, `"redacted":true`) - strings.Count(past, `"not saved"`)
		if (i < 3 || i > 9) && sent != 1 {
			t.Errorf("log_%02d got %d PATCHes", i, sent)
		}
	}
	for _, id := range []string{"log_00", "log_21", "log_39"} {
		if got := h.run("get", id, "output"); !strings.Contains(got, "[word-1]") {
			t.Errorf("%s says %s, and the same word has the number 1", id, got)
		}
	}
	if got := h.run("get", "log_05", "inputs"); !strings.HasPrefix(got, `{"[mail-`) {
		t.Errorf("the name of a member is %s", got)
	}
}

// wordsLeft names the files of a home that hold one of the words.
func (h home) wordsLeft(logs int) (list []string) {
	h.t.Helper()
	err := filepath.WalkDir(h.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		for i := range logs {
			for kind, word := range secretsOf(i) {
				for how, spelled := range spellings(word) {
					if bytes.Contains(data, spelled) {
						list = append(list, fmt.Sprintf("%s holds the %s of log %d %s", name, kind, i, how))
					}
				}
			}
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}
