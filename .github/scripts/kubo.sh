#!/usr/bin/env bash
# Builds a real IPFS node with Go, where there is Go, and leaves `ipfs` in the given folder: npm has no package that holds one.
set -euo pipefail
folder=$1
version=v0.43.0
mkdir -p "$folder"
cd "$(mktemp -d)"
# A module of our own that needs it, because `go install` asks for a list of versions that not every proxy has.
cat >go.mod <<MODULE
module kubo
go 1.25
require github.com/ipfs/kubo $version
MODULE
GOFLAGS=-mod=mod go build -o "$folder/ipfs" github.com/ipfs/kubo/cmd/ipfs
