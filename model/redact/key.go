package redact

import (
	"slices"
	"strings"
	"sync"
)

// form is how the keys of a provider look.
type form struct {
	prefix string
	least  int               // so many bytes follow the prefix at least
	exact  bool              // and no more than that
	body   func(c byte) bool // of which they are
	whose  string
}

func dashed(c byte) bool { return alnum(c) || c == '_' || c == '-' }

func dotted(c byte) bool { return dashed(c) || c == '.' || c == '~' }

func based(c byte) bool { return alnum(c) || c == '+' || c == '/' || c == '=' }

func upper(c byte) bool { return digit(c) || 'A' <= c && c <= 'Z' }

// forms are the keys that their beginning tells. If two fit, the first counts.
var forms = []form{
	{"sk-ant-", 16, false, dashed, "Anthropic"},
	{"sk-proj-", 16, false, dashed, "OpenAI"}, {"sk-svcacct-", 16, false, dashed, "OpenAI"}, {"sk-admin-", 16, false, dashed, "OpenAI"},
	{"sk-or-v1-", 16, false, dashed, "OpenRouter"},
	{"sk-lf-", 16, false, dashed, "Langfuse"}, {"pk-lf-", 16, false, dashed, "Langfuse"},
	{"sk-lw-", 16, false, dashed, "LangWatch"},
	{"sk-", 20, false, dashed, "OpenAI, DeepSeek and others"}, {"sess-", 40, true, alnum, "OpenAI"},
	{"AIza", 35, true, dashed, "Google"}, {"GOCSPX-", 28, false, dashed, "Google"}, {"ya29.", 20, false, dotted, "Google"}, {"AQ.Ab", 30, false, dashed, "Google"},
	{"AKIA", 16, true, upper, "AWS"}, {"ASIA", 16, true, upper, "AWS"}, {"ABIA", 16, true, upper, "AWS"}, {"ACCA", 16, true, upper, "AWS"},
	{"ABSK", 40, false, based, "AWS Bedrock"}, {"bedrock-api-key-", 20, false, based, "AWS Bedrock"},
	{"ghp_", 36, false, alnum, "GitHub"}, {"gho_", 36, false, alnum, "GitHub"}, {"ghu_", 36, false, alnum, "GitHub"}, {"ghs_", 36, false, dotted, "GitHub"},
	{"ghr_", 36, false, alnum, "GitHub"}, {"github_pat_", 36, false, dashed, "GitHub"},
	{"glpat-", 20, false, dotted, "GitLab"}, {"gldt-", 20, false, dashed, "GitLab"}, {"glrt-", 20, false, dashed, "GitLab"}, {"glcbt-", 20, false, dashed, "GitLab"},
	{"xoxb-", 20, false, dashed, "Slack"}, {"xoxp-", 20, false, dashed, "Slack"}, {"xoxa-", 20, false, dashed, "Slack"}, {"xoxr-", 20, false, dashed, "Slack"},
	{"xoxs-", 20, false, dashed, "Slack"}, {"xoxe-", 20, false, dashed, "Slack"}, {"xoxe.", 20, false, dotted, "Slack"}, {"xoxc-", 20, false, dashed, "Slack"},
	{"xapp-", 20, false, dashed, "Slack"},
	{"sk_live_", 16, false, alnum, "Stripe"}, {"sk_test_", 16, false, alnum, "Stripe"}, {"rk_live_", 16, false, alnum, "Stripe"}, {"rk_test_", 16, false, alnum, "Stripe"},
	{"pk_live_", 16, false, alnum, "Stripe"}, {"pk_test_", 16, false, alnum, "Stripe"}, {"whsec_", 16, false, based, "Stripe"},
	{"hf_", 30, false, alnum, "Hugging Face"}, {"api_org_", 30, false, alnum, "Hugging Face"},
	{"hl_sk_", 16, false, dashed, "Humanloop"}, {"hl_", 32, false, alnum, "Humanloop"},
	{"gsk_", 40, false, alnum, "Groq"}, {"xai-", 40, false, alnum, "xAI"}, {"pplx-", 32, false, alnum, "Perplexity"}, {"r8_", 30, false, alnum, "Replicate"},
	{"nvapi-", 32, false, dashed, "NVIDIA"}, {"fw_", 20, true, alnum, "Fireworks"}, {"tgp_v1_", 20, false, dashed, "Together"}, {"csk-", 32, false, alnum, "Cerebras"},
	{"lsv2_pt_", 20, false, dashed, "LangSmith"}, {"lsv2_sk_", 20, false, dashed, "LangSmith"}, {"tvly-", 20, false, dashed, "Tavily"}, {"pcsk_", 30, false, dashed, "Pinecone"},
	{"dapi", 32, true, hexadecimal, "Databricks"}, {"npm_", 36, true, alnum, "npm"}, {"pypi-", 50, false, dashed, "PyPI"}, {"SG.", 40, false, dotted, "SendGrid"},
	{"dop_v1_", 40, false, hexadecimal, "DigitalOcean"}, {"shpat_", 32, true, hexadecimal, "Shopify"}, {"sbp_", 40, false, hexadecimal, "Supabase"},
	{"sb_secret_", 20, false, dashed, "Supabase"}, {"ntn_", 40, false, alnum, "Notion"}, {"lin_api_", 32, false, alnum, "Linear"}, {"figd_", 32, false, dashed, "Figma"},
	{"glsa_", 32, false, dashed, "Grafana"}, {"phx_", 30, false, alnum, "PostHog"}, {"NRAK-", 27, true, upper, "New Relic"}, {"hvs.", 24, false, dashed, "Vault"},
	{"dp.pt.", 40, false, alnum, "Doppler"}, {"sntrys_", 40, false, based, "Sentry"}, {"AGE-SECRET-KEY-1", 58, true, upper, "age"},
}

// byFirst are the forms by the first byte of their prefix.
var byFirst = sync.OnceValue(func() *[256][]form {
	var table [256][]form
	for _, f := range forms {
		table[f.prefix[0]] = append(table[f.prefix[0]], f)
	}
	return &table
})

// keys looks for keys that their beginning tells, and for those that stand where keys are: in
// headers, behind names, in addresses.
func (s *scan) keys() {
	table := byFirst()
	for i := 0; i < len(s.text); i++ {
		if list := table[s.text[i]]; list != nil && s.begins(i) {
			i = max(i, s.formed(i, list)-1)
		}
	}
	s.headers()
	s.secrets()
	s.userinfo()
	s.hooks()
}

// formed looks for a key of one of some forms at i, and gives where it ends.
func (s *scan) formed(i int, list []form) (end int) {
	for _, f := range list {
		if !strings.HasPrefix(s.text[i:], f.prefix) {
			continue
		}
		end := s.all(i+len(f.prefix), f.body)
		for end > i && strings.IndexByte(".-", s.text[end-1]) >= 0 {
			end--
		}
		switch n := end - i - len(f.prefix); {
		case n < f.least && n < 6, f.exact && n != f.least:
		case n < f.least:
			s.miss(i, end, "it is too short for a key of "+f.whose)
		case !f.exact && worded(s.text[i+len(f.prefix):end]):
			s.miss(i, end, "it is made of words, or of one letter")
		default:
			s.hit(i, end)
		}
		return end
	}
	return i
}

// all is where the bytes of a sort end that stand from i on.
func (s *scan) all(i int, sort func(byte) bool) int {
	for i < len(s.text) && sort(s.text[i]) {
		i++
	}
	return i
}

// worded reports whether what should be a key is a name in plain words, or a stand-in for a key: no
// stretch of 12 letters and digits in it mixes them.
func worded(text string) bool {
	digits, letters := 0, 0
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		if len(part) < 8 || strings.Trim(part, part[:1]) == "" {
			continue
		}
		changes := 0
		for k := range len(part) {
			if digit(part[k]) {
				digits++
			} else {
				letters++
			}
			if k > 0 && class(part[k]) != class(part[k-1]) {
				changes++
			}
		}
		if changes >= 4 {
			return false
		}
	}
	return digits == 0 || letters == 0
}

// class is the sort of a byte: digit, capital or small letter.
func class(c byte) int {
	switch {
	case digit(c):
		return 0
	case 'A' <= c && c <= 'Z':
		return 1
	}
	return 2
}

// headers looks for what is behind Bearer and Basic.
func (s *scan) headers() {
	for _, h := range []struct {
		word  string
		least int
	}{{"earer ", 16}, {"uthorization: Basic ", 8}, {"uthorization: basic ", 8}, {"uthorization: token ", 16}} {
		for from := 0; ; {
			i := strings.Index(s.text[from:], h.word)
			if i < 0 {
				break
			}
			start := from + i + len(h.word)
			end := s.all(start, func(c byte) bool { return dotted(c) || based(c) })
			if end-start >= h.least && mixed(s.text[start:end]) {
				s.hit(start, end)
			}
			from = start
		}
	}
	if strings.EqualFold(s.name, "authorization") {
		if scheme, rest, ok := strings.Cut(s.text, " "); ok && len(rest) >= 8 && !strings.Contains(rest, " ") {
			s.hit(len(scheme)+1, len(s.text))
		}
	}
}

// secretNames are how the names of secrets end, in small letters and without signs between them.
var secretNames = []string{"apikey", "secret", "secretkey", "secretaccesskey", "clientsecret", "accesstoken", "authtoken", "refreshtoken", "idtoken", "password",
	"passwd", "privatekey", "subscriptionkey", "xapikey", "bearertoken", "sessiontoken", "webhooksecret", "signingkey", "encryptionkey"}

// nameEnds reports whether a name ends in one of some, which are written small and without signs.
func nameEnds(name string, endings []string) bool {
	if name == "" || len(name) > 64 {
		return false
	}
	plain := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(name))
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(plain, e) })
}

// named reports whether a stretch is all of the text, and the name of its member ends in one of
// some.
func (s *scan) named(endings []string, start, end int) bool {
	return strings.TrimSpace(s.text[:start]) == "" && strings.TrimSpace(s.text[end:]) == "" && nameEnds(s.name, endings)
}

// How long a value is that a name alone makes a secret.
const (
	secretFrom    = 16
	longestSecret = 1024
)

// secrets looks for values of names like api_key: that of the member, and those before = and :.
func (s *scan) secrets() {
	if end := s.all(0, opaque); end >= secretFrom && end == len(s.text) && s.named(secretNames, 0, end) && mixed(s.text) {
		s.hit(0, end)
		return
	}
	for i, end := 0, 0; i < len(s.text); i++ {
		if c := s.text[i]; c != '=' && c != ':' {
			continue
		}
		start := i + 1
		for start < len(s.text) && start-i < 4 && strings.IndexByte(" \"'`=", s.text[start]) >= 0 {
			start++
		}
		if start >= end { // else it is in the stretch that was measured
			end = s.all(start, opaque)
		}
		if end-start >= secretFrom && end-start <= longestSecret && mixed(s.text[start:end]) && nameEnds(s.nameBefore(i), secretNames) {
			s.hit(start, end)
		}
	}
}

// opaque is a byte of a secret that is not a word of a sentence.
func opaque(c byte) bool { return dotted(c) || based(c) }

// mixed reports whether a text has letters and digits.
func mixed(text string) bool {
	return strings.ContainsAny(text, "0123456789") && strings.IndexFunc(text, func(r rune) bool { return r > '9' }) >= 0
}

// nameBefore is the name that is in front of i.
func (s *scan) nameBefore(i int) string {
	for n := 0; n < 3 && i > 0 && strings.IndexByte(" \"'`", s.text[i-1]) >= 0; n++ {
		i--
	}
	start := i
	for start > 0 && i-start < 40 && (dashed(s.text[start-1])) {
		start--
	}
	return s.text[start:i]
}

// userinfo looks for passwords in addresses: postgres://name:password@host.
func (s *scan) userinfo() {
	for from := 0; ; {
		i := strings.Index(s.text[from:], "://")
		if i < 0 {
			return
		}
		start := from + i + 3
		end := s.all(start, func(c byte) bool {
			return c > ' ' && c != '@' && c != '/' && c != '"' && c != '\'' && c != '<' && c != '\\'
		})
		from = max(start, end)
		user, password, ok := strings.Cut(s.text[start:end], ":")
		if s.at(end) == '@' && ok && password != "" && strings.Trim(password, "*x<>{}$") != "" {
			s.hit(start+len(user)+1, end)
		}
	}
}

// hooks looks for the addresses of hooks, which are secrets as a whole.
func (s *scan) hooks() {
	for _, host := range []string{"hooks.slack.com/services/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/"} {
		for from := 0; ; {
			i := strings.Index(s.text[from:], host)
			if i < 0 {
				break
			}
			start := from + i + len(host)
			end := s.all(start, func(c byte) bool { return dashed(c) || c == '/' })
			if end-start >= 20 {
				s.hit(start, end)
			}
			from = start
		}
	}
}
