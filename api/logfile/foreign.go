package logfile

import (
	"bytes"
	"fmt"

	"errata/model/charset"
)

// foreign lists the first bytes of file formats that hold no JSON, and how people call them. The
// first that fits counts.
var foreign = []struct {
	start, name string
}{
	{"PK\x03\x04", "a zip archive: unpack it first"},
	{"%PDF-", "a PDF document"},
	{"PAR1", "a Parquet file"},
	{"ARROW1", "an Arrow file"},
	{"Obj\x01", "an Avro file"},
	{"SQLite format 3\x00", "a SQLite database; a store of errata is named with --db"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document, such as an xls workbook"},
	{"\x1f\x8b", "compressed twice: decompress it once"},
	{"\x28\xb5\x2f\xfd", "compressed twice: decompress it once"},
	{"BZh", "compressed with bzip2: decompress it first"},
	{"\xfd7zXZ\x00", "compressed with xz: decompress it first"},
	{"\x04\x22\x4d\x18", "compressed with lz4: decompress it first"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"},
	{"Rar!\x1a\x07", "a RAR archive: unpack it first"},
	{"\x80\x04\x95", "a Python pickle"},
	{"\x80\x05\x95", "a Python pickle"},
	{"\x93NUMPY", "a NumPy array"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF8", "a picture"},
	{"\x7fELF", "a program"},
	{"MZ", "a program"},
}

// inZip are names that are near the start of a zip archive, and what people call that.
var inZip = []struct{ part, name string }{
	{"xl/", "an Excel workbook (xlsx): save it as JSON first"},
	{"word/", "a Word document"},
	{"[Content_Types].xml", "an Office document, such as an xlsx workbook"},
	{"opendocument", "an OpenDocument file"},
}

// words are the beginnings of texts that hold no JSON, in lower case.
var words = []struct{ start, name string }{
	{"<!doctype html", "a web page (HTML)"},
	{"<html", "a web page (HTML)"},
	{"<?xml", "XML"},
	{"data: {", "a stream of server-sent events"},
	{"data:{", "a stream of server-sent events"},
	{"{'", "a Python dict as Python prints it: json.dumps makes JSON of it"},
	{"[{'", "a Python list as Python prints it: json.dumps makes JSON of it"},
	{"version https://git-lfs", "the pointer to a file that Git LFS keeps: git lfs pull fetches it"},
}

// tarMark is in the first header of a tar archive.
const tarMark, tarMarkAt = "ustar", 257

// foreignError says what a file is when it is none that can be read.
func foreignError(start []byte) error {
	if name := nameOf(start); name != "" {
		return fmt.Errorf("this is %s", name)
	}
	return nil
}

// nameOf is what people call a file that begins so, "" for one that may hold JSON.
func nameOf(start []byte) string {
	if len(start) > tarMarkAt && bytes.HasPrefix(start[tarMarkAt:], []byte(tarMark)) {
		return "a tar archive: unpack it first"
	}
	for _, f := range foreign {
		if !bytes.HasPrefix(start, []byte(f.start)) {
			continue
		}
		for _, z := range inZip {
			if f.start == "PK\x03\x04" && bytes.Contains(start, []byte(z.part)) {
				return z.name
			}
		}
		return f.name
	}
	text := bytes.ToLower(bytes.TrimLeft(start[:min(len(start), 200)], space))
	for _, w := range words {
		if bytes.HasPrefix(text, []byte(w.start)) {
			return w.name
		}
	}
	if isBinary(start, text) {
		return "binary data of a kind that is not known here"
	}
	return ""
}

// isBinary reports whether a file is binary: it has zero bytes before the place where JSON would
// have its first bracket. text is start without white space, in lower case.
func isBinary(start, text []byte) bool {
	if bytes.IndexByte(start, 0) < 0 || charset.IsWide(start) {
		return false
	}
	return len(text) == 0 || !opens(text[0]) && text[0] != separator
}
