#!/usr/bin/env bash
# Times README's commands as a new machine runs them: a fresh clone in an empty folder, an empty HOME, an empty npm cache.
# Usage: test/bench/fresh.sh [mint|test] [folder with the node to use first on PATH]
set -euo pipefail
what=${1:-mint}
source=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
[ -z "${2:-}" ] || PATH="$2:$PATH"
export HOME="$place/home" npm_config_cache="$place/cache"
unset npm_config_nodedir LOOP_DATA
mkdir "$HOME"
git clone --quiet "$source" "$place/clone"
cd "$place/clone"
echo "node $(node --version), npm $(npm --version), $(nproc) cores"
start=$(date +%s)
npm ci >/dev/null 2>"$place/npm" || { cat "$place/npm"; exit 1; }
echo "npm ci: $(($(date +%s) - start)) s"
if [ "$what" = mint ]; then npx hardhat mint-batch; else npm test; fi
echo "npm ci and $what: $(($(date +%s) - start)) s"
