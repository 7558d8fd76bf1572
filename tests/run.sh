#!/bin/sh
# Builds all tests, runs them two projects at a time, and closes with one line that counts them.
#     usage: run.sh ROOT SIDE [dotnet test's options]
set -u
root=$1 side=$2
shift 2
notes=$root/.torchref/test
rm -rf "$notes"
mkdir -p "$notes"
dotnet build "$root/TorchRef.sln" -c Release -p:TorchPackages="$side" --nologo -v quiet -clp:NoSummary || exit

# What one project prints stays together, and appears when it is through. No test of a project runs beside another of it
# (Directory.Build.props says why), so one project keeps one core busy; a third at a time would only disturb the second.
# Profiling code for recompiling it costs more than it gains in processes that live for seconds.
export root side notes DOTNET_TieredPGO=0
one='
    name=$(basename "$1" .csproj)
    project=$1
    shift
    echo "testing $name ..."
    dotnet test "$project" -c Release -p:TorchPackages="$side" --nologo --no-build -v quiet -clp:NoSummary "$@" > "$notes/$name.log" 2>&1
    echo $? > "$notes/$name.status"
    cat "$notes/$name.log"'
# The longest first, so that none of them is left for the end.
for project in tests/TorchRef.Cli.Tests tests/TorchRef.Experiments.Tests tests/TorchRef.Tests tests/TorchRef.Notebooks.Tests tests/TorchRef.Interop.Tests tests/Standins.Tests tests/TorchRef.Xunit.Tests samples/OwnModule; do
    echo "$root/$project/${project##*/}.csproj"
done > "$notes/projects"
xargs -P 2 -I '{}' sh -c "$one" one '{}' "$@" < "$notes/projects"

cat "$notes"/*.log | awk '/^(Passed|Failed|Skipped)! .*Failed: *[0-9]+, Passed: *[0-9]+, Skipped: *[0-9]+/ {
        line = $0; gsub(/[^0-9]+/, " ", line); split(line, n, " "); failed += n[1]; passed += n[2]; skipped += n[3]
     }
     END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }'
for status in "$notes"/*.status; do [ "$(cat "$status")" = 0 ] || exit 1; done
[ "$(ls "$notes"/*.status | wc -l)" = "$(wc -l < "$notes/projects")" ]
