package store

import (
	"errors"
	"path/filepath"
	"syscall"

	"bekwaam/courses/fault"
)

// networks are the file systems, by the number that Linux gives them (statfs(2)), whose disks are on another machine.
// FUSE is not among them: it has one number for sshfs and for disks of this machine.
var networks = map[uint32]string{0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2"}

var onNetwork = fault.New(fault.Unavailable,
	"Deze database staat op een netwerkschijf. Daar kan SQLite niets veilig bewaren: kies een schijf van deze machine, of PostgreSQL.",
	"This database is on a network drive, where SQLite can keep nothing safely: choose a disk of this machine, or PostgreSQL.").Because("network")

// checkDisk refuses a SQLite file on a network file system, where locks may not hold and the memory beside the write-ahead
// log is not shared (SAFETY.md, rule 1). What cannot be asked is left for SQLite to say.
func checkDisk(path string) error {
	var disk syscall.Statfs_t
	if syscall.Statfs(path, &disk) != nil && syscall.Statfs(filepath.Dir(path), &disk) != nil { // the file may not be there yet
		return nil
	}
	if name, is := networks[uint32(disk.Type)]; is {
		return onNetwork.From(errors.New(name))
	}
	return nil
}
