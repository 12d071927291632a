package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestANetworkDriveIsRefused(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "test.db")
	open := func() error {
		db, err := Open(t.Context(), file)
		if err != nil {
			return err
		}
		return db.Close()
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		t.Fatal(err)
	}
	kind := uint32(disk.Type)
	if name, is := networks[kind]; is {
		t.Skipf("the folder for tests is itself on %s", name)
	}
	networks[kind] = "this one" // nothing but a real one differs from a network drive
	for _, name := range []string{"a new file", "one that is there"} {
		if err := open(); !errors.Is(err, onNetwork) {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := os.Stat(file); name == "a new file" && err == nil {
			t.Error("a file was made where none may be")
		}
		delete(networks, kind)
		if err := open(); err != nil {
			t.Errorf("%s on a disk of this machine: %v", name, err)
		}
		networks[kind] = "this one"
	}
	delete(networks, kind)
	for magic, name := range map[uint32]string{0x6969: "NFS", 0xff534d42: "CIFS", 0xfe534d42: "SMB2"} { // as linux/magic.h has them
		if networks[magic] != name {
			t.Errorf("%#x is %q, want %s", magic, networks[magic], name)
		}
	}
}
