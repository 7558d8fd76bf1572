#!/bin/sh
# Builds and runs all tests, and closes with one line that counts them.      usage: run.sh ROOT SIDE [dotnet test's options]
set -u
root=$1 side=$2
shift 2
log=$root/.torchref/test.log
status=$root/.torchref/test.status
{ dotnet test "$root/TorchRef.sln" -c Release -p:TorchPackages="$side" --nologo -v quiet -clp:NoSummary "$@" 2>&1; echo $? > "$status"; } | tee "$log"
code=$(cat "$status")
awk '/^(Passed|Failed|Skipped)! .*Failed: *[0-9]+, Passed: *[0-9]+, Skipped: *[0-9]+/ {
        line = $0; gsub(/[^0-9]+/, " ", line); split(line, n, " "); failed += n[1]; passed += n[2]; skipped += n[3]
     }
     END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
exit "$code"
