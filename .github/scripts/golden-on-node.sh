#!/usr/bin/env bash
# Runs the golden vectors on another Node than the project's own: npm brings the binary, a folder of its own keeps it apart.
set -euo pipefail
version=$1
cd "$(dirname "$0")/../.."
case $(uname -m) in x86_64) arch=x64 ;; *) arch=arm64 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --ignore-scripts --prefix "$folder" "node-linux-$arch@$version"
"$folder/node_modules/node-linux-$arch/bin/node" test/vectors/check.ts
