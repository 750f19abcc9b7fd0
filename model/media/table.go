package media

import (
	"bytes"
	"slices"
	"strings"

	"errata/model/jsonraw"
)

// The table of how the providers write such a part: the member that holds the data, and those that
// are beside it, or beside the objects that it is in.
//
//	OpenAI chat    {"type": "image_url", "image_url": {"url": "data:…"}}
//	               {"input_audio": {"data", "format"}}, {"file": {"file_data", "filename"}}
//	Responses      {"type": "input_image", "image_url": "data:…"}
//	               {"type": "input_file", "file_data", "filename"}
//	               {"type": "image_generation_call", "result"}
//	Anthropic      {"type": "image", "source": {"type": "base64", "media_type", "data"}}
//	Gemini         {"inlineData": {"mimeType", "data"}}, {"inline_data": {"mime_type", "data"}}
//	Bedrock        {"image": {"format", "name", "source": {"bytes"}}}, or "document", "video"
//	Ollama         {"images": ["…"]}
//	MCP, AI SDK    {"type": "image", "mimeType" or "mediaType", "data" or "image"}
//	OpenTelemetry  {"type": "blob", "mime_type", "modality", "content"}
var (
	dataMembers = []string{
		"data", "bytes", "file_data", "fileData", "b64_json", "result", "image", "audio", "video", "base64",
		"content", "input_audio", "imageBytes", "bytesBase64Encoded", "image_url", "url", "document_url",
	}
	typeMembers = []string{"media_type", "mediaType", "mime_type", "mimeType", "mimetype", "format"}
	nameMembers = []string{"filename", "file_name", "fileName", "name", "title"}
	kindMembers = []string{"type", "modality", "kind"}
	wrappers    = []string{"source", "image", "document", "video", "audio", "file", "image_url", "input_audio", "inlineData", "inline_data"}
	silent      = []string{"detail", "source_type"} // say nothing that the placeholder leaves out
)

// formats are the short names of types, as the providers write them.
var formats = map[string]string{
	"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
	"wav": "audio/wav", "mp3": "audio/mpeg", "flac": "audio/flac", "opus": "audio/opus", "ogg": "audio/ogg", "aac": "audio/aac", "m4a": "audio/mp4",
	"pcm16": "audio/pcm", "pcm": "audio/pcm",
	"pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain", "md": "text/markdown", "html": "text/html",
	"doc": "application/msword", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xls": "application/vnd.ms-excel", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"mp4": "video/mp4", "mov": "video/quicktime", "mkv": "video/x-matroska", "webm": "video/webm",
}

// holds reports whether a member of this name is one that holds data.
func holds(member string) bool { return slices.Contains(dataMembers, member) }

// beside is what the members beside the data say of it.
type beside struct {
	mediaType, name, kind string
	text                  bool // the part says that it is plain text
}

// read takes a member that is beside the data, or further out; what stands nearer counts.
func (b *beside) read(member string, literal []byte) {
	const longest = 300
	if jsonraw.KindOf(literal) != jsonraw.String || len(literal) > longest {
		return
	}
	word, _ := jsonraw.Text(literal)
	switch {
	case slices.Contains(typeMembers, member):
		full, known := formats[strings.ToLower(word)]
		if !known && strings.Contains(word, "/") {
			full = word
		}
		set(&b.mediaType, full)
	case slices.Contains(nameMembers, member):
		set(&b.name, word)
	case slices.Contains(kindMembers, member):
		b.text = b.text || word == "text"
		set(&b.kind, word)
	}
}

func set(to *string, word string) {
	if *to == "" {
		*to = word
	}
}

// kindOf is the kind of a type; if that does not tell, of the words that stand around the data.
func kindOf(mediaType string, words ...string) string {
	major, _, _ := strings.Cut(strings.ToLower(mediaType), "/")
	for _, word := range append([]string{major}, words...) {
		for _, kind := range []string{"image", "audio", "video"} {
			if strings.Contains(word, kind) {
				return kind
			}
		}
		if mediaType != "" {
			break
		}
	}
	return "file"
}

// Part is data within a part of a message.
type Part struct {
	Data
	Path   []int   // the positions of the members down to the string
	Others []Other // members that say something besides what the data are
}

// Other is a member of a part, or of an object in it.
type Other struct {
	Name  string // with the names of the objects that it is in: "source.id"
	Path  []int
	Value []byte
}

// In finds the data in a part, an object that may hold it in others. ok is false if there is none.
func In(part []byte) (p Part, ok bool) { return in(part, "", nil, beside{}) }

// in looks into an object; outer is what is around it.
func in(object []byte, name string, path []int, outer beside) (p Part, ok bool) {
	const deepest = 4
	if len(path) > deepest || jsonraw.KindOf(object) != jsonraw.Object {
		return Part{}, false
	}
	members, err := jsonraw.Members(object)
	if err != nil {
		return Part{}, false
	}
	var by beside
	for _, m := range members {
		by.read(m.Name, m.Val.Of(object))
	}
	by = by.within(outer, name)
	for i, m := range members {
		at, literal := append(slices.Clone(path), i), jsonraw.Trim(m.Val.Of(object))
		if m.Kind == jsonraw.String {
			p.Data, ok = of(m.Name, literal, by)
			p.Path = at
		} else if slices.Contains(wrappers, m.Name) {
			p, ok = in(literal, m.Name, at, by)
		}
		if ok {
			p.others(object, members, i, path)
			return p, true
		}
	}
	return Part{}, false
}

// others adds the members of an object that say something else; those of the member found are
// there.
func (p *Part) others(object []byte, members []jsonraw.Member, found int, path []int) {
	for i := range p.Others {
		p.Others[i].Name = members[found].Name + "." + p.Others[i].Name
	}
	for i, m := range members {
		if i != found && !tells(m.Name) {
			p.Others = append(p.Others, Other{m.Name, append(slices.Clone(path), i), jsonraw.Trim(m.Val.Of(object))})
		}
	}
}

// within adds what stands further out, and the name of the object that the data are in.
func (b beside) within(outer beside, name string) beside {
	set(&b.mediaType, outer.mediaType)
	set(&b.name, outer.name)
	if slices.ContainsFunc([]string{"image", "audio", "video"}, func(kind string) bool { return strings.Contains(name, kind) }) {
		b.kind = name
	}
	if outer.kind != "" && (b.kind == "" || b.kind == "base64") {
		b.kind = outer.kind
	}
	return b
}

// tells reports whether a member only says what the data are.
func tells(member string) bool {
	return slices.Contains(typeMembers, member) || slices.Contains(nameMembers, member) || slices.Contains(kindMembers, member) || slices.Contains(silent, member)
}

// Shown is a JSON text for reading: each string that holds data is replaced by its description. If
// there is none it is the text itself.
func Shown(raw []byte) []byte {
	var out []byte
	done, name := 0, ""
	for i := 0; i < len(raw); {
		if raw[i] != '"' {
			i++
			continue
		}
		end := stringEnd(raw, i)
		literal := raw[i:end]
		if rest := bytes.TrimLeft(raw[end:], " \t\r\n"); len(rest) > 0 && rest[0] == ':' {
			name, _ = jsonraw.Text(literal)
		} else if d, ok := Of(name, literal); ok {
			quoted, err := jsonraw.Quote(d.String())
			if err == nil {
				out = append(append(out, raw[done:i]...), quoted...)
				done = end
			}
		}
		i = end
	}
	if done == 0 {
		return raw
	}
	return append(out, raw[done:]...)
}

// stringEnd is the end of the string literal that begins at i.
func stringEnd(raw []byte, i int) int {
	for i++; i < len(raw); i += 2 {
		if i = jsonraw.Special(raw, i); i >= len(raw) || raw[i] == '"' {
			break
		}
	}
	return min(i+1, len(raw))
}
