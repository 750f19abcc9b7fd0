package store

import (
	"context"

	"errata/api"
	"errata/model/jsonraw"
)

// ImportPrompt stores a prompt version as the official export has it in file.json and versions/*:
// any JSON object with string members id and version_id. One without a version, as errata exports a
// prompt whose logs name none, only makes the prompt known. deployed marks the default version.
func (s *filing) ImportPrompt(ctx context.Context, raw []byte, deployed bool) error {
	return s.ImportFile(ctx, api.PromptFile, raw, deployed)
}

// ImportFile is ImportPrompt for files of any kind.
func (s *filing) ImportFile(ctx context.Context, kind api.FileKind, raw []byte, deployed bool) error {
	if err := wantUTF8(raw); err != nil {
		return err
	}
	if _, err := jsonraw.Members(raw); err != nil {
		return refuse("it is not one JSON object: " + err.Error())
	}
	of := membersOf(raw)
	id, versionID := of.Text("id"), of.Text("version_id")
	if id == "" {
		return refuse(`it is no ` + string(kind) + `: it has no text "id"`)
	}
	return s.change(ctx, "cannot import the "+string(kind), func(c *conn) error {
		f, err := s.addFile(ctx, c, kind, of)
		if err != nil || versionID == "" {
			return err
		}
		created := of.time(createdMember)
		if err := c.exec(ctx, versionKeep, f.seq, versionID, created, false, of.Literal); err != nil {
			return err
		}
		if deployed {
			if err := c.exec(ctx, `UPDATE files SET deployed = ? WHERE seq = ?`, versionID, f.seq); err != nil {
				return err
			}
		}
		return s.rename(ctx, c, f)
	})
}

// rename gives a file the path, the name and the times that its default version tells.
func (s *filing) rename(ctx context.Context, c *conn, f file) error {
	var v version
	if err := v.scan(c.row(ctx, versionDefault, f.seq)); err != nil {
		return err
	}
	of := membersOf(v.doc)
	where, name := of.pathAndName()
	delete(c.files, f.id)
	return c.exec(ctx, `UPDATE files SET path = ?, name = ?, created = ?, updated = ? WHERE seq = ?`,
		where, name, of.time(createdMember), of.time("updated_at"), f.seq)
}
