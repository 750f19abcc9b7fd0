package chat

import (
	"bytes"
	"encoding/base64"
	goimage "image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"errata/model/figure"
	"errata/ui/rows"
)

func picturesOf(t *testing.T) map[string][]byte {
	t.Helper()
	img := goimage.NewGray(goimage.Rect(0, 0, 7, 5))
	var p, j, g bytes.Buffer
	if png.Encode(&p, img) != nil || jpeg.Encode(&j, img, nil) != nil || gif.Encode(&g, img, nil) != nil {
		t.Fatal("the pictures cannot be made")
	}
	return map[string][]byte{"image/png": p.Bytes(), "image/jpeg": j.Bytes(), "image/gif": g.Bytes()}
}

func imageDoc(url string) string {
	return `[{"role":"user","content":[{"type":"image_url","image_url":{"url":"` + url + `"}}]}]`
}

func TestImagesAreDescribedAndSaved(t *testing.T) {
	t.Parallel()
	for kind, data := range picturesOf(t) {
		coded := base64.StdEncoding.EncodeToString(data)
		for _, url := range []string{"data:" + kind + ";base64," + coded, strings.ReplaceAll("data:"+kind+";base64,"+coded, "/", `\/`)} {
			d := drive(t, imageDoc(url), false, 80, 9).shows("[image "+kind+", "+figure.Size(len(data)), "7×5 pixels").lacks(coded[:12])
			d.press("j", "O")
			msg, ok := d.heard[0].(rows.SaveMsg)
			if !ok {
				t.Fatalf("asked for %v", d.heard)
			}
			got, err := msg.Data()
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s is saved as %d bytes, want %d: %v", msg.Name, len(got), len(data), err)
			}
			if !strings.HasPrefix(msg.Name, "image-0-1.") || strings.HasSuffix(msg.Name, ".bin") {
				t.Errorf("the file is called %s", msg.Name)
			}
		}
	}
}

func TestOddImages(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://example.org/a.png":            "[image https://example.org/a.png]",
		"data:image/png;base64,":               "[image image/png, 0 bytes]",
		"data:image/png;base64,!!!!":           "[image image/png, 3 bytes]",
		"data:,hello":                          "[image, 5 bytes]",
		"data:nothing":                         "[image data:nothing]",
		"":                                     "[image ]",
		"https://" + strings.Repeat("a", 5000): "aaa…]",
	} {
		d := drive(t, imageDoc(url), false, 80, 20).shows(want)
		d.press("j", "O", "y", "enter", "esc")
		d.is(imageDoc(url))
	}
	d := drive(t, imageDoc("data:text/plain,a%20b"), false, 80, 9).press("j", "O")
	if got, err := d.heard[0].(rows.SaveMsg).Data(); string(got) != "a b" || err != nil {
		t.Errorf("saved %q, %v", got, err)
	}
	d = drive(t, imageDoc("data:image/png;base64,"+strings.Repeat("A", 5000)), false, 80, 9).press("j", "enter").says("O saves or opens it")
	d.press("k", "O").says("no image, sound or file under the cursor")
	drive(t, imageDoc("x"), false, 80, 9).press("j", "enter").write("y").press("enter").is(imageDoc("xy"))
}

// What a part of any provider holds in itself is a line, which O saves; what the part says besides
// stays in sight.
func TestPartsOfOtherProviders(t *testing.T) {
	t.Parallel()
	data := picturesOf(t)["image/png"]
	coded := base64.StdEncoding.EncodeToString(data)
	for _, part := range []string{
		`{"type":"image","source":{"type":"base64","media_type":"image/png","data":"` + coded + `"}}`,
		`{"inlineData":{"mimeType":"image/png","data":"` + coded + `"}}`,
		`{"image":{"format":"png","source":{"bytes":"` + coded + `"}}}`,
		`{"type":"input_image","image_url":"data:image/png;base64,` + coded + `"}`,
		`{"type":"file","file":{"file_data":"` + coded + `","filename":"a.png"}}`,
		`{"type":"image","note":"beside","source":{"data":"` + coded + `"}}`,
	} {
		doc := `[{"role":"user","content":[` + part + `]}]`
		d := drive(t, doc, false, 80, 12).shows("[image image/png, ", "7×5 pixels").lacks(coded[:12])
		if strings.Contains(part, "beside") {
			d.shows(`note: "beside"`)
		}
		d.press("j", "O")
		got, err := d.heard[0].(rows.SaveMsg).Data()
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%.40s…: saved %d bytes, %v", part, len(got), err)
		}
		d.press("x").lacks("7×5 pixels").press("u").shows("7×5 pixels").is(doc)
	}
	drive(t, `[{"role":"user","content":"see","images":["`+coded+`"]}]`, false, 80, 12).shows("[image image/png, ").lacks(coded[:12])
	d := drive(t, `[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"`+coded+`"}}]}]`, false, 80, 12)
	d.shows("[image image/png, ").lookFor(coded[3:9]).says("not found")
}

// TestAnImageWithinMarkdownIsOneRow shows the address of a picture that is within a text as what it
// is; its letters are not found.
func TestAnImageWithinMarkdownIsOneRow(t *testing.T) {
	t.Parallel()
	picture := "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADAAAAAYCAIAAAAzn" + strings.Repeat("bUIayQ0TQ", 9000)
	doc := `[{"role":"user","content":"The chart:\n\n![a chart](` + picture + `) of tides.\nWhat is bUI?"}]`
	for _, rendered := range []string{"", "m"} {
		d := drive(t, doc, false, 60, 12)
		d.press("z", "z")
		for _, k := range rendered {
			d.press(string(k))
		}
		d.shows("![a chart](").shows("[image image/png, 60,780 bytes]").shows(") of tides.").shows("What is bUI?")
		if strings.Contains(d.View(), "bUIay") {
			t.Errorf("the address is shown:\n%s", d.View())
		}
		d.lookFor("bUI").says("1 of 1 hit").shows("What is bUI?")
	}
}
