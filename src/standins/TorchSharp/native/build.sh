#!/bin/sh
# Compiles the shim against the libtorch that LIBTORCH names, or the system's, into FOLDER; does nothing when what is
# there was made from the same sources and the same libtorch.      usage: build.sh FOLDER
# Beside the library it leaves torchref_shim.txt: what it was compiled against, which is checked again at load.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

fail() { echo "torchref: error: $*" >&2; exit 3; }

compiler=${CXX:-}
for name in c++ g++ clang++; do
    [ -n "$compiler" ] || ! command -v "$name" >/dev/null 2>&1 || compiler=$name
done
[ -n "$compiler" ] && command -v "${compiler%% *}" >/dev/null 2>&1 ||
    fail "a C++ compiler is needed to bind to libtorch: expected c++, g++ or clang++ on PATH (or CXX) but found ${CXX:-none}; on Debian: apt-get install g++"

header=torch/csrc/api/include/torch/version.h
if [ -n "${LIBTORCH:-}" ]; then
    include=$LIBTORCH/include; lib=$LIBTORCH/lib
    [ -f "$include/$header" ] || fail "LIBTORCH must name a libtorch folder: expected $include/$header but there is none"
else
    include=; lib=
    for root in /usr /usr/local /opt/libtorch; do
        [ -n "$include" ] || [ ! -f "$root/include/$header" ] || include=$root/include
    done
    [ -n "$include" ] || fail "libtorch is needed: expected its headers under /usr/include (on Debian: apt-get install libtorch-dev libopenblas0-openmp) or LIBTORCH to name its folder"
    root=${include%/include}
    for place in "$root/lib/$("$compiler" -print-multiarch 2>/dev/null || true)" "$root/lib64" "$root/lib"; do
        [ -n "$lib" ] || [ ! -e "$place/libtorch_cpu.so" ] || lib=$place
    done
fi
[ -n "$lib" ] && [ -e "$lib/libtorch_cpu.so" ] || fail "libtorch is incomplete: expected libtorch_cpu.so in ${lib:-a lib folder beside $include} but there is none"

version=$(sed -n 's/^#define TORCH_VERSION "\(.*\)"$/\1/p' "$include/$header")
[ -n "$version" ] || version=$(sed -n 's/^#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\)$/\2/p' "$include/$header" | paste -sd. -)
engine=$(readlink -f "$lib/libtorch_cpu.so")
identity=$(wc -c < "$engine" | tr -d ' ')
key=$(cat "$here/shim.cpp" "$here/exports.map" "$0" | cksum | tr ' ' -)
manifest="version=$version
lib=$lib
engine=$engine
engine_bytes=$identity
sources=$key
compiler=$compiler"
if [ -f "$folder/libtorchref_shim.so" ] && [ "$(cat "$folder/torchref_shim.txt" 2>/dev/null)" = "$manifest" ]; then exit 0; fi

standard=c++17
case $version in
    1.*|2.[0-9].*|2.1[0-3].*) ;;
    *) standard=c++20 ;;
esac
abi=1
grep -aq __cxx11 "$lib/libc10.so" || abi=0

mkdir -p "$folder"
echo "torchref: compiling the binding to libtorch $version ($lib), once"
object=$folder/.shim.$$.so
trap 'rm -f "$object"' EXIT
# NDEBUG as in every libtorch that is installed: without it the checks in its headers run at each call.
"$compiler" -O2 -DNDEBUG -fPIC -shared -std=$standard -D_GLIBCXX_USE_CXX11_ABI=$abi -fvisibility=hidden -fvisibility-inlines-hidden \
    -Wno-deprecated-declarations -I"$include" -I"$include/torch/csrc/api/include" "$here/shim.cpp" -o "$object" \
    -Wl,--version-script="$here/exports.map" -L"$lib" -Wl,-rpath,"$lib" -ltorch -ltorch_cpu -lc10 ||
    fail "$compiler could not compile the binding to libtorch $version; its messages stand above"
mv "$object" "$folder/libtorchref_shim.so"
printf '%s\n' "$manifest" > "$folder/torchref_shim.txt"
