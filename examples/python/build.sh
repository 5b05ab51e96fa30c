#!/bin/sh
# Makes Python modules of the message files; needs protobuf-compiler, libprotobuf-dev and
# protobuf-compiler-grpc.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
out=${1:-$here/../../target/examples/python}
mkdir -p "$out"
protoc -I "$here/../../src/main/proto" --python_out="$out" --grpc_out="$out" \
    --plugin=protoc-gen-grpc="$(command -v grpc_python_plugin)" \
    "$here"/../../src/main/proto/*.proto
