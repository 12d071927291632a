package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
)

//go:embed static
var staticFiles embed.FS

// static serves the stylesheet, its fonts and the script. Their address holds a hash of them all, so that a browser may
// keep them for ever and the stylesheet finds its fonts beside it.
type static struct {
	path string // "/static/3f2a…/"
	http.Handler
}

// readStatic hashes the files.
func readStatic() (static, error) {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return static{}, err
	}
	sum := sha256.New()
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		sum.Write([]byte(name))
		sum.Write(data)
		return err
	})
	if err != nil {
		return static{}, err
	}
	s := static{path: "/static/" + hex.EncodeToString(sum.Sum(nil)[:8]) + "/"}
	serve := http.StripPrefix(s.path, http.FileServerFS(files))
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := fs.Stat(files, path.Clean(r.URL.Path[len(s.path)-1:])[1:]); err != nil || r.URL.Path[len(r.URL.Path)-1] == '/' {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		serve.ServeHTTP(w, r)
	})
	return s, nil
}

// address is where a file is served.
func (s static) address(name string) string { return s.path + name }
