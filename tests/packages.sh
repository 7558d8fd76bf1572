#!/bin/sh
# Makes the packages, looks into them, and uses them as a stranger would: the sample is copied out of here, restored from
# the packages alone, and its tests are run; the program is installed as a tool and compares something.
#     usage: tests/packages.sh [-p:TorchSharpVersion=... and other properties of Directory.Build.props]
# Needs a source that has the TorchSharp packages. What it makes lies in a temporary folder, which it names and leaves.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
feed=$place/feed
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export NUGET_PACKAGES=${NUGET_PACKAGES:-$place/packages}    # not the user's cache: it would keep today's 0.1.0 for ever
fail() { echo "packages: $*" >&2; exit 1; }
platform=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)

echo "packages: into $feed"
for name in TorchRef TorchRef.Xunit TorchRef.Interop TorchRef.Experiments; do
    dotnet pack "$root/src/$name" -c Release -p:TorchPackages=nuget "$@" --nologo -v quiet -clp:NoSummary -o "$feed"
    package=$(ls "$feed/$name".[0-9]*.nupkg)
    contents=$(unzip -Z1 "$package")
    for file in README.md LICENSE "lib/net10.0/$name.dll" "lib/net10.0/$name.xml"; do
        echo "$contents" | grep -qx "$file" || fail "$name must have $file: expected it in $package but got $contents"
    done
    foreign=$(echo "$contents" | grep '\.\(dll\|so\)$' | grep -v "^lib/net10.0/$name.dll$" || true)
    [ -z "$foreign" ] || fail "$name must bring only itself: expected no other library in $package but got $foreign"
    unzip -p "$package" '*.nuspec' | grep -q '<dependency id="TorchSharp" ' || fail "$name must depend on TorchSharp: expected it in the nuspec of $package"
    if unzip -p "$package" '*.nuspec' | grep -qi '<dependency id="\(TorchSharp-\|libtorch\)'; then fail "$name must leave the engine to its user: expected no engine among the dependencies of $package"; fi
    [ -f "${package%.nupkg}.snupkg" ] || fail "$name must have symbols: expected ${package%.nupkg}.snupkg"
done
echo "packages: $(ls "$feed" | grep -c '\.nupkg$') packages with README, license, documentation and symbols, nothing else inside"

cp -r "$root/samples/OwnModule" "$place/OwnModule"
rm -rf "$place/OwnModule/bin" "$place/OwnModule/obj"
cat > "$place/nuget.config" <<EOF
<configuration>
  <packageSources>
    <add key="made just now" value="$feed" />
  </packageSources>
</configuration>
EOF
(cd "$place/OwnModule" && dotnet test --nologo "$@")
echo "packages: the sample passes its tests on the packages alone"

dotnet pack "$root/src/TorchRef.Cli" -c Release -p:TorchPackages=nuget "$@" -p:ToolPackageRuntimeIdentifiers="$platform" --nologo -v quiet -clp:NoSummary -o "$feed"
dotnet tool install TorchRef.Cli --tool-path "$place/tool" --source "$feed"
"$place/tool/torchref" verify --filter Tanh | tail -n 1
